"""Documents of a relationship: a `Page` from a dossier or an agenda, and its forms (Markdown, HTML, text, JSON)."""

from rasd.relations.pages.page import Page

__all__ = ["Page"]
