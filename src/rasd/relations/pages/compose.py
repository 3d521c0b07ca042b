"""A dossier, or an agenda, as a page."""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence

from rasd.lexicon import KnowledgeFiles
from rasd.record import Attribution, Name
from rasd.relations.course import HAPPENED
from rasd.relations.days import first_day
from rasd.relations.dossier import Dossier
from rasd.relations.dyad import is_conflict
from rasd.relations.knowledge import knowledge_of
from rasd.relations.ledger import Pact
from rasd.relations.lines import Line
from rasd.relations.pages.items import Items
from rasd.relations.pages.page import Band, Bar, Chart, Group, Item, Language, Page, Section, Table
from rasd.relations.pages.wording import Wording, clean
from rasd.relations.phases import Period

# So many statements stand in a part of the ledger; the chronology has all.
_SHOWN = 25
# Longer than this nobody reads a chronology; what weighs least is left out, and counted.
_LONGEST = 1500
# What is due within no more than so many days is worth a line at the head.
_EXACT = dt.timedelta(days=31)
# A longer series is drawn and not tabled.
_ROWS = 31


def page(dossier: Dossier, language: Language, files: KnowledgeFiles, *, chronology: bool = True) -> Page:
    """The page of a dossier in a language, each statement with the words it rests on.

    Without ``chronology`` the list of all events at its end is left out.
    """
    return _Composer(dossier, language, files).page(chronology=chronology)


def agenda_page(dossier: Dossier, language: Language, files: KnowledgeFiles, days: int | None = None) -> Page:
    """What is due, as a page: the agenda of a dossier alone."""
    composer = _Composer(dossier, language, files)
    return composer.agenda_page(days)


class _Composer:
    """Puts a page together, section by section; what is empty is left out."""

    def __init__(self, dossier: Dossier, language: Language, files: KnowledgeFiles) -> None:
        self._dossier = dossier
        self._language: Language = language
        self._knowledge = knowledge_of(files)
        self.say = Wording(language, files, dossier.names, dossier.sectored, dossier.speakers)
        found = [*dossier.ledger.topics, *(p.topic for p in dossier.ledger.projects)]
        found += [p.topic for p in dossier.ledger.agreements if p.topic]
        names: dict[str, Name] = {t.key: t.name for t in found}
        if dossier.affair is not None:
            names.setdefault(dossier.affair.key, dossier.affair.name)
        self._items = Items(self.say, dossier.articles, names, dossier.parties)

    def page(self, *, chronology: bool) -> Page:
        say, dossier = self.say, self._dossier
        parts: list[Callable[[], Section | None]] = [
            self._periods, self._course, self._agenda, self._meetings, self._agreements, self._projects,
            self._disputes, self._incidents, self._measures, self._deeds, self._words, self._joint, self._open,
            self._denied, self._promises, self._positions, self._topics, self._relations, self._people,
            self._differences, self._voices,
        ]  # fmt: skip
        if chronology:
            parts.append(self._chronology)
        sections = [s for s in (make() for make in parts) if s is not None]
        return Page(
            self._language, say.label(f"kind.{dossier.kind}"), self._title(), self._subtitle(), self._glance(),
            sections, say.label("articles"), self._items.sources(), say.label("head.made"), say.label("glance"),
        )  # fmt: skip

    def agenda_page(self, days: int | None) -> Page:
        say, dossier = self.say, self._dossier
        section = self._agenda()
        subtitle = [say.label("head.as-of", day=say.day(dossier.as_of))] if dossier.as_of else []
        if days is not None:
            subtitle.append(say.label("agenda.days", days=say.count(days, "day")))
        if section is None:
            section = Section("agenda", "", [], notes=[say.label("agenda.none")])
        section.title = ""
        return Page(
            self._language, say.label("kind.agenda"), say.label("title.agenda"), subtitle, [], [section],
            say.label("articles"), self._items.sources(), say.label("head.made"),
        )  # fmt: skip

    # The head

    def _title(self) -> str:
        say, dossier = self.say, self._dossier
        if dossier.affair is not None:
            return say.name(dossier.affair.name)
        names = [say.code(code) for code in dossier.parties]
        return say.label("title.pair", first=names[0], second=names[1]) if len(names) == 2 else names[0]

    def _subtitle(self) -> list[str]:
        say, dossier = self.say, self._dossier
        own = say.count(len(dossier.articles), "article")
        shown: list[str] = []
        if dossier.read > len(dossier.articles):
            shown.append(say.label("head.read-of", articles=own, all=f"{dossier.read:,}"))
        else:
            shown.append(say.label("head.read", articles=own))
        if dossier.begin or dossier.end:
            shown.append(say.label("head.stretch", stretch=say.stretch(dossier.begin, dossier.end)))
        if dossier.as_of:
            shown.append(say.label("head.as-of", day=say.day(dossier.as_of)))
        return shown

    def _glance(self) -> list[tuple[str, str]]:
        say, dossier = self.say, self._dossier
        happened = [x for x in dossier.lines if x.occurrence.status in HAPPENED]
        conflict = sum(is_conflict(x.occurrence.quad) for x in happened)
        reports = sum(len(x.occurrence.reports) for x in dossier.lines)
        facts = self._affair_facts()
        if dossier.periods and (now := self._now()) is not None:
            facts.append((say.label("glance.now"), f"{self._named(now)} ({say.stretch(now.begin, now.end)})"))
        told = say.label(
            "glance.told-by", events=say.count(len(dossier.lines), "event"), reports=say.count(reports, "report")
        )
        facts.append((say.label("glance.events"), told))
        balance = say.label("glance.balance-of", cooperation=len(happened) - conflict, conflict=conflict)
        facts.append((say.label("glance.balance"), balance))
        dated = [x for x in happened if x.sure and x.end and (not dossier.as_of or x.end <= dossier.as_of)]
        if dated:
            facts.append((say.label("glance.last"), self._said(max(dated, key=lambda x: (x.end or x.told, x.number)))))
        exact = (x for x in dossier.agenda.due if x.begin and x.end and x.end - x.begin <= _EXACT)
        if (following := next(exact, None)) is not None:
            facts.append((say.label("glance.next"), self._said(following)))
        return facts

    def _affair_facts(self) -> list[tuple[str, str]]:
        say, affair = self.say, self._dossier.affair
        if affair is None:
            return []
        kind = say.label(f"affair.{affair.kind}")
        what = (affair.what or "").partition(" (")[0] if self._language == "en" else ""
        states = [say.label(f"state.{s.state}") for p in self._dossier.ledger.agreements
                  if p.topic and p.topic.key == affair.key for s in p.steps]  # fmt: skip
        facts = [
            ("glance.what", what or kind),
            ("glance.parties", self._items.parties(affair)),
            ("glance.place", say.place(affair.place)),
            ("glance.amount", say.amount(affair.quantity) if affair.quantity else ""),
            ("glance.states", say.label("list.comma").join(states)),
        ]
        return [(say.label(label), text) for label, text in facts if text]

    def _said(self, line: Line) -> str:
        """An occurrence as one line, its date before it where the line does not say it."""
        item = self._items.brief(line)
        date = line.occurrence.date
        value = self.say.day(date.value) if date and date.value else ""
        return item.text if value and value in item.text else f"{item.head}: {item.text}"

    # How relations moved

    def _now(self) -> Period | None:
        as_of = self._dossier.as_of
        going = [p for p in self._dossier.periods if p.begin and (as_of is None or p.holds(as_of))]
        return going[-1] if going else None

    def _named(self, period: Period) -> str:
        names = [self.say.label(f"phase.{s}") for s in period.states[:2]]
        if len(names) < 2:
            return names[0]
        second = names[1] if self._language == "ar" else names[1].lower()
        return self.say.label("phase.and", first=names[0], second=second)

    def _periods(self) -> Section | None:
        return self._section("periods", [Group("", [self._period(p) for p in self._dossier.periods])])

    def _period(self, period: Period) -> Item:
        say = self.say
        basis = say.label(f"period.{period.basis}")
        if period.turn is not None:
            basis = say.label("period.both", day=say.day(period.turn))
        known = say.stretch(period.begin, period.end)
        told = say.label("period.told", stretch=say.stretch(*period.told)) if any(period.told) else ""
        item = Item(self._named(period), known or told or say.label("date.undated"), [basis])
        if period.begin_measured:
            item.tags.append(say.label("period.begin-measured"))
        if period.voices > 1:
            item.tags.append(say.label("ledger.named-in", articles=say.count(period.voices, "article")))
        item.cited = self._items.cited(period.evidence)
        return item

    def _course(self) -> Section | None:
        say, series = self.say, self._dossier.course
        told = [p for p in series.points if p.cooperation_events or p.conflict_events]
        if not told:
            return None
        step = say.label(f"course.{series.step}")
        caption = say.label("course.note", step=step)
        section = Section("course", say.label("course"), [], chart=self._chart(caption))
        section.notes = [
            say.label("course.turn", day=say.day(t.on), before=f"{t.before:+.1f}", after=f"{t.after:+.1f}")
            for t in series.turns
        ]
        if series.unplaced:
            section.notes.append(say.label("course.unplaced", events=say.count(series.unplaced, "event")))
        if series.by_publication:
            section.notes.append(say.label("course.by-publication", events=say.count(series.by_publication, "event")))
        head = [say.label(f"course.{k}") for k in ("period", "cooperation", "conflict", "events", "read")]
        rows = [
            [self._bin(p.begin.isoformat()), _signed(p.cooperation), _signed(p.conflict),
             str(p.cooperation_events + p.conflict_events), str(p.read)]
            for p in told
        ]  # fmt: skip
        if len(rows) <= _ROWS:
            section.table = Table(head, rows)
        return section

    def _chart(self, caption: str) -> Chart:
        series = self._dossier.course
        bars = [
            Bar(
                p.begin,
                self._bin(p.begin.isoformat()),
                p.cooperation,
                p.conflict,
                not p.exposure,
                p.end,
                p.cooperation_events + p.conflict_events,
            )
            for p in series.points
        ]
        begins = [b.begin for b in bars]
        gaps = [
            at for at, (one, two) in enumerate(itertools.pairwise(series.points), 1) if (two.begin - one.end).days > 1
        ]
        bands: list[Band] = []
        for period in self._dossier.periods:
            begin, end = first_day(period.begin), first_day(period.end)
            if begin is None:
                continue
            first = max(bisect_right(begins, begin) - 1, 0)
            last = bisect_left(begins, end) - 1 if end else len(bars) - 1
            if first <= last:
                bands.append(Band(self._named(period), first, last, self._worse(period)))
        turns = [bisect_left(begins, t.on) for t in series.turns]
        legend = self.say.label("course.cooperation"), self.say.label("course.conflict")
        return Chart(bars, bands, turns, gaps, legend, caption)

    def _worse(self, period: Period) -> bool:
        state = period.states[0]
        return self._knowledge.families.get(state, state) in ("worse", "conflict")

    def _bin(self, begin: str) -> str:
        return self.say.day(begin[:7] if self._dossier.course.step == "month" else begin)

    # What lies ahead

    def _agenda(self) -> Section | None:
        say, agenda = self.say, self._dossier.agenda
        groups = [
            self._lines(say.label("under-way"), agenda.under_way),
            self._lines(say.label("due"), agenda.due),
            self._lines(say.label("due.undated"), agenda.undated),
            Group(say.label("agenda.pacts"), [self._pending_pact(p) for p in self._pending()]),
            self._lines(say.label("overdue"), agenda.overdue),
            self._lines(say.label("cancelled"), agenda.cancelled),
        ]
        return self._section("agenda", groups)

    def _pending(self) -> list[Pact]:
        ahead = ("to-be-signed", "to-be-ratified", "to-be-carried-out")
        return [p for p in self._dossier.ledger.agreements if p.topic and p.state in ahead]

    def _pending_pact(self, pact: Pact) -> Item:
        """An agreement by its name and state; what is told of it stands with the agreements."""
        item = self._pact(pact)
        return Item(
            item.text, item.head, details=item.details, cited=item.cited[:1], refers=item.refers, affair=item.affair
        )

    # The ledger

    def _meetings(self) -> Section | None:
        say, meetings = self.say, self._dossier.ledger.meetings
        section = self._section("meetings", [self._lines("", meetings.lines)])
        if section is None:
            return None
        if len(meetings.lines) > 1:
            kinds = [say.label("ledger.often", kind=say.label(f"act.{k}"), count=n) for k, n in meetings.kinds]
            places = [say.label("ledger.often", kind=say.name(p), count=n) for p, n in meetings.places[:8]]
            who = [
                say.label("ledger.often", kind=say.label("ledger.pair", first=say.name(a), second=say.name(b)),
                          count=say.count(n, "time"))
                for a, b, n in meetings.who[:6]
            ]  # fmt: skip
            comma = say.label("list.comma")
            facts = [("", comma.join(kinds)), (say.label("ledger.where"), comma.join(places)),
                     (say.label("ledger.who"), comma.join(who))]  # fmt: skip
            section.facts = [(label, text) for label, text in facts if text]
        return section

    def _agreements(self) -> Section | None:
        pacts = self._dossier.ledger.agreements
        named = [self._pact(p) for p in pacts if p.topic]
        told = [p.line for p in pacts if p.line is not None]
        return self._section("agreements", [Group("", named[:_SHOWN]), self._lines("", told)])

    def _pact(self, pact: Pact) -> Item:
        say = self.say
        if pact.topic is None:
            raise ValueError("an agreement that only an act tells of is shown as that act")
        item = self._items.topic(pact.topic, head=say.label(f"state.{pact.state}"))
        if len(pact.steps) > 1:
            steps = [
                say.label("status.moved", status=say.label(f"state.{s.state}"), day=say.day(s.on)) if s.on
                else say.label(f"state.{s.state}")
                for s in pact.steps
            ]  # fmt: skip
            item.details.append((say.label("ledger.state"), say.joined(steps)))
        return item

    def _projects(self) -> Section | None:
        items = [
            self._items.topic(p.topic, head=self.say.label(f"state.{p.state}") if p.topic.kind == "project" else "",
                              tags=[self.say.label("affair.target")] if p.topic.kind == "target" else [])
            for p in self._dossier.ledger.projects[:_SHOWN]
        ]  # fmt: skip
        return self._section("projects", [Group("", items)])

    def _disputes(self) -> Section | None:
        groups: list[Group] = []
        for dispute in self._dossier.ledger.disputes:
            over = self.say.code(dispute.over) if dispute.over else ""
            title = self.say.name(dispute.topic) or over
            items = [self._items.stance(s) for s in dispute.stances]
            items += [self._items.line(x) for x in dispute.acts[-_SHOWN:]]
            groups.append(Group(title, items))
        return self._section("disputes", groups)

    def _positions(self) -> Section | None:
        items = [self._items.stance(s) for s in self._dossier.ledger.stances[:_SHOWN]]
        section = self._section("positions", [Group("", items)])
        if section is not None and len(self._dossier.parties) != 2:
            section.title = self.say.label("positions.one" if self._dossier.parties else "positions")
        return section

    def _incidents(self) -> Section | None:
        return self._section("incidents", [self._lines("", self._dossier.ledger.incidents)])

    def _measures(self) -> Section | None:
        return self._section("measures", [self._lines("", self._dossier.ledger.measures)])

    def _deeds(self) -> Section | None:
        return self._section("deeds", [self._lines("", self._dossier.ledger.deeds)])

    def _words(self) -> Section | None:
        by_kind: dict[str, list[Line]] = {}
        for line in self._dossier.ledger.words:
            by_kind.setdefault(self._dossier.ledger.kinds[line.occurrence.id], []).append(line)
        return self._section("words", [self._lines(self.say.label(f"act.{k}"), v) for k, v in by_kind.items()])

    def _joint(self) -> Section | None:
        return self._section("joint", [self._lines("", self._dossier.ledger.joint)])

    def _open(self) -> Section | None:
        return self._section("open", [self._lines("", self._dossier.ledger.open)])

    def _denied(self) -> Section | None:
        return self._section("denied", [self._lines("", self._dossier.ledger.denied)])

    def _promises(self) -> Section | None:
        groups: list[Group] = []
        for outcome in ("kept", "under-way", "called-off", "passed", "given", "due", "undated"):
            found = [p.line for p in self._dossier.ledger.promises if p.outcome == outcome]
            groups.append(self._lines(self.say.label(f"outcome.{outcome}"), found))
        return self._section("promises", groups)

    def _topics(self) -> Section | None:
        items = [self._items.topic(t, tags=[self.say.label(f"affair.{t.kind}")] if t.kind != "issue" else [])
                 for t in self._dossier.ledger.topics[:_SHOWN]]  # fmt: skip
        return self._section("topics", [Group("", items)])

    # Who deals with whom, who is named, who says so

    def _relations(self) -> Section | None:
        say = self.say
        rows = [[say.code(c.code), str(c.cooperation), str(c.conflict), f"{c.score:+.1f}"]
                for c in self._dossier.counterparts]  # fmt: skip
        if not rows:
            return None
        head = ["", say.label("course.cooperation"), say.label("course.conflict"), "Σ"]
        return Section("relations", say.label("relations"), [], table=Table(head, rows))

    def _people(self) -> Section | None:
        return self._section("people", [Group("", [self._items.person(p) for p in self._dossier.people])])

    def _differences(self) -> Section | None:
        say = self.say
        outlets = {a.key: clean(a.outlet or a.key) for a in self._dossier.articles}
        items: list[Item] = []
        for line in self._dossier.lines:
            if not line.occurrence.differences:
                continue
            item = self._items.brief(line)
            for difference in line.occurrence.differences:
                said = [
                    say.label("difference.says", value=self._value(difference.field, value),
                              who=say.listed([outlets.get(r.rpartition("/")[0], r) for r in reports]))
                    for value, reports in difference.values
                ]  # fmt: skip
                item.details.append((say.label(f"difference.{difference.field}"), say.joined(said)))
            items.append(item)
        return self._section("differences", [Group("", items[:_SHOWN])])

    def _value(self, field: str, value: str) -> str:
        if field == "status":
            return self.say.label(f"status.{value}")
        if field in ("actors", "recipients"):
            return self.say.listed([self.say.code(c) for c in value.split("+")])
        if field == "place" and value in self._dossier.towns:
            return self.say.name(self._dossier.towns[value])
        return self.say.day(value) if field == "date" else value

    def _voices(self) -> Section | None:
        say, voices = self.say, self._dossier.voices
        groups: list[Group] = []
        for key, found in (("voices.outlets", voices.outlets), ("voices.speakers", voices.speakers)):
            items: list[Item] = []
            for voice in found[:_SHOWN]:
                who = voice.name if voice.name not in (voice.code, voice.outlet) else None
                said = Attribution(who, voice.outlet, voice.code, voice.citing)
                name = say.speaker(said) if key == "voices.speakers" else clean(voice.name)
                tags = [say.count(voice.told, "event")]
                if voice.alone:
                    tags.append(say.label("voices.alone", count=voice.alone))
                items.append(Item(name, tags=tags))
            groups.append(Group(say.label(key), items))
        if voices.articles > 1:
            sole = [self._items.brief(x) for x in voices.sole]
            more = say.label("ledger.more", count=voices.alone - len(sole)) if voices.alone > len(sole) else ""
            groups.append(Group(say.label("voices.sole"), sole, more=more))
        section = self._section("voices", groups)
        if voices.articles == 1:
            section = section or Section("voices", say.label("voices"), [])
            section.notes.append(say.label("voices.all-one"))
        return section

    def _chronology(self) -> Section | None:
        def month(line: Line) -> str:
            day = line.begin.isoformat() if line.begin else line.told
            return self.say.day(day[:7]) if day else self.say.label("date.undated")

        lines = self._dossier.lines
        kept = lines if len(lines) <= _LONGEST else _weightiest(lines, _LONGEST)
        groups = [Group(title, [self._items.line(x) for x in told]) for title, told in itertools.groupby(kept, month)]
        section = self._section("chronology", groups)
        if section is not None and len(kept) < len(lines):
            left = self.say.count(len(lines) - len(kept), "event")
            section.notes.append(self.say.label("chronology.left", events=left))
        return section

    # Small joints

    def _lines(self, title: str, lines: Sequence[Line]) -> Group:
        """A group of occurrences in order of time: all, or those that most voices tell and that are surest."""
        kept = _weightiest(lines, _SHOWN)
        left = len(lines) - len(kept)
        more = self.say.label("ledger.more", count=left) if left else ""
        return Group(title, [self._items.line(x) for x in kept], more=more)

    def _section(self, key: str, groups: Iterable[Group]) -> Section | None:
        kept = [g for g in groups if g.items]
        return Section(key, self.say.label(key), kept) if kept else None


def _weightiest(lines: Sequence[Line], count: int) -> list[Line]:
    """So many lines, in their order: those that most voices tell, and of those alike the surest."""
    if len(lines) <= count:
        return list(lines)
    weighed = sorted(lines, key=lambda x: (-len(x.voices), -x.occurrence.confidence, x.number))
    chosen = {x.number for x in weighed[:count]}
    return [x for x in lines if x.number in chosen]


def _signed(score: float) -> str:
    return f"{score:+.1f}" if score else "–"
