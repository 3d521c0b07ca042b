"""Articles in: `gather` is the one door for files, folders and archives in any form; `read_text` gives one article."""

from rasd.sources.article import Article, SourceError, publication_date
from rasd.sources.columns import Columns, ColumnsError
from rasd.sources.files import read_text
from rasd.sources.gathering import Articles, gather
from rasd.sources.jsonl import BadLine, JsonLines
from rasd.sources.part import Gathered

__all__ = [
    "Article",
    "Articles",
    "BadLine",
    "Columns",
    "ColumnsError",
    "Gathered",
    "JsonLines",
    "SourceError",
    "gather",
    "publication_date",
    "read_text",
]
