"""What goes wrong when an event is reviewed."""

from __future__ import annotations

from rasd.errors import RasdError


class ReviewError(RasdError):
    """A review cannot be taken. ``faults`` says of each field of an answer what is wrong with it, where it is that."""

    def __init__(self, message: str, faults: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.faults = faults or {}


class NothingThereError(ReviewError):
    """What is to be reviewed, or undone, is not there."""
