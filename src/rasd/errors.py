"""What goes wrong for a reason that the user can act on."""

from __future__ import annotations


class RasdError(Exception):
    """The root of Rasd's own errors. The message is one sentence for people; the command line prints it as it is."""
