"""The reader: an Arabic text in, its record out. The way of an article through the code.

1 text: tokens, sentences, tags
2 when: expressions of time; the date of the article where none is given
3 who: actors and references to them
4 where: places
5 what: quantities, affairs, events, positions, phases
6 record: the working document becomes a `rasd.record.Record`
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cached_property, lru_cache
from pathlib import Path

from rasd import assembly
from rasd.explanation import Explanation
from rasd.learned import KINDS, LearnedReader, ShippedModel, joining
from rasd.lexicon import KnowledgeFiles, open_compiled
from rasd.names import SECTIONS as NAMES_SECTIONS
from rasd.names import Name, NameReader
from rasd.record import Dating, Record, Span
from rasd.stages import UNTIMED, Untimed
from rasd.text import tokens
from rasd.text.document import Document
from rasd.text.forms import WORDS, WordTable
from rasd.text.particles import PARTICLES, Particles
from rasd.text.tagger import Tagger
from rasd.what import (
    affairs,
    attachment,
    events,
    lexemes,
    ontology,
    phases,
    positions,
    quantities,
    scorer,
    siding,
    subjects,
)
from rasd.what.events import EventReader, EventReading, Verdict
from rasd.what.implied import IMPLIED
from rasd.what.second import SecondReader
from rasd.when import SECTIONS as WHEN_SECTIONS
from rasd.when import ArticleDater, TimeReader
from rasd.where import SECTIONS as WHERE_SECTIONS
from rasd.where import PlaceAnswer, PlaceReader
from rasd.who import SECTIONS as WHO_SECTIONS
from rasd.who import ActorReader, Directory, Known, office_intervals, romanize

SECTIONS = (
    WORDS,
    PARTICLES,
    *WHEN_SECTIONS,
    *WHO_SECTIONS,
    *WHERE_SECTIONS,
    *NAMES_SECTIONS,
    *lexemes.SECTIONS,
    IMPLIED,
    attachment.SECTION,
    ontology.ONTOLOGY,
    scorer.SCORER,
    siding.SECTION,
    KINDS,
    subjects.SUBJECTS,
    *affairs.SECTIONS,
    *positions.SECTIONS,
    *phases.SECTIONS,
    *quantities.SECTIONS,
)

# An inferred interval no longer than this is sure enough to read the times of an article by its first day.
SURE = dt.timedelta(days=1)
_SURROGATES = re.compile("[\ud800-\udfff]")


class Reader:
    """Reads Arabic news. Build one and use it for any number of articles.

    ``lexicon`` is a folder of the user's knowledge files, laid over ours; ``base`` replaces
    ours altogether. Raises `rasd.lexicon.KnowledgeError` where a knowledge file is wrong.
    The same text and lexicon give the same record, byte for byte.

    ``careful`` lets a second reader that has learned look at each article too (the extra
    ``rasd[careful]``): it finds more, at about a fifth of the speed. Raises
    `rasd.learned.MissingExtraError` where what it needs is not installed.
    """

    def __init__(
        self, lexicon: str | Path | None = None, *, base: str | Path | None = None, careful: bool = False
    ) -> None:
        user = Path(lexicon) if lexicon is not None else None
        files = KnowledgeFiles(user, Path(base)) if base is not None else KnowledgeFiles(user)
        compiled = open_compiled(files, SECTIONS)
        self._knowledge = files.digest
        self._words = WordTable(compiled)
        self._times = TimeReader(compiled)
        self._dater = ArticleDater(compiled)
        self._actors = ActorReader(compiled)
        self._tagger = Tagger(Particles(compiled), self._actors.state_words)
        self._places = PlaceReader(compiled, romanize)
        self._names = NameReader(compiled, self._actors.registry)
        self._affairs = affairs.AffairReader(compiled)
        self._quantities = quantities.QuantityReader(compiled)
        self._positions = positions.PositionReader(compiled)
        self._phases = phases.PhaseReader(compiled)
        self._events = EventReader(compiled, self._places.zone)
        self.compiled = compiled
        self._second: SecondReader | None = None
        self._stages: Untimed = UNTIMED
        if careful:
            self.read_with(LearnedReader(compiled, ShippedModel(), joining()))

    def read(
        self,
        text: str,
        *,
        published: str | dt.date | None = None,
        id: str | None = None,
        title: str | None = None,
        source: str | None = None,
        url: str | None = None,
    ) -> Record:
        """The record of one article.

        ``text`` and the other words are kept as they are (a lone surrogate, which no encoding can
        write, becomes U+FFFD), and every offset in the record points into it. ``published`` is the day of
        publication, a date or ``YYYY-MM-DD``; without it the day is inferred where the text
        allows. Raises ValueError where ``published`` is no date.
        """
        return self._read(text, published, id, title, source, url)[0]

    def explain(self, text: str, *, published: str | dt.date | None = None) -> Explanation:
        """Sentence by sentence what was seen in a text, and why each event was made or refused."""
        record, document, reading = self._read(text, published, None, None, None, None)
        return assembly.explanation(document, reading, record, self._tagger, lambda v: self._grounds(reading, v))

    def _grounds(self, reading: EventReading, verdict: Verdict) -> list[str]:
        """What weighed most in a verdict, by the second reader's account where there is one."""
        weighed = self._events.scorer.grounds(verdict.traits)
        if reading.sight is not None and verdict.grounds:
            return [*reading.sight.reasons(verdict.candidate, verdict.grounds), *weighed]
        return weighed

    def verdicts(self, text: str, *, published: str | dt.date | None = None) -> list[tuple[int, Verdict]]:
        """What became of each word that may carry an event: its character offset and the verdict on it.

        In the order of the text. This is what the scorer learns from (``scripts/train_scorer.py``);
        `explain` says the same for people.
        """
        _, document, reading = self._read(text, published, None, None, None, None)
        return [(document.tokens[v.candidate.at].start, v) for v in reading.verdicts]

    def dating(self, text: str) -> Dating:
        """When an article was written, by its text alone: the first and last day that its clues allow, either
        may be open, and the words that tell. ``basis`` is ``dateline``, ``inferred`` or ``unknown``.
        """
        document = tokens.document(_SURROGATES.sub("\ufffd", text), self._words)
        self._tagger.tag(document)
        self._times.read(document)
        self._actors.read(document)
        return self._infer(document)

    @property
    def version(self) -> str:
        """What reads: Rasd's version and a digest of the knowledge files. Another one may read otherwise."""
        from rasd import __version__

        return f"{__version__}+{self._knowledge[:12]}"

    def ignore_scorer(self) -> None:
        """Judge candidates by the rules alone from now on, as when weights are to be learned."""
        self._events.scorer.forget()

    def ignore_siding(self) -> None:
        """Leave the sides of acts to the rules from now on, as when weights are to be learned."""
        self._events.siding.forget()

    def read_with(self, second: SecondReader | None) -> None:
        """Let a second reader look at each article from now on, or none."""
        self._second = second

    def time_stages(self, stages: Untimed) -> None:
        """Let ``stages`` know from now on when each stage of an article is done."""
        self._stages = stages

    def names(self, text: str, *, published: str | dt.date | None = None) -> list[Name]:
        """Every name in a text, listed or not, one inside another, in the order of the text.

        ``وزير الخارجية الروسي سيرغي لافروف`` holds an office and a person. Offsets point into
        ``text``; ``published`` as for `read`.
        """
        return self._names.read(self._read(text, published, None, None, None, None)[1])

    def where(self, name: str) -> list[PlaceAnswer]:
        """The places with an Arabic or English name, the one first that is meant where nothing else tells.

        Raises ValueError, naming what is spelt like it, where no place is known by the name.
        """
        found = self._places.answers(name)
        if not found:
            near = self._places.near(name)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise ValueError(f"no place is known as '{name}'{hint}")
        return found

    def who(self, name: str, *, at: str | dt.date | None = None) -> list[Known]:
        """Who or what a name means: people, states, bodies and offices of the registry.

        ``name`` is Arabic in any spelling, English, a code (``TUR``), or a phrase
        (``وزير الخارجية الفرنسي``) that the registry answers for the day ``at``. With ``at`` only
        the offices held on that day are given. An empty list where the registry has nothing.
        """
        day = _day(at)
        found = self.directory.find(name, day)
        if found:
            return found
        document = tokens.document(name, self._words)
        document.published = day
        self._tagger.tag(document)
        self._actors.read(document)
        whole = next((m for m in document.actors if m.within is None), None)
        if whole is None or whole.first or whole.last != len(document.tokens):
            return []
        drafts = [document.entities[e] for e in whole.entities]
        return [k for e in drafts if (e.key or "").startswith(("person:", "body:", "state:")) and e.en
                for k in self.directory.find(e.en, day) if k.kind == e.kind]  # fmt: skip

    @cached_property
    def directory(self) -> Directory:
        """The registry, to look names up in."""
        return Directory(self._actors.registry)

    def _read(
        self,
        text: str,
        published: str | dt.date | None,
        id: str | None,
        title: str | None,
        source: str | None,
        url: str | None,
    ) -> tuple[Record, Document, EventReading]:
        done = self._stages.mark
        self._stages.begin()
        day = _day(published)
        text = _SURROGATES.sub("\ufffd", text)
        id, title, source, url = (value and _SURROGATES.sub("\ufffd", value) for value in (id, title, source, url))
        document = tokens.document(text, self._words)  # 1
        document.title, document.source, document.url, document.published = title, source, url, day
        self._tagger.tag(document)
        done("text")
        self._times.read(document)  # 2
        done("when")
        self._actors.read(document)  # 3
        done("who")
        dating = self._date(document, day)
        done("dating")
        self._places.read(document)  # 4
        self._actors.settle(document)
        done("where")
        amounts = self._quantities.read(document)  # 5
        self._events.mark_seats(document)
        drafts = self._affairs.read(document, amounts)
        done("affairs")
        sight = self._second.look(document) if self._second is not None else None
        done("learned")
        reading = self._events.read(document, drafts, sight)
        done("what")
        stances = self._positions.read(document, drafts)
        courses = self._phases.read(document)
        done("positions")
        record = assembly.record(  # 6
            document, dating, amounts, drafts, reading, stances, courses, self._events, id=id
        )
        done("record")
        return record, document, reading

    def _date(self, document: Document, day: dt.date | None) -> Dating:
        """The article's dating; a day that was inferred for sure is used to read times anew.

        Of the day that a text calls today and the day after, when papers print it, the first is used.
        """
        if day is not None:
            return Dating("given", day.isoformat(), day.isoformat(), [])
        dating = self._infer(document)
        if dating.earliest is None or dating.latest is None:
            return dating
        earliest, latest = dt.date.fromisoformat(dating.earliest), dt.date.fromisoformat(dating.latest)
        if latest - earliest <= SURE:
            document.published = earliest
            self._times.read(document)
            self._actors.read(document)
        return dating

    def _infer(self, document: Document) -> Dating:
        """What the text alone says of its date. Times and actors have been read."""
        offices = [(first, last, Span(start, end)) for first, last, start, end in office_intervals(document)]
        return self._dater.date(document, offices)


def _day(published: str | dt.date | None) -> dt.date | None:
    if published is None or isinstance(published, dt.datetime):
        return published.date() if published is not None else None
    if isinstance(published, dt.date):
        return published
    try:
        return dt.date.fromisoformat(published[:10])
    except ValueError:
        raise ValueError(f"published is no date (YYYY-MM-DD): {published!r}") from None


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return Reader()


def read(
    text: str,
    *,
    published: str | dt.date | None = None,
    id: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
) -> Record:
    """The record of one article, read with Rasd's own lexicon. See `Reader.read`."""
    return _reader().read(text, published=published, id=id, title=title, source=source, url=url)


__all__ = ["Reader", "events", "read"]
