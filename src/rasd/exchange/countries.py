"""Countries in the alphabets of event data: ISO, FIPS, CAMEO, English names, and the Correlates of War's by date."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache, lru_cache

import msgspec

from rasd.exchange.tables import several, table
from rasd.lexicon.files import OURS


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``countries.tsv``; cells of several values are parted by ``|``."""

    iso3: str
    name: str
    iso2: str = ""
    numeric: str = ""
    fips: str = ""
    cameo: str = ""
    other_names: str = ""


class CowState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``cow.tsv``: a stretch of membership in the Correlates of War's state system; no end: still a member."""

    abbreviation: str
    number: int
    iso3: str
    begin: dt.date
    end: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        return self.begin <= day and (self.end is None or day <= self.end)


@cache
def countries() -> dict[str, Country]:
    """All countries by ISO alpha-3."""
    return {country.iso3: country for country in table("countries.tsv", Country)}


def name_key(name: str) -> str:
    """A name as it is compared: no accents, case, points and article (``Côte d'Ivoire``, ``Cote d'Ivoire``)."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = re.sub(r"[^\w]+", " ", plain.casefold().replace("&", " and ").replace("’", "'")).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


@cache
def _by(column: str) -> dict[str, str]:
    """Each value of a column, the ISO code it means; where two have it (``CS``), the one of today."""
    found: dict[str, str] = {}
    for country in sorted(countries().values(), key=lambda c: c.iso3 not in {"SCG", "YUG", "CSK", "SUN", "DDR", "YMD"}):
        for value in several(getattr(country, column), "|"):
            found[value.upper()] = country.iso3
    return found


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for country in countries().values():
        for name in (country.name, *several(country.other_names, "|")):
            found.setdefault(name_key(name), country.iso3)
    return found


def of_iso(code: str) -> str | None:
    """The alpha-3 code that an ISO code of three letters, two letters or three digits means."""
    code = code.strip().upper()
    if code in countries():
        return code
    return _by("iso2").get(code) or (_by("numeric").get(code.zfill(3)) if code.isdigit() else None)


def of_fips(code: str) -> str | None:
    """The alpha-3 code of a FIPS 10-4 code (``TU``: TUR)."""
    return _by("fips").get(code.strip().upper())


def of_cameo(code: str) -> str | None:
    """The alpha-3 code of a CAMEO country code, mostly the same (``ROM``: ROU)."""
    return _by("cameo").get(code.strip().upper())


@lru_cache(20_000)
def of_name(name: str) -> str | None:
    """The alpha-3 code of an English name, however event data write it."""
    return _by_name().get(name_key(name))


def fips(iso3: str) -> str | None:
    """The FIPS 10-4 code of a country; None where it has none (Aland)."""
    country = countries().get(iso3)
    return (several(country.fips, "|") or (None,))[0] if country else None


def cameo(iso3: str) -> str | None:
    """The CAMEO code of a country."""
    country = countries().get(iso3)
    return (several(country.cameo, "|") or (iso3,))[0] if country else None


def english(iso3: str) -> str | None:
    """The English name of a country."""
    country = countries().get(iso3)
    return country.name if country else None


@cache
def _stretches() -> dict[str, list[CowState]]:
    found: dict[str, list[CowState]] = {}
    for state in table("cow.tsv", CowState):
        found.setdefault(state.iso3, []).append(state)
    return found


def cow(iso3: str, day: dt.date | None = None) -> CowState | None:
    """The state of the Correlates of War that a country was on a day; without a day, the latest that it was.

    None where it was no member of the state system then (Palestine; Syria in 1958-1961).
    """
    stretches = _stretches().get(iso3, [])
    if day is None:
        return stretches[-1] if stretches else None
    return next((state for state in stretches if state.holds(day)), None)


def of_cow(state: int | str, day: dt.date | None = None) -> str | None:
    """The alpha-3 code of a COW number (``640``) or abbreviation (``TUR``): on a day, else the latest that fits."""
    text = str(state).strip().upper()
    number = int(text) if text.isdigit() else None
    same = [
        s
        for stretches in _stretches().values()
        for s in stretches
        if (s.number == number if number is not None else s.abbreviation == text)
    ]
    on_day = [s for s in same if day is not None and s.holds(day)]
    # RUS and SUN are one state to COW: of several ISO codes at one time, the one that goes on.
    best = max(on_day or same, key=lambda s: (s.end is None, s.begin), default=None)
    return best.iso3 if best else None


@cache
def _arabic() -> dict[str, str]:
    """Arabic names, from the gazetteer's table of countries."""
    found: dict[str, str] = {}
    for line in (OURS / "places" / "countries.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if not line.startswith("#") and len(cells) > 1:
            found[cells[0]] = cells[1]
    return found


def arabic(iso3: str) -> str | None:
    """The Arabic name of a country."""
    return _arabic().get(iso3)
