"""Articles in: one from a file or standard input, or many from JSON Lines."""

from rasd.sources.article import Article, SourceError, publication_date
from rasd.sources.files import read_text
from rasd.sources.jsonl import BadLine, JsonLines

__all__ = ["Article", "BadLine", "JsonLines", "SourceError", "publication_date", "read_text"]
