"""PLOVER's JSON, an event a line, as NGEC writes it, which codes POLECAT; read also as PLOVER's manual has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

import msgspec

from rasd.chronicle import Side
from rasd.exchange import actors, countries, made, ontology
from rasd.exchange.made import Row, RowError
from rasd.exchange.tally import Tally
from rasd.exchange.told import Told, day_of, outlets, published, urls
from rasd.exchange.writing import Out, event_day, folded
from rasd.record import Count, EventDate, Gloss, Name, Ordinal, Place

_VERSION = "rasd"


def write(told: Iterable[Told], out: Out, tally: Tally) -> None:
    """Write events as PLOVER's JSON, those still to come folded as PLOVER wants; counts go to ``tally``."""
    encoder = msgspec.json.Encoder()
    for item in told:
        written = event(item, tally)
        if written is not None:
            out.write(encoder.encode(written) + b"\n")
            tally.rows += 1
            tally.occurrences += 1


def event(told: Told, tally: Tally) -> dict[str, object] | None:
    """An event as PLOVER's JSON has it; None where it has no place there, counted."""
    act = folded(told, tally)
    day = event_day(told, tally) if act is not None else None
    if act is None or day is None:
        return None
    o = told.occurrence
    first = published(told)
    found: dict[str, object] = {
        "id": o.id,
        "date": day.isoformat(),
        "event_type": act.type,
        "event_mode": [act.mode] if act.mode else [],
        "contexts": o.contexts,
        "quad_code": ontology.quad_number(ontology.quad(act.type)),
        "intensity": ontology.score(act.type, act.mode),
        "attributes": {
            "ACTOR": [_actor(side, told) for side in o.actors],
            "RECIP": [_actor(side, told) for side in o.recipients],
            "LOC": [{"text": text}] if o.place and (text := o.place.name.en or o.place.name.ar) else [],
            "DATE": [{"text": o.date.value}] if o.date and o.date.value else [],
        },
        "event_geolocation": _geo(o.place) if o.place else {},
        "event_text": told.reports[0].words.text if told.reports else "",
        "headline": told.reports[0].source.title if told.reports else None,
        "pub_date": first.isoformat() if first else None,
        "publisher": outlets(told)[:1][0] if outlets(told) else None,
        "story_id": told.reports[0].source.key if told.reports else None,
        "language": "ar",
        "version": _VERSION,
        # Beside PLOVER's own: what Rasd knows more, so that the event can be read again as it was.
        "status": o.status,
        "act": {"event_type": o.type, "event_mode": o.mode, "quad": o.quad, "intensity": o.score},
        "when": o.date,
        "affairs": o.affairs,
        "ordinal": o.ordinal,
        "counts": [c for r in told.reports[:1] for c in r.counts],
        "confidence": o.confidence,
        "gloss": o.gloss,
        "voices": o.voices,
        "reports": [{"id": r.id, "publisher": r.source.outlet, "url": r.source.url, "pub_date": r.source.published}
                    for r in told.reports],
        "url": next(iter(urls(told)), None),
    }  # fmt: skip
    return found


def _actor(side: Side, told: Told) -> dict[str, object]:
    main, sector = actors.split(side.code)
    state = actors.state_of(side.code)
    cow = countries.cow(state, day_of(told.occurrence.date)) if state else None
    return {
        "text": side.name.en or side.name.ar or side.code,
        "text_ar": side.name.ar,
        "text_en": side.name.en,
        "country": state or ("IGO" if sector == "IGO" else ""),
        "country_name": (countries.english(state) if state else None) or "",
        "cow": cow.number if cow else None,
        "code": main,
        "sector": sector,
        "code_1": sector or "",
        "code_2": "",
        "identifier_id": side.wikidata,
    }


def _geo(place: Place) -> dict[str, object]:
    return {
        "geo": {
            "resolved_placename": place.name.en,
            "search_placename": place.name.ar or place.name.en,
            "name_ar": place.name.ar,
            "country_code3": place.country,
            "lat": place.lat,
            "lon": place.lon,
            "geonameid": str(place.geonames) if place.geonames is not None else None,
        }
    }


Object = Mapping[str, Any]


def _object(value: Any) -> Object:
    """A JSON object; an empty one of nothing. Raises `RowError` of anything else."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise RowError(f"no JSON object: {str(value)[:40]}")
    return cast("Object", value)


def _objects(value: Any) -> list[Object]:
    """JSON objects in a list; none of nothing. Raises `RowError` of anything else."""
    return [_object(part) for part in _array(value)]


def _array(value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise RowError(f"no JSON array: {str(cast('object', value))[:40]}")
    return cast("list[Any]", value)


def read(objects: Iterable[object], tally: Tally, form: str = "plover") -> Iterator[Told | RowError]:
    """The events that JSON objects tell; a `RowError` for one that cannot be read. Counts go to ``tally``."""
    for found in objects:
        try:
            if not isinstance(found, Mapping):
                raise RowError("no JSON object")
            row = _row(cast("Object", found), tally)
            yield made.told(form, row)
        except RowError as error:
            yield error
        except (AttributeError, TypeError, ValueError, KeyError) as error:
            yield RowError(f"not PLOVER's JSON: {error}")


def _row(found: Object, tally: Tally) -> Row:
    kind, mode, contexts = _act(found, tally)
    attributes = _object(found.get("attributes"))
    acting = _objects(attributes.get("ACTOR") or found.get("source"))
    receiving = _objects(attributes.get("RECIP") or found.get("recipient"))
    key = found.get("id")
    if not key:
        raise RowError("no id")
    date = _date(found)
    stories = _objects(found.get("reports"))
    first: Object = stories[0] if stories else {}
    act = _object(found.get("act"))
    gloss, ordinal = found.get("gloss"), found.get("ordinal")
    return Row(
        id=str(key),
        type=kind,
        mode=mode,
        contexts=contexts,
        actors=[s for a in acting if (s := _side(a, tally)) is not None],
        recipients=[s for a in receiving if (s := _side(a, tally)) is not None],
        status=str(found.get("status") or "occurred"),
        date=date,
        place=_place(found, attributes, tally),
        affairs=[str(a) for a in _array(found.get("affairs"))],
        counts=[msgspec.convert(c, Count) for c in _array(found.get("counts"))],
        outlet=_text(first.get("publisher") or found.get("publisher") or found.get("publication")),
        title=_text(found.get("headline")),
        url=_text(first.get("url") or found.get("url")),
        published=_text(first.get("pub_date") or found.get("pub_date")),
        words=str(found.get("event_text") or found.get("text") or ""),
        gloss=msgspec.convert(gloss, Gloss) if gloss else None,
        confidence=float(found.get("confidence", 1.0)),
        ordinal=msgspec.convert(ordinal, Ordinal) if ordinal else None,
        voices=int(found.get("voices", 1)),
        quad=_text(act.get("quad")),
        score=float(act["intensity"]) if "intensity" in act else None,
    )


def _text(value: object) -> str | None:
    return str(value) if value else None


def _act(found: Object, tally: Tally) -> tuple[str, str | None, list[str]]:
    """Type, mode and contexts: the act itself where it is given, else what it was folded into."""
    act = _object(found.get("act"))
    kinds = _several(act.get("event_type") or found.get("event_type") or found.get("event"))
    given = act.get("event_mode") if act else found.get("event_mode") or found.get("mode")
    modes = _several(given)
    contexts = _several(found.get("contexts") or found.get("context"))
    kind = kinds[0].upper() if kinds else ""
    for other in kinds[1:]:
        tally.lost[f"second types: {other}"] += 1
    return kind, known_mode(kind, modes, tally), known_contexts(contexts, tally)


def _several(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(v) for v in cast("list[object]", value) if v]
    return [str(value)] if value else []


def known_mode(kind: str, modes: list[str], tally: Tally) -> str | None:
    """The first of ``modes`` that PLOVER has for the type; others are counted as lost."""
    known = ontology.modes(kind) if kind in ontology.types() else []
    found: str | None = None
    for mode in modes:
        plain = mode.strip().lower().replace("_", "-").replace(" ", "-")
        plain = _OLD_MODES.get(plain, plain)
        if plain in known and found is None:
            found = plain
        elif plain not in ("none", "", "na", "nan"):
            tally.lost[f"modes: {kind}/{mode}"] += 1
    return found


# Modes of earlier drafts of PLOVER, by today's name.
_OLD_MODES = {"assassinate": "targeted", "confiscate": "seize", "ban": "restrict", "host": "visit", "return": "release"}


def known_contexts(contexts: list[str], tally: Tally) -> list[str]:
    """Those of ``contexts`` that PLOVER has; others are counted as lost."""
    found: list[str] = []
    for context in contexts:
        plain = context.strip().lower().replace(" ", "_").replace("-", "_")
        if plain in ontology.contexts():
            found.append(plain)
        elif plain not in ("none", "", "na", "nan"):
            tally.lost[f"contexts: {context}"] += 1
    return found


def _side(found: Object, tally: Tally) -> Side | None:
    text, country = _text(found.get("text") or found.get("actor_text")), _text(found.get("country"))
    main = _text(found.get("code")) if "code" in found else country
    sector = _text(found.get("sector") or found.get("code_1"))
    names = Name(_text(found.get("text_ar")), _text(found.get("text_en")) or (None if "text_en" in found else text))
    code = actor_code(
        main, sector, names.en or found.get("wiki") or "", tally, known="sector" in found and "code_1" in found
    )
    if code is None:
        tally.lost[f"actors without a state or sector: {text or ''}"] += 1
        return None
    return Side(code, names, _text(found.get("identifier_id")))


def actor_code(main: str | None, sector: str | None, name: str, tally: Tally, *, known: bool = False) -> str | None:
    """Rasd's code of an actor of PLOVER's: ``main`` a country or the letters of a body, ``sector`` PLOVER's.

    ``known``: the letters are Rasd's own and stand as they are. None where neither says anything.
    """
    if known:
        return actors.join(main, sector)
    plain = actors.sector_of(sector) if sector else None
    if sector and plain is None:
        tally.lost[f"sectors: {sector}"] += 1
    named = actors.group_named(name) if name else None
    state = countries.of_iso(main) or countries.of_cameo(main) if main else None
    if named is not None and (state is None or actors.state_of(named) == state):
        return named if plain is None else actors.join(actors.split(named)[0], plain)
    if main and state is None and main not in ("IGO", "NGO", "None"):
        tally.lost[f"countries: {main}"] += 1
    body = main if main in ("IGO", "NGO") else None
    if state is None and plain is None and body is None:
        return None
    return actors.join(state, plain or body)


def _date(found: Object) -> EventDate | None:
    when = found.get("when")
    if when:
        return msgspec.convert(when, EventDate)
    if "when" in found:
        return None  # Rasd's own, of an event without a date
    date = made.day(str(found.get("date_resolved") or found.get("date") or ""))
    if date is None:
        raise RowError("no date")
    end, time = _text(found.get("enddate")), _text(found.get("time"))
    if end is not None and (last := made.day(end)) is not None:
        date.end = last.end
    date.time = time
    return date


def _place(found: Object, attributes: Object, tally: Tally) -> Place | None:
    located = _object(found.get("event_geolocation") or found.get("event_loc"))
    geo = _object(located.get("geo", located))
    country = _text(geo.get("country_code3") or geo.get("cc3"))
    iso = countries.of_iso(country) if country else None
    if country and iso is None:
        tally.lost[f"countries: {country}"] += 1
    lat, lon = geo.get("lat", geo.get("latitude")), geo.get("lon", geo.get("longitude"))
    geonames = geo.get("geonameid")
    told = _objects(attributes.get("LOC"))
    en = geo.get("resolved_placename") or geo.get("name")
    if not geo and told:
        en = told[0].get("text")
    return made.place(
        _text(en),
        iso,
        float(lat) if lat is not None else None,
        float(lon) if lon is not None else None,
        ar=_text(geo.get("name_ar")),
        geonames=int(geonames) if geonames else None,
    )
