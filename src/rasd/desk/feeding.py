"""A search as an Atom feed (RFC 4287), for alerts: what was last told of what is searched for.

An entry is an event. Its id stays as long as the event does, and ``updated`` moves when something new is told of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from starlette.requests import Request
from starlette.responses import Response

from rasd.desk import links
from rasd.desk.asking import lines
from rasd.desk.choosing import Chosen
from rasd.desk.desk import Desk
from rasd.desk.exporting import known
from rasd.desk.language import Words
from rasd.relations.lines import Line
from rasd.relations.pages.page import Language
from rasd.relations.pages.wording import clean

ENTRIES = 50
MEDIA = "application/atom+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
# What a feed says of when it was last updated before anything was ever kept.
_NEVER = "1970-01-01T00:00:00Z"
# Characters that XML has no way to hold.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Letters of the words that an entry quotes, and how many quotes.
_LETTERS, _QUOTES = 600, 3


def feed(request: Request, desk: Desk, chosen: Chosen, language: Language) -> Response:
    """The feed of what is chosen, or 304 where who asks has it already."""
    say = desk.words(language)
    with desk.store.reading() as ledger:
        if chosen.choice is None:
            found, changed, last = [], {}, None
        else:
            found = lines(ledger, ledger.events(chosen.choice, order="changed", limit=ENTRIES))
            changed = ledger.changed([line.occurrence.id for line in found])
            last = ledger.last_change(chosen.choice)
    body = _written(str(request.base_url), chosen, say, found, changed, last or _NEVER)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Content-Language": language}
    if last:
        headers["Last-Modified"] = format_datetime(_moment(last), usegmt=True)
    if known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=MEDIA, headers=headers)


def title(chosen: Chosen, say: Words) -> str:
    """What a search is called: what it asks for, or all."""
    named = {"type": "type.", "status": "status.", "class": "search.class."}
    parts: list[str] = []
    for name, value in chosen.said:
        if name in named:
            parts.append(say.label(named[name] + value))
        elif name in ("from", "to"):
            parts.append(say.label(f"search.said-{name}", day=clean(say.day(value))))
        elif name in ("actor", "by", "to-actor"):
            parts.append(clean(say.code(links.code_in(value))))
        elif name == "place":
            place = chosen.places.get(value)
            parts.append(say.name(place.name) if place is not None else clean(say.code(value)))
        elif name == "sure":
            parts.append(say.label("search.sure"))
        elif name != "order":
            parts.append(clean(value))
    return say.label("list.semicolon").join(parts) or say.label("search.all")


def _written(
    base: str, chosen: Chosen, say: Words, found: Sequence[Line], changed: dict[str, str], last: str
) -> bytes:  # fmt: skip
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": say.language})
    _add(root, "id", f"urn:rasd:search:{hashlib.sha256(repr(sorted(chosen.said)).encode()).hexdigest()[:32]}")
    _add(root, "title", say.label("feed.title", search=title(chosen, say)))
    _add(root, "updated", last)
    ET.SubElement(_add(root, "author"), f"{{{_ATOM}}}name").text = say.label("desk.name")
    _add(root, "generator", "Rasd")
    own = chosen.address("search.atom", lang=say.language)
    for relation, kind, address in (
        ("self", "application/atom+xml", own), ("alternate", "text/html", chosen.address("search", lang=say.language)),
    ):  # fmt: skip
        ET.SubElement(root, f"{{{_ATOM}}}link", {"rel": relation, "type": kind, "href": base + address})
    for line in found:
        _entry(root, base, line, say, changed.get(line.occurrence.id) or last)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(root: ET.Element, base: str, line: Line, say: Words, updated: str) -> None:
    o = line.occurrence
    entry = _add(root, "entry")
    _add(entry, "id", f"urn:rasd:event:{o.id}")
    status = f" ({say.label(f'status.{o.status}')})" if o.status != "occurred" else ""
    _add(entry, "title", say.gloss(o.gloss) + status)
    _add(entry, "updated", updated)
    href = base + links.event(o.id).lstrip("/")
    ET.SubElement(entry, f"{{{_ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": href})
    ET.SubElement(entry, f"{{{_ATOM}}}category", {"term": o.type, "label": say.label(f"type.{o.type}")})
    ET.SubElement(entry, f"{{{_ATOM}}}category", {"term": o.status, "label": say.label(f"status.{o.status}")})
    quotes = [clean(q.text)[:_LETTERS] for q in line.quotes[:_QUOTES]]
    by = say.listed([say.voice(outlet) for outlet in line.outlets])
    said = "\n".join([say.when(line), *([say.place(o.place)] if o.place else []), *(f"«{q}»" for q in quotes), by])
    _add(entry, "summary", said.strip()).set("type", "text")


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    made = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    if text is not None:
        made.text = _NO_XML.sub("", text)
    return made


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(dt.UTC)
