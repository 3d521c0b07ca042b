"""Records and explanations as pages for people, on a terminal or piped."""

from rasd.terminal.explain import show_explanation
from rasd.terminal.view import show

__all__ = ["show", "show_explanation"]
