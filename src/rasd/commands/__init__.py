"""The commands, a module for each subject: each command calls one function of the library and shows its answer.

A module ends with ``register(app)``, which puts its commands on the app; `rasd.cli` calls it. Heavy modules are
imported inside the commands that need them, so that help and errors come at once.
"""
