"""Rasd's actor codes (``RUS/GOV``) and CAMEO's (``RUSGOV``, ``IGOWSTNAT``), each split into state, group and role."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import msgspec

from rasd.exchange import countries
from rasd.exchange.tables import several, table

# A table names the same few thousand actors again and again.
_NAMES = 20_000
# CAMEO's codes of those who belong to no state, and the sector of each.
_ROOTS = {"IGO": "IGO", "NGO": "NGO", "IMG": "UAF", "MNC": "BUS", "NGM": "NGO"}
# Roles that a body beyond states can have; others in its code only say what it deals with (IGOUNOREFHCR).
_ROLES_OF_BODIES = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "SPY"))


class Sector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``sectors.tsv``; ``also`` holds roles parted by spaces."""

    sector: str
    cameo: str
    name: str
    also: str = ""


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``groups.tsv``: a power beyond states; ``other_names`` are parted by ``;``."""

    code: str
    root: str
    cameo: str
    name: str
    group: str = ""
    state: str = ""
    other_names: str = ""


@dataclass(slots=True, frozen=True)
class CameoActor:
    """A CAMEO actor code and its parts; what it lacks is empty."""

    code: str
    country: str = ""
    group: str = ""
    roles: tuple[str, ...] = ()


@dataclass(slots=True, frozen=True)
class ReadActor:
    """What an actor code of another form means: Rasd's code (None: nothing), and the letters that say nothing here."""

    code: str | None
    passed_over: tuple[str, ...] = ()


def split(code: str) -> tuple[str | None, str | None]:
    """Main code and sector of ``RUS/GOV``; ``None/UAF`` has no main code."""
    main, _, sector = code.partition("/")
    return (main if main and main != "None" else None), (sector or None)


def join(main: str | None, sector: str | None) -> str:
    """The code of a main code and a sector; the reverse of `split`."""
    return f"{main or 'None'}/{sector}" if sector else (main or "None")


@cache
def sectors() -> dict[str, Sector]:
    """PLOVER's sectors by their letters."""
    return {row.sector: row for row in table("sectors.tsv", Sector)}


@cache
def _roles() -> dict[str, str]:
    """The sector of each CAMEO role."""
    found = {role: row.sector for row in sectors().values() for role in row.also.split()}
    return found | {row.cameo: row.sector for row in sectors().values()}


def sector_of(role: str) -> str | None:
    """PLOVER's sector of a role in CAMEO's or PLOVER's letters (``INS``: REB); None where it says none."""
    return _roles().get(role.strip().upper())


@cache
def groups() -> dict[str, Group]:
    """The powers beyond states by Rasd's code."""
    return {row.code: row for row in table("groups.tsv", Group)}


@cache
def _groups_by_main() -> dict[str, Group]:
    found: dict[str, Group] = {}
    for row in groups().values():
        found.setdefault(row.code.partition("/")[0], row)
    return found


@cache
def _groups_by_letters() -> dict[str, Group]:
    found: dict[str, Group] = {}
    for row in groups().values():
        # The Security Council has the letters of the United Nations, which they mean when read again.
        if row.group and row.code != "UNSC/IGO":
            found.setdefault(row.group, row)
    return found


@cache
def _groups_by_cameo() -> dict[str, Group]:
    return {row.cameo: row for row in groups().values() if row.group and row.code != "UNSC/IGO"}


@cache
def _groups_by_name() -> dict[str, Group]:
    found: dict[str, Group] = {}
    for row in groups().values():
        for name in (row.name, *several(row.other_names, ";")):
            found.setdefault(countries.name_key(name), row)
    return found


@lru_cache(_NAMES)
def group_named(name: str) -> str | None:
    """Rasd's code of a power beyond states by one of its English names (``Ansar Allah``: HTI/REB)."""
    row = _groups_by_name().get(countries.name_key(name))
    return row.code if row else None


def group_of(code: str) -> Group | None:
    """The power beyond states that a code of Rasd's means; None for a state (``HTI/GOV`` is Haiti)."""
    main, _ = split(code)
    if code in groups():
        return groups()[code]
    if main is None or main in countries.countries():
        return None
    return _groups_by_main().get(main)


def state_of(code: str) -> str | None:
    """ISO alpha-3 of the state whose an actor is: its own, or that of a group that is mostly one state's."""
    main, _ = split(code)
    group = group_of(code)
    if group is not None:
        return group.state or None
    return main if main in countries.countries() else None


def to_cameo(code: str) -> CameoActor:
    """CAMEO's code of an actor of Rasd's (``RUS/GOV``: RUSGOV, ``NAT/IGO``: IGOWSTNAT, ``None/UAF``: UAF)."""
    main, sector = split(code)
    role = sectors()[sector].cameo if sector in sectors() else ""
    group = group_of(code)
    if group is None:
        country = (countries.cameo(main) if main else None) or ""
        # A power that neither CAMEO nor our table knows is told by its role alone.
        return CameoActor(country + role, country, "", (role,) if role else ())
    own = split(group.code)[1]
    country = (countries.cameo(group.state) or "") if group.state else ""
    if sector in (None, own):
        return CameoActor(group.cameo, country, group.group, _roles_in(group.cameo))
    whole = group.cameo + role if group.root in _ROOTS else (country or group.root) + group.group + role
    return CameoActor(whole, country, group.group, (role,))


def _roles_in(cameo: str) -> tuple[str, ...]:
    return tuple(t for t in _triplets(cameo) if t in _ROOTS or t in _roles())[:3]


def _triplets(code: str) -> list[str]:
    return [code[i : i + 3] for i in range(0, len(code), 3)]


@lru_cache(_NAMES)
def of_cameo(code: str) -> ReadActor:
    """The actor that a CAMEO code means: its state or group and its first role; the rest is passed over, named."""
    code = code.strip().upper()
    if code in _groups_by_cameo():
        return ReadActor(_groups_by_cameo()[code].code)
    triplets = _triplets(code)
    body = next((_ROOTS[t] for t in triplets if t in _ROOTS), None)
    lettered = [_groups_by_letters()[t] for t in triplets if t in _groups_by_letters()]
    # The more special of several: the agency rather than the United Nations.
    group = next((g for g in lettered if g.group != "UNO"), lettered[0] if lettered else None)
    state = countries.of_cameo(triplets[0]) if triplets else None
    # Letters of a group are those of a country too, or of a place: only the first three say a state.
    if group is not None and state is not None and group.group == triplets[0]:
        group = None
    used = {triplets[0]} if state or body else set[str]()
    sector: str | None = None
    for triplet in triplets[1 if state else 0 :]:
        if group is not None and triplet == group.group:
            used.add(triplet)
        elif sector is None and triplet in _roles() and (body is None or triplet in _ROLES_OF_BODIES):
            sector = _roles()[triplet]
            used.add(triplet)
        elif triplet in _ROOTS:
            used.add(triplet)
    passed_over = tuple(t for t in triplets if t not in used)
    if group is not None:
        main, own = split(group.code)
        return ReadActor(join(main, sector or own), passed_over)
    if state is None and sector is None and body is None:
        return ReadActor(None, passed_over)
    return ReadActor(join(state, sector or body), passed_over)
