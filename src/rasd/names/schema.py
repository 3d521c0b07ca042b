"""The forms of the knowledge about names that no registry lists: ``data/names/*.yaml``."""

from __future__ import annotations

import msgspec


class _Table(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    group: str


class BodyHeads(_Table):
    """Head words of the names of bodies (``names/bodies*.yaml``).

    ``ar`` are singulars without the article. ``alone`` says that the word with its article is
    somebody's office even with nothing after it (``الوزير``); ``named`` that it is one only before
    a person's name (``اللواء``).
    """

    ar: list[str]
    alone: bool = False


class Titles(_Table):
    """Offices and occupations (``names/titles*.yaml``).

    ``ar`` are singulars without the article. ``alone`` says that the word with its article is
    somebody's office even with nothing after it (``الوزير``); ``named`` that it is one only
    before a person's name (``اللواء``).
    """

    ar: list[str]
    alone: bool = False
    named: bool = False


class NameWords(_Table):
    """Small words in and around names (``names/words*.yaml``), by what they do there."""

    words: list[str]
