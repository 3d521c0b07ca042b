"""What can be wrong with an exchange as a whole; what is wrong with one row is counted instead."""

from __future__ import annotations

from rasd.errors import RasdError


class ExchangeError(RasdError):
    """A table cannot be read or written; the message is one sentence that a person can act on."""
