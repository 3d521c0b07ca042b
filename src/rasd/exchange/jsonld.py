"""JSON-LD: events as schema.org and PROV name their parts, one document with a context."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import msgspec

from rasd.chronicle import Report, Side
from rasd.exchange import actors
from rasd.exchange.tables import FOLDER
from rasd.exchange.tally import Tally
from rasd.exchange.told import Told
from rasd.exchange.writing import Out
from rasd.record import Place

_STATUS = {"planned": "EventScheduled"}


def context() -> dict[str, Any]:
    """The ``@context``: what each term means; documented in docs/exchange.md."""
    return msgspec.json.decode((FOLDER / "context.jsonld").read_bytes())["@context"]


def write(told: Iterable[Told], out: Out, tally: Tally) -> None:
    """Write events as one JSON-LD document, an event a line; counts go to ``tally``."""
    encoder = msgspec.json.Encoder()
    out.write(b'{"@context":' + encoder.encode(context()) + b',\n"@graph":[')
    for number, item in enumerate(told):
        out.write((b",\n" if number else b"\n") + encoder.encode(node(item)))
        tally.rows += 1
        tally.occurrences += 1
    out.write(b"\n]}\n")


def node(told: Told) -> dict[str, object]:
    """An event as a node of the graph; what is unknown is left out."""
    o = told.occurrence
    date = o.date
    found: dict[str, object] = {
        "@id": f"urn:rasd:event:{quote(o.id, safe='')}",
        "@type": ["Event", "rasd:Occurrence"],
        "name": [_in("en", o.gloss.en), _in("ar", o.gloss.ar)],
        "eventType": f"plover:{o.type}",
        "eventMode": f"plover:{o.type}/{o.mode}" if o.mode else None,
        "context": [f"plover:{c}" for c in o.contexts] or None,
        "quad": o.quad,
        "score": o.score,
        "status": o.status,
        "eventStatus": f"schema:{_STATUS[o.status]}" if o.status in _STATUS else None,
        "startDate": _moment(date.begin, date.time) if date and date.begin else None,
        "endDate": date.end if date and date.end and date.end != date.begin else None,
        "approximate": True if date and date.approximate else None,
        "actor": [_agent(s) for s in o.actors] or None,
        "recipient": [_agent(s) for s in o.recipients] or None,
        "location": _place(o.place) if o.place else None,
        "about": o.affairs or None,
        "confidence": o.confidence,
        "voices": o.voices,
        "wasDerivedFrom": [_report(r) for r in told.reports] or None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _in(language: str, text: str) -> dict[str, str]:
    return {"@language": language, "@value": text}


def _moment(day: str, time: str | None) -> str:
    return f"{day}T{time}:00" if time and len(time) == 5 else day


def _names(en: str | None, ar: str | None) -> list[dict[str, str]] | None:
    return [_in(language, text) for language, text in (("en", en), ("ar", ar)) if text] or None


def _agent(side: Side) -> dict[str, object]:
    sector = actors.split(side.code)[1]
    found: dict[str, object | None] = {
        "@type": "prov:Agent",
        "code": side.code,
        "country": actors.state_of(side.code),
        "sector": f"plover:{sector}" if sector else None,
        "name": _names(side.name.en, side.name.ar),
        "sameAs": f"http://www.wikidata.org/entity/{side.wikidata}" if side.wikidata else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _place(place: Place) -> dict[str, object]:
    found: dict[str, object | None] = {
        "@type": "Place",
        "@id": f"https://sws.geonames.org/{place.geonames}/" if place.geonames is not None else None,
        "name": _names(place.name.en, place.name.ar),
        "country": place.country,
        "geo": (
            {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
            if place.lat is not None and place.lon is not None
            else None
        ),
    }
    return {key: value for key, value in found.items() if value is not None}


def _report(report: Report) -> dict[str, object]:
    source = report.source
    found: dict[str, object | None] = {
        "@type": ["NewsArticle", "prov:Entity"],
        "@id": source.url if source.url and "://" in source.url else f"urn:rasd:article:{quote(source.key, safe='')}",
        "headline": source.title,
        "publisher": source.outlet,
        "datePublished": source.published,
        "quotation": report.words.text or None,
        "quotationStart": report.words.start if report.words.text else None,
        "quotationEnd": report.words.end if report.words.text else None,
    }
    return {key: value for key, value in found.items() if value is not None}
