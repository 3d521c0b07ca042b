"""Tests of reviews; a package by name, so that its helpers are found as those of the store are."""
