"""The record over time: what many articles say, told event by event."""

from rasd.relations.identity import Identity
from rasd.relations.memory import Memory
from rasd.relations.occurrences import merge
from rasd.relations.reports import reports
from rasd.relations.ruling import rule

__all__ = ["Identity", "Memory", "merge", "reports", "rule"]
