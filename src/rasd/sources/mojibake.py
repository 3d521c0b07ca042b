"""Garbled text: Arabic that was read in the wrong encoding and written down so, turned back where nothing is lost."""

from __future__ import annotations

import re

from rasd.sources.libraries import library

# What it was read in, and what it was.
_PAIRS = [("cp1252", "utf-8"), ("latin-1", "utf-8"), ("cp1256", "utf-8"), ("mac_roman", "utf-8"),
          ("cp1252", "cp1256"), ("latin-1", "cp1256"), ("latin-1", "iso8859_6"), ("cp1252", "iso8859_6")]  # fmt: skip
_NAMES = {"cp1252": "Windows-1252", "latin-1": "ISO 8859-1", "cp1256": "Windows-1256", "mac_roman": "Mac Roman",
          "utf-8": "UTF-8", "iso8859_6": "ISO 8859-6"}  # fmt: skip

_WESTERN = re.compile(r"[\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192]")
_ARABIC = re.compile(r"[\u0621-\u064a]")
# In UTF-8 each Arabic letter begins with one of two bytes, in Windows-1256 the letters ط and ظ.
_LEADS = re.compile(r"[طظ]")
_LEADS_SHARE = 0.3
_WESTERN_SHARE = 0.4
# Within Arabic, letters of UTF-8 that were read in a Western encoding.
_RUN = re.compile(
    r"(?:[ØÙÚÛ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122] ?){2,}|â€[\u0080-\u00ff\u0152-\u2122]"
)
_WORD = re.compile(r"[\u0621-\u064a]{2,}")
_ARTICLE = 0.08
_TIMES = 3


class GarbledError(ValueError):
    """Text that is garbled past repair; the message is the reason, a clause."""


def repaired(text: str) -> str:
    """``text`` as it was before it was garbled, if it was. Raises `GarbledError` where some of it is lost."""
    for _ in range(_TIMES):  # now and then it happened twice
        if not _suspicious(text):
            return _in_part(text)
        better = _turned_back(text)
        if better is None:
            if _western_utf8(text):
                raise GarbledError("garbled (read in the wrong encoding), and some of it is lost")
            return text
        text = better
    return text


def _suspicious(text: str) -> bool:
    """Whether as good as the whole text is garbled."""
    arabic = len(_ARABIC.findall(text))
    if arabic and len(_LEADS.findall(text)) > _LEADS_SHARE * arabic:
        return True
    western = len(_WESTERN.findall(text))
    return western > 8 and western > _WESTERN_SHARE * sum(map(str.isalpha, text))


def _western_utf8(text: str) -> bool:
    leads = sum(text.count(c) for c in "ØÙطظ")
    return leads > 8 and leads > 0.25 * sum(map(str.isalpha, text))


def _turned_back(text: str) -> str | None:
    """The most Arabic of what ``text`` may have been; ``None`` where it was nothing else."""
    best, most = None, _ARTICLE
    for read_in, was in _PAIRS:
        try:
            found = _bytes(text, read_in).decode(was)
        except (UnicodeError, ValueError):
            continue
        score = _arabic_words(found)
        if _suspicious(found) and was == "utf-8" and _western_utf8(found):
            score = _ARTICLE * 2  # garbled twice: one turn better
        if score > most:
            best, most = found, score
    return best


def _arabic_words(text: str) -> float:
    """The share of words with the article, where the text is of Arabic letters; 0 else."""
    words = _WORD.findall(text)
    letters = sum(map(str.isalpha, text))
    if not words or len(_ARABIC.findall(text)) < 0.6 * letters or _suspicious(text):
        return 0.0
    return sum(word.startswith(("ال", "وال", "بال", "لل")) for word in words) / len(words)


def _bytes(text: str, encoding: str) -> bytes:
    """The bytes that were read in ``encoding``; those that it has no letter for were kept as controls."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return b"".join(_byte(c, encoding) for c in text)


def _byte(letter: str, encoding: str) -> bytes:
    try:
        return letter.encode(encoding)
    except UnicodeEncodeError:
        if ord(letter) < 0xA0:
            return bytes([ord(letter)])
        raise


def _in_part(text: str) -> str:
    """Text of which only some pieces are garbled (quotation marks, a headline): these mended, if that can be done."""
    if _RUN.search(text) is None:
        return text
    try:
        ftfy = library("ftfy")
    except ImportError:
        return text
    return str(ftfy.fix_encoding(text))
