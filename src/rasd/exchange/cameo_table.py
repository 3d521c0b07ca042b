"""CAMEO's classic table: who did what to whom on a day, a row for each pair, tab-separated, with a header."""

from __future__ import annotations

from collections.abc import Iterable

from rasd.chronicle import Side
from rasd.exchange import actors, countries
from rasd.exchange.tally import Tally
from rasd.exchange.told import Told, outlets, urls
from rasd.exchange.writing import Out, dyads, event_day, folded, line

# The columns, in order, and what they hold; docs/exchange.md shows them.
COLUMNS: dict[str, str] = {
    "id": "the event's id in this data set; the rows of one event share it",
    "date": "the day, 2016-10-10",
    "source": "CAMEO's code of who acts",
    "target": "CAMEO's code of whom it is done to",
    "code": "CAMEO's code of the event, two to four digits",
    "root": "its first two digits",
    "name": "CAMEO's label of the code",
    "goldstein": "Goldstein's score, -10 to 10",
    "quad": "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
    "source_country": "CAMEO's country code within source",
    "source_group": "the letters of a group or body within source",
    "source_roles": "the roles within source, parted by spaces",
    "source_cow": "number of source's state in the Correlates of War, on that day",
    "target_country": "as source_country",
    "target_group": "as source_group",
    "target_roles": "as source_roles",
    "target_cow": "as source_cow",
    "place": "the place, in English",
    "country": "its country, ISO 3166-1 alpha-3",
    "latitude": "degrees, WGS 84",
    "longitude": "degrees, WGS 84",
    "reports": "how many reports tell the event",
    "outlet": "the outlet of the first",
    "url": "where the first article is",
}


def write(told: Iterable[Told], out: Out, tally: Tally) -> None:
    """Write events as CAMEO's table; counts go to ``tally``."""
    out.write(line(COLUMNS))
    for item in told:
        act = folded(item, tally)
        day = event_day(item, tally) if act is not None else None
        if act is None or day is None or act.event is None:
            continue
        tally.occurrences += 1
        place, event = item.occurrence.place, act.event
        shared: dict[str, object] = {
            "id": item.occurrence.id,
            "date": day.isoformat(),
            "code": event.code,
            "root": event.root,
            "name": event.name,
            "goldstein": event.goldstein,
            "quad": event.quad,
            "place": place and (place.name.en or place.name.ar),
            "country": place and place.country,
            "latitude": place and place.lat,
            "longitude": place and place.lon,
            "reports": len(item.reports),
            "outlet": next(iter(outlets(item)), None),
            "url": next(iter(urls(item)), None),
        }
        for source, target in dyads(item):
            row = shared | _side("source", source, item, tally) | _side("target", target, item, tally)
            out.write(line(row.get(name) for name in COLUMNS))
            tally.rows += 1


def _side(which: str, side: Side | None, told: Told, tally: Tally) -> dict[str, object]:
    if side is None:
        return {}
    code = actors.to_cameo(side.code)
    state = actors.state_of(side.code)
    cow = countries.cow(state, event_day(told, Tally())) if state else None
    return {
        which: code.code,
        f"{which}_country": code.country,
        f"{which}_group": code.group,
        f"{which}_roles": " ".join(code.roles),
        f"{which}_cow": cow.number if cow else None,
    }
