"""The forms of the knowledge about places: ``data/places/*.yaml`` and ``data/places/grammar``.

Arabic is written as newspapers write it, with hamzas; whoever compiles it folds.
"""

from __future__ import annotations

import msgspec


class PlaceEntry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """A place (``places/*.yaml``).

    ``country`` is ISO 3166-1 alpha-3, absent for seas and continents. Without ``lat`` and ``lon``
    the point is taken from ``cities.tsv.gz``, from the largest place of the country that has the
    English or an Arabic name. ``weight`` (0-10) says how likely it is to be meant. ``cue`` marks
    names that also are common words or people's names: 1 needs a preposition of place or a
    head word (``في الباب``), 2 a head word (``مدينة حديثة``); ``?`` or ``~`` before one name of ``ar``
    gives that name cue 1 or 2. Cue 3 stands between: a preposition of place is enough where the text speaks of the
    country too (``في القاع``). ``unless`` are words that, right after a name with no preposition, make it none
    (``الموصل إلى``, leading to). ``nisba`` (countries) holds
    adjectives that no rule gives.
    """

    en: str
    ar: list[str]
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    kind: str = "city"
    geonames: int | None = None
    zone: str | None = None
    weight: float | None = None
    cue: int = 0
    nisba: list[str] = []
    unless: list[str] = []


class Head(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """A word that says what kind of place follows: ``مدينة``, its dual and plural forms.

    ``kinds`` are the kinds of place it can stand before; ``names`` says that a name no list
    knows may follow it, ``definite`` that such a name may be a common noun with the article
    ("بلدة الحويش"); ``suffix`` is what the English name gets (``airport``).
    """

    ar: list[str]
    kinds: list[str]
    names: bool = False
    definite: bool = False
    suffix: str | None = None


class Direction(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """A point of the compass: its bearing in degrees, English noun and adjective."""

    ar: list[str]
    bearing: float
    en: str
    adjective: str


class Words(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """The words around place names (``places/grammar/words.yaml``)."""

    heads: list[Head]
    directions: list[Direction]
    # Words that say where: they govern a place and let a doubtful name be one.
    locative: list[str]
    # Other prepositions, noted with the mention.
    prepositions: list[str]
    # Words before a name that make it part of another name: "جامعة القاهرة", "صحيفة الرياض".
    blockers: list[str]
    # What never is a name, though it follows a head word: "مطار الملك خالد", "منطقة اليورو".
    not_names: list[str]
    # Words that a name of two words starts with: "أم", "تل", "دير".
    openers: list[str]
    # With a country's adjective these name the country, or its capital: "الأراضي التركية".
    lands: list[str]
    capitals: list[str]
    kilometres: list[str]
    miles: list[str]
    # Of those, the duals: "كيلومترين".
    pairs: list[str]
