"""Records as what is exchanged: those of `rasd code`, read from their file, and rows of other tables made into some."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from rasd.chronicle import Side
from rasd.exchange.made import RowError
from rasd.exchange.reading import Rows
from rasd.exchange.tally import BadRow, Tally
from rasd.exchange.told import Told, of_chronicle, of_record
from rasd.record import (
    Affair,
    Article,
    Count,
    Dating,
    Entity,
    Event,
    Name,
    Record,
    Span,
    Trigger,
)

# The record of an article of 5 MB in which every line tells something has 60 MB.
_MAX_LINE = 256 * 1024 * 1024


def of_file(path: str, tally: Tally, on_bad: Callable[[BadRow], None] | None = None) -> Iterator[Told]:
    """What the records of a file tell (``-``: standard input), plain or gzipped, one record in memory at a time.

    Each article's events stand by themselves; `joined` makes one event of what several articles tell. Lines that hold
    no record go to ``on_bad``. Raises `ExchangeError` where the file cannot be opened or breaks off.
    """
    for line, record in records_in(path, tally, on_bad):
        yield from of_record(record, record.article.id or str(line))


def joined(records: Iterable[Record]) -> Iterator[Told]:
    """What records tell together, one event for all reports of it, by day; all are held in memory.

    An event's id is that of its first report. An article that comes twice counts once.
    """
    from rasd.relations.memory import Memory, article_key

    memory = Memory()
    seen: set[str] = set()
    for record in records:
        key = article_key(record)
        if key not in seen:
            seen.add(key)
            memory.add(record, key)
    for told in of_chronicle(memory):
        told.occurrence.id = told.occurrence.reports[0]
        yield told


def records_in(path: str, tally: Tally, on_bad: Callable[[BadRow], None] | None = None) -> Iterator[tuple[int, Record]]:
    """The records of a file, each with its line; see `of_file`."""
    with Rows(path, max_line=_MAX_LINE) as rows:
        for text in rows.lines():
            tally.rows += 1
            try:
                if isinstance(text, RowError):
                    raise text
                record = Record.from_json(text)
            except msgspec.ValidationError as error:
                problem = f"no record: {error}"
            except (msgspec.DecodeError, RecursionError) as error:
                problem = f"not JSON: {error}"
            except RowError as error:
                problem = str(error)
            else:
                yield rows.line, record
                continue
            tally.bad += 1
            if on_bad is not None:
                on_bad(BadRow(rows.line, problem, rows.raw))


def to_record(told: Told) -> Record:
    """A record of one event, from an occurrence and its first report: the row of another table, as an article.

    The text of the article is the words of the report, none where the row brings none: words made up here would make
    rows look like tellings of one event. Whoever is named in it is not looked for.
    """
    o = told.occurrence
    report = told.reports[0]
    text = report.words.text
    whole = Span(0, len(text))
    source = report.source
    day = source.published
    article = Article(
        id=source.key,
        title=source.title,
        source=source.outlet,
        url=source.url,
        language="en",
        text=text,
        published=day,
        dating=Dating("given", day, day) if day else Dating(),
    )
    entities, acting, receiving = _entities(o.actors, o.recipients)
    affairs = [_affair(f"a{n}", key) for n, key in enumerate(o.affairs, 1)]
    event = Event(
        id="e1",
        type=o.type,
        mode=o.mode,
        contexts=o.contexts,
        quad=o.quad,
        score=o.score,
        actors=acting,
        recipients=receiving,
        others=[],
        actor_codes=[s.code for s in o.actors],
        recipient_codes=[s.code for s in o.recipients],
        status=o.status,
        date=o.date,
        place=o.place,
        about=[a.id for a in affairs],
        attribution=report.attribution,
        ordinal=o.ordinal,
        trigger=Trigger(0, 0, ""),
        sentence=0,
        evidence=whole,
        same_as=None,
        rule=report.rule,
        confidence=o.confidence,
        gloss=o.gloss,
        counts=[Count(c.role, c.value, c.unit, c.per, 0, 0) for c in report.counts],
    )
    return Record(article, [whole], [], entities, [event], affairs, [], [], [], [])


def _entities(acting: Iterable[Side], receiving: Iterable[Side]) -> tuple[list[Entity], list[str], list[str]]:
    """Who stands on the sides, each once, and the ids of each side."""
    found: dict[tuple[str, str | None, str | None, str | None], Entity] = {}

    def of(side: Side) -> str:
        key = (side.code, side.name.en, side.name.ar, side.wikidata)
        if key not in found:
            number = f"n{len(found) + 1}"
            found[key] = Entity(number, side.code, _kind(side.code), side.name, side.wikidata, [])
        return found[key].id

    first, second = [of(s) for s in acting], [of(s) for s in receiving]
    return list(found.values()), first, second


def _kind(code: str) -> str:
    return "organization" if "/" in code else "state"


def _affair(number: str, key: str) -> Affair:
    kind, _, name = key.partition(":")
    return Affair(number, kind, Name(None, name), None, [], None, None, [])
