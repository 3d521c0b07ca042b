"""Coding a corpus: many articles in, a record a line out."""

from rasd.corpus.coding import CodingSummary, code_corpus, rejects_path

__all__ = ["CodingSummary", "code_corpus", "rejects_path"]
