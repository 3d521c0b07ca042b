"""Whether a page on a relationship shows facts of an article (``facts.py`` says their form), each with its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from facts import listed, main_of
from rasd.record import Record
from rasd.relations.dossier import Dossier
from rasd.relations.lines import Line
from rasd.relations.pages.page import Item, Page
from rasd.relations.pages.wording import Wording


class Shown:
    """A dossier and its English page over one article."""

    def __init__(self, dossier: Dossier, page: Page, record: Record, say: Wording) -> None:
        self._dossier = dossier
        self._page = page
        self._record = record
        self._say = say

    def missing(self, facts: list[dict[str, Any]]) -> list[str]:
        """The ids of facts that the page does not show with words of the article."""
        events = {f["id"]: f["event"] for f in facts if "event" in f}

        def holds(kind: str, want: dict[str, Any]) -> bool:
            if kind == "agenda":
                about = (text for item in self._events(events[want["of"]]) for _, text in item.details)
                return any(want["name"].lower() in text.lower() for text in about)
            return getattr(self, f"_{kind}")(want)

        return [f["id"] for f in facts if not all(holds(k, w) for k, w in f.items() if k not in ("id", "undated"))]

    def _items(self, *sections: str) -> Iterator[Item]:
        for section in self._page.sections:
            if not sections or section.id in sections:
                for group in section.groups:
                    yield from group.items

    def _event(self, want: dict[str, Any]) -> bool:
        return any(True for _ in self._events(want))

    def _events(self, want: dict[str, Any]) -> Iterator[Item]:
        """Items that tell an occurrence as wanted, in words of the article."""
        for line in self._dossier.lines:
            if _fits(line, want):
                told = (i for i in self._items() if i.number == line.number and i.text == line.occurrence.gloss.en)
                yield from (i for i in told if self._quoted(i))

    def _quoted(self, item: Item) -> bool:
        return any(_words(item)) and all(w in _plain(self._record.article.text) for w in _words(item))

    def _time(self, want: dict[str, Any]) -> bool:
        value = str(want["value"])
        day, _, clock = value.partition("T")
        said = [t.text for t in self._record.times if (t.value or "").startswith(value)]
        for item in self._items():
            named = f"{item.head} {item.text}"
            if self._say.day(day) in named and clock in named and any(s in w for s in said for w in _words(item)):
                return True
        return False

    def _affair(self, want: dict[str, Any]) -> bool:
        for item in self._items("projects", "agreements", "topics", "agenda"):
            details = " ".join(text for _, text in item.details)
            parties = want.get("parties", {}).items()
            if (
                want.get("name", "").lower() in item.text.lower()
                and want.get("place", "") in details
                and ("quantity" not in want or f"{want['quantity'] / 1e9:g} billion" in details)
                and all(self._say.code(code) in details and (r == "party" or r in details) for code, r in parties)
                and self._quoted(item)
            ):
                return True
        return False

    def _position(self, want: dict[str, Any]) -> bool:
        holder = self._say.code(want["holder"])
        verb = self._say.label(f"stance.{want['stance']}", whom="").strip()
        towards = [self._say.code(code) for code in listed(want["toward"])]
        towards += [self._say.power(code) for code in listed(want["toward"])]
        items = self._items("positions", "disputes")
        return any(
            i.text.startswith(holder) and verb in i.text and any(t in i.text for t in towards) and self._quoted(i)
            for i in items
        )

    def _phase(self, want: dict[str, Any]) -> bool:
        names = [self._say.label(f"phase.{s}").lower() for s in listed(want["state"])]
        begin = self._say.day(want["begin"])
        return any(
            begin in i.head and any(n in i.text.lower() for n in names) and self._quoted(i)
            for i in self._items("periods")
        )

    def _entity(self, want: dict[str, Any]) -> bool:
        return any(want["name"].lower() in i.text.lower() and i.cited for i in self._items("people"))

    def _reference(self, want: dict[str, Any]) -> bool:
        tags = {tag for i in self._items("people") if any(want["text"] in w for w in _words(i)) for tag in i.tags}
        return {self._say.code(code) for code in want["codes"]} <= tags


def _fits(line: Line, want: dict[str, Any]) -> bool:
    o = line.occurrence
    actors, recipients = [main_of(s.code) for s in o.actors], [main_of(s.code) for s in o.recipients]
    spoken = " ".join(f"{a.who} {a.outlet} {a.citing}" for a in line.attribution).lower()
    english = (o.place.name.en or "").lower() if o.place else ""
    date = o.date
    checks = {
        "type": lambda v: o.type in listed(v),
        "between": lambda v: set(v) <= {*actors, *recipients},
        "actor": lambda v: v in actors,
        "recipient": lambda v: v in recipients,
        "status": lambda v: o.status in listed(v),
        "place": lambda v: v.lower() in english,
        "country": lambda v: o.place is not None and o.place.country == v,
        "date": lambda v: date is not None and all((d or "").startswith(v) for d in (date.begin, date.end)),
        "ordinal": lambda v: o.ordinal is not None and o.ordinal.n == v,
        "attributed": lambda v: v.lower() in spoken,
        "contexts": lambda v: set(v) <= set(o.contexts),
    }
    return all(checks[key](value) for key, value in want.items())


def _words(item: Item) -> Iterable[str]:
    """The source words of an item without what was cut or set between them."""
    for cited in item.cited:
        whole = f"{cited.before}{cited.marked}{cited.after}".replace("…", " ")
        yield from (_plain(part) for part in whole.split(" · "))


def _plain(text: str) -> str:
    return " ".join(text.split())
