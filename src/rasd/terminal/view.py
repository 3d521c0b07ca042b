"""One record as a page for people: what an editor who reads no Arabic wants to see first.

From top to bottom: the article and how its date is known; what happened, in order of time; what
lies ahead; projects, agreements and other affairs; who backs whom; how relations moved; doubts.
On a wide console each event has its date and status in a column of their own; on a narrow one
everything is stacked. Arabic stands on lines of its own, which terminals can turn as it needs.
"""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from rasd.record import Affair, Event, Phase, Position, Record
from rasd.terminal.printing import print_page
from rasd.terminal.wording import Names, amount, dating, day, event_order, ordinal, plain, stretch, when

# From this width on, date and status get their own column.
_WIDE = 90
_SIDE = 24
# Lines longer than this tire the eye; a wider console keeps a margin.
_MAX_WIDTH = 120
# Letters shown before and after the word that carries the event.
_BEFORE, _AFTER = 50, 90

_STATUS = {
    "occurred": ("✓ occurred", "green"),
    "ongoing": ("● under way", "cyan"),
    "planned": ("○ planned", "yellow"),
    "possible": ("? possible", "magenta"),
    "denied": ("✗ denied", "red"),
}
_AFFAIRS = [("project", "Projects"), ("agreement", "Agreements"), ("target", "Targets"),
            ("gathering", "Gatherings"), ("issue", "Issues")]  # fmt: skip
_AHEAD = ("planned", "ongoing")


def show(record: Record, console: Console) -> None:
    """Print the page of ``record``; width, colour and encoding are those of ``console``."""
    print_page(_Page(record, console).parts(), console, _MAX_WIDTH)


class _Page:
    """The parts of one record's page."""

    def __init__(self, record: Record, console: Console) -> None:
        self._record = record
        self._live = console.is_terminal
        self._wide = console.width >= _WIDE
        self._names = Names(record, isolate=self._live)
        self._events = {e.id: e for e in record.events}

    def parts(self) -> list[RenderableType]:
        parts = [self._header()]
        groups = self._groups()
        parts.append(self._section(f"What happened · {_many(len(groups), 'event')}"))
        if not groups:
            parts.append(Text("No events were found in this text.", style="dim"))
        for number, (event, repeats) in enumerate(groups, 1):
            parts.extend([""] if number > 1 else [])
            parts.append(self._event(number, event, repeats))
        sections = [("What lies ahead", self._agenda([event for event, _ in groups]))]
        sections += [(title, self._affairs(kind)) for kind, title in _AFFAIRS]
        sections += [("Who stands where", [self._position(p) for p in self._record.positions]),
                     ("How relations moved", [self._phase(p) for p in self._sorted_phases()]),
                     ("Notes", [Text(f"! {plain(n.text)}", style="yellow", overflow="fold")
                                for n in self._record.notes])]  # fmt: skip
        for title, lines in sections:
            if lines:
                parts.extend([self._section(title), *lines])
        return parts

    def _header(self) -> RenderableType:
        article = self._record.article
        head = plain(article.title or "") or _first_words(article.text)
        lines: list[RenderableType] = [_line(head, "bold")]
        source = " · ".join(self._names.said(s) for s in (article.source, article.url) if s)
        if source:
            lines.append(_line(source, "dim"))
        lines.append(_line(dating(article)))
        if article.dating.basis in ("dateline", "inferred") and article.dating.evidence:
            quotes = dict.fromkeys(plain(article.text[s.start : s.end]) for s in article.dating.evidence[:3])
            lines.append(_line("  ".join(f"«{_shortened(q)}»" for q in quotes), "dim"))
        return Group(*lines)

    def _section(self, title: str) -> RenderableType:
        return Padding(Rule(Text(title, style="bold"), align="left", style="dim"), (1, 0, 0, 0))

    # Events

    def _groups(self) -> list[tuple[Event, list[Event]]]:
        """The events in order of time, each with its later mentions."""
        firsts: dict[str, list[Event]] = {}
        for event in self._record.events:
            firsts.setdefault(self._first(event).id, []).append(event)
        groups: list[tuple[Event, list[Event]]] = []
        for key, mentions in firsts.items():
            first = self._events[key]
            groups.append((first, [m for m in mentions if m is not first]))
        return sorted(groups, key=lambda g: event_order(g[0]))

    def _first(self, event: Event) -> Event:
        """The event that this one repeats, itself if none."""
        seen = {event.id}
        while event.same_as in self._events and event.same_as not in seen:
            seen.add(event.same_as)
            event = self._events[event.same_as]
        return event

    def _event(self, number: int, event: Event, repeats: list[Event]) -> RenderableType:
        mark, style = _STATUS.get(event.status, (event.status, ""))
        body = Group(*self._event_lines(event, repeats))
        if not self._wide:
            head = Text.assemble(
                (f"{number}  ", "dim"), (when(event.date), "bold"), "  ", (mark, style), overflow="fold"
            )
            return Group(head, Padding(body, (0, 0, 0, 3)))
        grid = Table.grid(padding=(0, 2))
        grid.add_column(width=3, justify="right", style="dim")
        grid.add_column(width=_SIDE, overflow="fold")
        grid.add_column(ratio=1, overflow="fold")
        grid.add_row(str(number), Text.assemble((when(event.date), "bold"), "\n", (mark, style)), body)
        return grid

    def _event_lines(self, event: Event, repeats: list[Event]) -> list[RenderableType]:
        lines: list[RenderableType] = [_line(plain(event.gloss.en), "bold")]
        if event.gloss.ar:
            lines.append(_line(plain(event.gloss.ar)))
        kind = event.type + (f"/{event.mode}" if event.mode else "")
        # The codes are for those who work with PLOVER; they stay small.
        kinds = " · ".join([kind, *(plain(c.replace("_", " ")) for c in event.contexts)])
        lines.append(_line(kinds, "dim"))
        lines.extend(_labelled(label, text) for label, text in self._facts(event) if text)
        lines.append(self._quote(event))
        if repeats:
            lines.append(_line(f"told again {_times(len(repeats))}:", "dim"))
            lines.extend(Padding(self._quote(r), (0, 0, 0, 2)) for r in repeats)
        return lines

    def _facts(self, event: Event) -> list[tuple[str, str]]:
        names = self._names
        who = names.entities(event.actors, event.actor_codes)
        whom = names.entities(event.recipients, event.recipient_codes)
        facts = [("who", f"{who or 'somebody'} → {whom}" if whom else who)]
        facts += [(plain(o.role), names.entity(o.entity)) for o in event.others]
        facts.append(("where", names.place(event.place) if event.place else ""))
        facts.append(("about", ", ".join(names.affair(a) for a in event.about)))
        facts.append(("which", ordinal(event.ordinal) if event.ordinal else ""))
        facts.append(("on the word of", self._word(event)))
        return facts

    def _word(self, event: Event) -> str:
        said: list[str] = []
        for source in event.attribution:
            who = self._names.said(source.who) if source.who else self._names.code(source.code) if source.code else ""
            outlet = self._names.said(source.outlet) if source.outlet else ""
            shown = f"{who} ({outlet})" if who and outlet and who != outlet else who or outlet
            citing = f"citing {self._names.said(source.citing)}" if source.citing else ""
            said.append(", ".join(x for x in (shown, citing) if x))
        return "; ".join(dict.fromkeys(s for s in said if s))

    def _quote(self, event: Event) -> Text:
        """The words of the article around the trigger, which stands out."""
        text = self._record.article.text
        begin, end = event.evidence.start, event.evidence.end
        start, stop = event.trigger.start, event.trigger.end
        if not begin <= start <= stop <= end:
            begin, end = min(begin, start), max(end, stop)
        before, after = _tail(plain(text[begin:start]), _BEFORE), _head(plain(text[stop:end]), _AFTER)
        # A word written onto the trigger (و, ب, ها) stays written onto it.
        gap_before = " " if before and text[start - 1 : start].isspace() else ""
        gap_after = " " if after and text[stop : stop + 1].isspace() else ""
        trigger = plain(text[start:stop])
        emphasised = (trigger, "bold underline not dim") if self._live else (f"[{trigger}]", "")
        return Text.assemble("«", before + gap_before, emphasised, gap_after + after, "»", style="dim", overflow="fold")

    # What lies ahead, affairs, positions, phases

    def _agenda(self, events: list[Event]) -> list[RenderableType]:
        """One line for each event that is planned or under way, with what it is about."""
        lines: list[RenderableType] = []
        for event in events:
            if event.status not in _AHEAD:
                continue
            said = plain(event.gloss.en)
            date = when(event.date)
            # The line usually says the date itself.
            known = event.date is not None and day(event.date.value or "") not in said
            lines.append(_bullet(f"{date}: {said}" if known else said))
            if event.about:
                topics = ", ".join(self._names.affair(a) for a in event.about)
                lines.append(_bullet(f"about: {topics}", deeper=True))
        return lines

    def _affairs(self, kind: str) -> list[RenderableType]:
        return [line for a in self._record.affairs if a.kind == kind for line in self._affair(a)]

    def _affair(self, affair: Affair) -> list[RenderableType]:
        shown = self._names.affair_name(affair)
        lines: list[RenderableType] = [_bullet(shown, "bold")]
        arabic = plain(affair.name.ar or "")
        if arabic and affair.name.en:
            lines.append(_bullet(arabic, deeper=True))
        parties = ", ".join(f"{plain(p.role)} {self._names.code(p.code)}" for p in affair.parties)
        facts = [
            plain(affair.what) if affair.what and plain(affair.what).lower() not in shown.lower() else "",
            amount(affair.quantity) if affair.quantity else "",
            f"in {self._names.place(affair.place)}" if affair.place else "",
            parties,
        ]
        if any(facts):
            lines.append(_bullet(" · ".join(f for f in facts if f), deeper=True))
        return lines

    def _position(self, position: Position) -> RenderableType:
        names = self._names
        toward = names.code(position.toward) if position.toward else ""
        affair = names.affair(position.affair) if position.affair else ""
        objects = f"{toward} on {affair}" if toward and affair else toward or affair
        evidence = plain(self._record.article.text[position.evidence.start : position.evidence.end])
        lines: list[RenderableType] = [
            _bullet(f"{names.code(position.holder)} {plain(position.stance)} {objects}".rstrip())
        ]
        if evidence:
            lines.append(_bullet(f"«{_shortened(evidence)}»", "dim", deeper=True))
        return Group(*lines)

    def _sorted_phases(self) -> list[Phase]:
        return sorted(self._record.phases, key=lambda p: (p.begin or p.end or "9999", p.evidence.start))

    def _phase(self, phase: Phase) -> RenderableType:
        parties = " – ".join(self._names.code(c) for c in phase.parties)
        period = stretch(phase.begin, phase.end)
        evidence = plain(self._record.article.text[phase.evidence.start : phase.evidence.end])
        lines: list[RenderableType] = [_bullet(f"{parties}: {plain(phase.state)}" + (f", {period}" if period else ""))]
        if evidence:
            lines.append(_bullet(f"«{_shortened(evidence)}»", "dim", deeper=True))
        return Group(*lines)


def _line(text: str, style: str = "") -> Text:
    return Text(text, style=style, overflow="fold")


def _labelled(label: str, text: str) -> Text:
    return Text.assemble((f"{label}: ", "dim"), text, overflow="fold")


def _bullet(text: str, style: str = "", *, deeper: bool = False) -> RenderableType:
    """A line with its continuation lines indented under its text."""
    grid = Table.grid()
    grid.add_column(width=4 if deeper else 2)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row("" if deeper else "·", _line(text, style))
    return grid


def _first_words(text: str) -> str:
    return _shortened(plain(text[:1000]), 80) or "(no text)"


def _shortened(text: str, limit: int = _BEFORE + _AFTER) -> str:
    return _head(text, limit)


def _head(text: str, limit: int) -> str:
    """The beginning of ``text``, cut after a word."""
    if len(text) <= limit:
        return text
    return f"{text[:limit].rpartition(' ')[0] or text[:limit]} …"


def _tail(text: str, limit: int) -> str:
    """The end of ``text``, cut before a word."""
    if len(text) <= limit:
        return text
    return f"… {text[-limit:].partition(' ')[2] or text[-limit:]}"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"
