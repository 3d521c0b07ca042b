"""The record over time: what many articles say, told event by event."""

from rasd.relations.reports import reports

__all__ = ["reports"]
