"""Tests of the store; a package by name, because `benchmarks/store.py` is on the path too."""
