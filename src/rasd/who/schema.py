"""The forms of the knowledge about actors: ``data/actors/*.yaml`` and ``data/names/*.yaml``.

Each file is a list of entries of one of these kinds. Arabic is written as newspapers write
it, with hamzas; whoever compiles it folds. Dates are ``2014``, ``2014-05`` or ``2014-05-07``.
"""

from __future__ import annotations

import msgspec


class _Entry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    pass


class State(_Entry):
    """A state or territory (``states.yaml``).

    ``code`` is ISO 3166-1 alpha-3. ``nisba`` is the masculine singular adjective; the other
    forms are generated, ``people`` holds irregular plurals (``أتراك``). ``government`` names
    what stands for the government (``أنقرة``, ``الكرملين``); ``capital`` is always one of them.
    """

    code: str
    en: str
    ar: list[str]
    en_adj: str | None = None
    en_people: str | None = None
    nisba: list[str] = []
    people: list[str] = []
    government: list[str] = []
    capital: str | None = None
    gender: str = "f"
    wikidata: str | None = None
    note: str | None = None


class Body(_Entry):
    """A body that acts or is met in, of no one state or apart from its government (``bodies.yaml``).

    ``kind``: organization, group, gathering, outlet or facility. ``short`` names it only after
    it was named in full (``الجماعة``).
    """

    en: str
    ar: list[str]
    kind: str
    code: str | None = None
    nisba: list[str] = []
    short: list[str] = []
    state: str | None = None
    since: str | int | None = msgspec.field(default=None, name="from")
    until: str | int | None = msgspec.field(default=None, name="to")
    gender: str | None = None
    number: str | None = None
    wikidata: str | None = None
    note: str | None = None


class Tenure(_Entry):
    """Who held an office when. ``of`` is a state's or body's code; the person's own if absent."""

    office: str
    of: str | None = None
    since: str | int | None = msgspec.field(default=None, name="from")
    until: str | int | None = msgspec.field(default=None, name="to")


class Person(_Entry):
    """Somebody the news names (``people.yaml``).

    ``alone`` holds what names them with no full name before (``بوتين``). ``code`` is
    ``MAIN/SECTOR`` where no office gives it, or gives it wrongly.
    """

    en: str
    ar: list[str]
    alone: list[str] = []
    state: str | None = None
    offices: list[Tenure] = []
    code: str | None = None
    gender: str = "m"
    since: str | int | None = msgspec.field(default=None, name="from")
    until: str | int | None = msgspec.field(default=None, name="to")
    wikidata: str | None = None
    note: str | None = None
