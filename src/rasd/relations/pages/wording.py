"""Labels, names, dates and numbers as a page says them, in English or in Arabic."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from rasd.lexicon import KnowledgeFiles
from rasd.record import Amount, Attribution, Count, EventDate, Name, Ordinal, Place
from rasd.relations.pages.page import Language
from rasd.relations.view_schema import Counted, Label

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")
_PERIOD = re.compile(r"P(\d+)([DWMY])$")
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_TURNS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_ODD = re.compile(rf"{_BREAKS.pattern}|{_TURNS.pattern}|^\s|\s$|\s\s|[^\S ]")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


class Wording:
    """What a page in one language says. ``names``, ``sectored`` and ``speakers`` are those of a dossier."""

    def __init__(
        self,
        language: Language,
        files: KnowledgeFiles,
        names: Mapping[str, Name] | None = None,
        sectored: Collection[str] = (),
        speakers: Mapping[str, Name] | None = None,
    ) -> None:
        self.language: Language = language
        self._labels = _texts(files, "relations/labels*.yaml", language)
        self._sectors = _texts(files, "relations/sectors*.yaml", language)
        self._counted = _counts(files)
        self._names = names or {}
        self._speakers = speakers or {}
        self._sectored = frozenset(sectored)

    def label(self, key: str, /, **values: object) -> str:
        """The label with its blanks filled in; the key's last part where there is no such label."""
        text = self._labels.get(key)
        if text is None:
            return key.rpartition(".")[2].replace("-", " ").replace("_", " ")
        return text.format(**values) if values else text

    def has(self, key: str) -> bool:
        return key in self._labels

    def count(self, n: int, thing: str) -> str:
        """A number of things, in the form that the number asks for: ``3 events``, ``3 أحداث``."""
        forms = self._counted[thing]
        if self.language == "en":
            return f"{n:,} {forms.en.one if n == 1 else forms.en.several}"
        arabic, rest = forms.ar, n % 100
        if n in (1, 2):
            return arabic.one if n == 1 else arabic.two
        return f"{n:,} {arabic.few if 3 <= rest <= 10 else arabic.many if rest >= 11 else arabic.hundreds}"

    def listed(self, parts: Sequence[str]) -> str:
        """``a, b and c``; in Arabic each with its و."""
        kept = list(dict.fromkeys(p for p in parts if p))
        if len(kept) < 2:
            return "".join(kept)
        comma = self._labels["list.and" if self.language == "ar" else "list.comma"]
        return comma.join(kept[:-1]) + self._labels["list.and"] + kept[-1]

    def joined(self, parts: Sequence[str]) -> str:
        return self._labels["list.semicolon"].join(dict.fromkeys(p for p in parts if p))

    # Names

    def name(self, name: Name | None) -> str:
        """A name in the page's language, else in the other."""
        if name is None:
            return ""
        both = (name.ar, name.en) if self.language == "ar" else (name.en, name.ar)
        return clean(both[0] or both[1] or "")

    def code(self, code: str) -> str:
        """What a code is called: ``Russia``, ``Syria (opposition)``."""
        known = self._names.get(code) or self._names.get(code.partition("/")[0])
        shown = self.name(known) if known else ""
        if not shown:
            return code
        template = self._sectors.get(code.partition("/")[2]) if code in self._sectored else None
        return template.format(state=shown) if template else shown

    def place(self, place: Place | None) -> str:
        """``Istanbul, Turkey``; a country alone where the place is one."""
        if place is None:
            return ""
        shown = self.name(place.name)
        country = self.code(place.country) if place.country else ""
        if not country or country == place.country or country == shown:
            return shown
        return self.label("place.in", place=shown, country=country) if shown else country

    def power(self, code: str) -> str:
        """What a code is called where a state's government has to be told from others in that state."""
        template = self._sectors.get("GOV") if code.endswith("/GOV") else None
        shown = self.code(code)
        return template.format(state=shown) if template else shown

    def called(self, english: str) -> Name | None:
        """The name in both languages of a speaker or outlet whom records name in English, None where none is known."""
        return self._speakers.get(english)

    def voice(self, name: str | None, named: Mapping[str, Name] | None = None) -> str:
        """A speaker or outlet, whom records name in English, in the page's language where it is known: from ``named``,
        by English names, before what is known otherwise."""
        known = ((named or {}).get(name) or self.called(name)) if name else None
        return self.name(known) if known else clean(name or "")

    def speaker(self, said: Attribution, named: Mapping[str, Name] | None = None) -> str:
        """On whose word: a person with the outlet, or an outlet, and whom they cite. ``named`` as for `voice`."""
        who, outlet = self.voice(said.who, named), self.voice(said.outlet, named)
        if not who:
            who, outlet = (outlet, "") if outlet else (self.code(said.code) if said.code else "", "")
        shown = self.label("ledger.with-outlet", who=who, outlet=outlet) if outlet and outlet != who else who
        citing = self.voice(said.citing, named)
        return self.label("ledger.citing", who=shown, other=citing) if citing and citing != who else shown

    # Days and periods

    def day(self, value: str | dt.date | None) -> str:
        """``2016-10-10`` as "10 October 2016", ``2016-10`` as "October 2016"; what is no date as it is."""
        text = value.isoformat() if isinstance(value, dt.date) else value or ""
        match = _DAY.match(text[:10])
        if match is None:
            return text
        year, month, day = match.groups()
        if month is None:
            return year
        named = self._labels.get(f"month.{int(month)}", month)
        if day is None:
            return self.label("date.month", month=named, year=year)
        return self.label("date.day", day=int(day), month=named, year=year)

    def stretch(self, begin: str | dt.date | None, end: str | dt.date | None) -> str:
        """From the one to the other, or since, or until; empty where neither is known."""
        if begin and end:
            first, last = self.day(begin), self.day(end)
            return first if first == last else self.label("date.between", begin=first, end=last)
        if begin:
            return self.label("date.since", begin=self.day(begin))
        return self.label("date.until", end=self.day(end)) if end else ""

    def date(self, date: EventDate | None) -> str:
        """An event's date with its clock; "undated" where none is known."""
        if date is None or not (date.value or date.begin or date.end):
            return self.label("date.undated")
        exact = date.value if date.value and _DAY.match(date.value) else None
        shown = self.day(exact) if exact and not _wider(date) else self.stretch(date.begin, date.end)
        if date.approximate and exact and not _wider(date):
            shown = self.label("date.about", date=shown)
        if date.time and date.zone and date.zone != "local":
            city = date.zone.rpartition("/")[2].replace("_", " ")
            return self.label("date.zone", date=shown, time=date.time, zone=city)
        return self.label("date.time", date=shown, time=date.time) if date.time else shown

    def period(self, value: str | None) -> str:
        match = _PERIOD.match(value or "")
        return self.count(int(match[1]), _UNITS[match[2]]) if match else value or ""

    # Numbers

    def ordinal(self, said: Ordinal) -> str:
        n = self._nth(said.n)
        return self.label("ordinal.within", n=n, period=self.period(said.within)) if said.within else n

    def _nth(self, n: int) -> str:
        """``3rd``: the label of the number, of its last digit, or of any number."""
        keys = (f"ordinal.{n}", "ordinal" if n % 100 in (11, 12, 13) else f"ordinal.{n % 10}")
        return self.label(next((k for k in keys if self.has(k)), "ordinal"), n=n)

    def amount(self, amount: Amount) -> str:
        """``100 billion US dollars a year``"""
        shown = f"{amount.value:,.10g}"
        for size, word in _LARGE:
            if abs(amount.value) >= size:
                shown = self.label(f"large.{word}", n=f"{amount.value / size:,.6g}")
                break
        if amount.unit:
            unit = f"unit.{amount.unit}"
            shown = self.label(unit, n=shown) if self.has(unit) else f"{shown} {amount.unit}"
        if not amount.per:
            return shown
        per = f"per.{amount.per}"
        return self.label(per, amount=shown) if self.has(per) else self.label("per", amount=shown, period=amount.per)

    def counted(self, count: Count) -> str:
        n = self.amount(Amount(count.value, count.unit if count.role == "amount" else None, count.per))
        return self.label(f"counted.{count.role}", n=n)


def clean(text: str) -> str:
    """Text as one line: no control characters, and no direction marks, which would turn what stands around it."""
    if _ODD.search(text) is None:
        return text
    return " ".join(_BREAKS.sub(" ", _TURNS.sub("", text)).split())


@lru_cache(maxsize=16)
def _texts(files: KnowledgeFiles, pattern: str, language: Language) -> dict[str, str]:
    return {e.id: getattr(e, language) for e in files.entries(pattern, Label, lambda e: e.id)}


@lru_cache(maxsize=4)
def _counts(files: KnowledgeFiles) -> dict[str, Counted]:
    return {c.id: c for c in files.entries("relations/counts*.yaml", Counted, lambda e: e.id)}


def _wider(date: EventDate) -> bool:
    """Whether a date's bounds say more than its value, as with "about a year ago"."""
    value = date.value or ""
    return not ((date.begin or value).startswith(value) and (date.end or value).startswith(value))
