"""The text of a piece of HTML, such as feeds hold, a line for each paragraph."""

from __future__ import annotations

import re
from typing import Any

from rasd.sources.libraries import library, missing

_BLOCKS = frozenset(
    ["p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "table", "section",
     "article"]
)  # fmt: skip
_DROPPED = ("script", "style", "iframe", "figure", "form")
# What no XML may hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#\w]+;")


def prose(html: str) -> str:
    """The text that a reader would see; text without markup stays. Raises `FormError` where the library is missing."""
    html = _CONTROLS.sub("", html)
    if not _MARKUP.search(html):
        return _tidy(html)
    try:
        parser = library("lxml.html")
    except ImportError:
        raise missing("a feed", "lxml") from None
    try:
        root: Any = parser.fragment_fromstring(html, create_parent="div")
    except (RecursionError, MemoryError):
        raise
    except Exception:  # a document that its parser makes nothing of
        return ""
    for dropped in list(root.iter(*_DROPPED)):
        dropped.drop_tree()
    for element in root.iter():
        if element.tag in _BLOCKS:
            element.tail = "\n" + (element.tail or "")
            if element.tag != "br":
                element.text = "\n" + (element.text or "")
    return _tidy(root.text_content())


def _tidy(text: str) -> str:
    return _LINES.sub("\n", _SPACE.sub(" ", text)).strip()
