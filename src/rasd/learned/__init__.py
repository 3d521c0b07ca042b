"""A second reader that has learned: proposes events, their status and sides, and joins with the rules (an extra)."""

from rasd.learned.kinds import KINDS
from rasd.learned.model import MissingExtraError, ShippedModel
from rasd.learned.reading import LearnedReader, joining

__all__ = ["KINDS", "LearnedReader", "MissingExtraError", "ShippedModel", "joining"]
