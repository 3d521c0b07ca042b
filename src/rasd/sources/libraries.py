"""Libraries that only some forms need, imported when the first source in such a form is met."""

from __future__ import annotations

import importlib
from typing import Any

from rasd.errors import RasdError


class FormError(RasdError):
    """No article, or no further one, can be had from a part; the message is the reason, a clause."""


def library(name: str) -> Any:
    """The module. Raises `ImportError` where it is not installed."""
    return importlib.import_module(name)


def missing(what: str, package: str) -> FormError:
    """The error that says what to install to read a form."""
    return FormError(f"{what} needs {package}: pip install 'rasd[sources]'")
