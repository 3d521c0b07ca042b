"""A user's knowledge files: which entry is wrong and why, and what clashes with ours."""

from rasd.checking.check import check_lexicon
from rasd.checking.report import Finding, Report

__all__ = ["Finding", "Report", "check_lexicon"]
