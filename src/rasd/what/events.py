"""Events of a document: candidates with their sides, status, source, time and place.

`EventReader.read` goes through the sentences in order and, for each, in these steps:
1 candidates and what governs them, 2 sides, 3 status, 4 source, 5 date and place,
6 how likely it is, and what is refused and why. Then, over the whole article, 7 which tellings are one event,
8 dates and places that the narrative carries on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rasd.lexicon import Compiled
from rasd.record import Attribution, Ordinal
from rasd.text.document import ActorMention, Document, PlaceMention
from rasd.text.particles import Particles
from rasd.what import sameness
from rasd.what.affairs import AffairDraft
from rasd.what.attachment import Attachment, Ways
from rasd.what.attribution import AttributionFinder, Source, source_at
from rasd.what.candidates import Candidate, CandidateFinder
from rasd.what.circumstances import date_of, is_future, is_today, place_of
from rasd.what.clauses import Borders, SentenceView, views
from rasd.what.completion import Completer
from rasd.what.draft import EventDraft
from rasd.what.harm import HarmFinder
from rasd.what.implied import Implications
from rasd.what.lexemes import Lexemes
from rasd.what.narrative import Narrator
from rasd.what.ontology import Plover
from rasd.what.pacts import Pacts
from rasd.what.results import drop_results
from rasd.what.roles import RoleFinder, Roles
from rasd.what.schema import Predicate
from rasd.what.scorer import Scorer
from rasd.what.seats import Seats
from rasd.what.second import Sight
from rasd.what.siding import Act, Options, Siding, open_choice, options_of, weighable
from rasd.what.status import PURPOSE, status_of
from rasd.what.subjects import SubjectReader
from rasd.what.syntax import Syntax
from rasd.what.traits import NOTHING_FILLED, POWERS, Found, traits_of
from rasd.who import main_pair, main_states


@dataclass(slots=True)
class Verdict:
    """What became of a candidate: the draft it made, or why it made none.

    ``traits`` are what was weighed, none where a word ruled the candidate out; ``probability`` is what
    they came to; ``roles`` the sides that the rules found for it, ``options`` the powers weighed for them.
    """

    candidate: Candidate
    event: EventDraft | None
    reason: str
    traits: list[str] = field(default_factory=list[str])
    probability: float = 0.0
    roles: Roles | None = None
    options: Options | None = None
    # What a second reader's joining with the rules rests on, if there was one.
    grounds: dict[str, float] = field(default_factory=dict[str, float])


@dataclass(slots=True)
class EventReading:
    """The events of a document, the verdict on every candidate by sentence, what a second reader held, if any."""

    events: list[EventDraft] = field(default_factory=list[EventDraft])
    verdicts: list[Verdict] = field(default_factory=list[Verdict])
    sight: Sight | None = None


@dataclass(slots=True)
class _Setting:
    """What the acts of one sentence are judged by: what reads their sides, whose word it is, times and places.

    ``roles`` and ``completer`` go through the whole document; ``topics`` are the spans of affairs named in
    the sentence; ``kept`` the tokens of its candidates that no word ruled out.
    """

    document: Document
    view: SentenceView
    roles: RoleFinder
    completer: Completer
    sources: list[Source]
    ways: Ways | None
    topics: list[tuple[int, int]]
    kept: list[int]
    main_state: str | None
    sight: Sight | None


class EventReader:
    """Reads events from documents whose times, actors and places are known."""

    def __init__(self, lexicon: Compiled, zone_of: Callable[[PlaceMention], str | None] | None = None) -> None:
        self.lexemes = Lexemes(lexicon)
        self._plover = Plover(lexicon)
        particles = Particles(lexicon)
        self._borders = Borders(particles)
        self._syntax = Syntax(self.lexemes, particles)
        self._seats = Seats(self.lexemes)
        self._finder = CandidateFinder(self.lexemes, self._borders)
        self._harm = HarmFinder(self.lexemes)
        self._implied = Implications(lexicon)
        self._pair: list[str] = []
        self._attachment = Attachment(lexicon, self._borders)
        self.scorer = Scorer(lexicon)
        self.siding = Siding(lexicon)
        self._subjects = SubjectReader(lexicon)
        self._zone_of = zone_of

    @property
    def plover(self) -> Plover:
        return self._plover

    def mark_seats(self, document: Document) -> None:
        """Make places, in place, of the capitals that agreements and talks are named after."""
        self._seats.mark(document)

    def read(self, document: Document, affairs: Sequence[AffairDraft] = (), sight: Sight | None = None) -> EventReading:
        """The events of a document, in order of the text. ``affairs`` are those it names; ``sight`` is what a
        second reader holds of it.
        """
        topics: dict[int, list[tuple[int, int]]] = {}
        for affair in affairs:
            for span in affair.spans if affair.kind in ("issue", "project") else ():
                topics.setdefault(affair.sentence_of(span[0]), []).append(span)
        reading = EventReading(sight=sight)
        main_state = next(iter(main_states(document)), None)
        self._pair = main_pair(document)
        roles = RoleFinder(document, self._syntax)
        seen = views(document, self._borders)
        completer = Completer(roles, {v.sentence.index: self._harm.find(v) for v in seen}, document.actors)
        voices = AttributionFinder(document, self.lexemes, self._borders)
        pacts = Pacts(affairs)
        subjects = self._subjects.read(document)
        for view in seen:
            sources = voices.sources(view)
            proposed = sight.proposals(view) if sight is not None else ()
            candidates = self._finder.find(view, subjects[view.sentence.index], proposed)  # 1
            drop_results(view, candidates, self._borders.causes)
            roles.open(view, candidates)
            completer.enter(candidates)
            kept = [c.at for c in candidates if not c.refused and not c.proposed]
            ways = self._attachment.ways(view, kept) if candidates else None
            spoken_of = topics.get(view.sentence.index, [])
            setting = _Setting(document, view, roles, completer, sources, ways, spoken_of, kept, main_state, sight)
            for candidate in candidates:
                verdict = self._judge(setting, candidate)
                reading.verdicts.append(verdict)
                if verdict.event is not None:
                    pacts.give_sides(verdict.event, guessed=NOTHING_FILLED not in verdict.traits)
                    reading.events.append(verdict.event)
        powers = powers_named(document)
        for verdict in reading.verdicts:
            if verdict.event is not None and _speaks_for_itself(verdict.candidate.predicate):
                powers[verdict.event.sentence] = True
        self._doubt(reading, powers)
        another = frozenset(self.lexemes.classes["another"])
        sameness.tie(reading.events, self.lexemes.families, document.tokens, another, self._borders.causes)  # 7
        physical, demonstratives = self._attachment.physical, self._borders.demonstratives
        Narrator(document, physical, demonstratives, main_state).carry(reading.events)  # 8
        return reading

    def _doubt(self, reading: EventReading, powers: list[bool]) -> None:
        """Judge all candidates of the article together, and drop events that are then unlikely."""
        weighed = [verdict for verdict in reading.verdicts if verdict.traits]
        together = self.scorer.in_article([verdict.probability for verdict in weighed], powers)
        for verdict, probability in zip(weighed, together, strict=True):
            verdict.probability = probability
            if verdict.event is None:
                continue
            verdict.event.confidence = probability
            if probability < self._keep(reading.sight):
                verdict.event, verdict.reason = None, f"unlikely in this article ({probability:.2f})"
        reading.events = [verdict.event for verdict in reading.verdicts if verdict.event is not None]

    def _judge(self, setting: _Setting, candidate: Candidate) -> Verdict:
        if candidate.refused:
            return Verdict(candidate, None, candidate.refused)
        document, view, completer, sight = setting.document, setting.view, setting.completer, setting.sight
        roles = setting.roles.find(view, candidate)  # 2
        grammatical = roles.copy()
        unsaid = _refusal(candidate, roles)
        source = source_at(setting.sources, candidate.at)  # 4
        filled = completer.complete(view, candidate, roles, source.speaker if source is not None else None)
        found = roles.copy()
        if sight is not None:
            sight.settle(view, candidate, roles)
        refusal = _refusal(candidate, roles)
        status, why = status_of(view, candidate, self._borders)  # 3
        if why == PURPOSE and candidate.is_noun and candidate.predicate.type != "CONSULT":
            # Who travels to meet will meet; what else is meant is told only when it is done.
            candidate.refused = "it is only meant"
            return Verdict(candidate, None, candidate.refused)
        place, date = None, None
        ways = setting.ways
        if ways is not None and (view.times or view.places):  # 5
            doers = setting.roles.doers(view)
            apart = [*roles.actors, *completer.accusers(candidate)]
            place = place_of(self._attachment, ways, candidate, setting.topics, apart, roles.recipients, doers)
            date = date_of(self._attachment, ways, candidate, self._zone(place), document.published)
        if status == "ongoing" and is_future(date, document.published):
            status, why = "planned", "its date is to come"
        elif status == "ongoing" and candidate.predicate.type == "CONSULT" and is_today(date, document.published):
            status, why = "planned", "an imperfect for today"
        alleger = completer.alleger(candidate)
        if alleger is not None:
            source = Source(candidate.at, candidate.at + 1, alleger)
        if sight is not None:
            status, why = sight.status(candidate, status, why)
        attribution = _attribution(document, source)
        earlier = sum(at < candidate.at for at in setting.kept)
        traits = traits_of(
            Found(view, candidate, roles, filled, refusal, unsaid, status, date is not None, place is not None,
                  bool(attribution), earlier)
        )  # fmt: skip
        probability = self.scorer.probability(traits, accepted=not refusal)  # 6
        grounds: dict[str, float] = {}
        if sight is not None:
            grounds = sight.grounds(candidate, probability)
            probability = sight.probability(candidate, grounds)
        if probability < self._keep(sight):
            candidate.refused = refusal or f"unlikely ({probability:.2f})"
            return Verdict(candidate, None, candidate.refused, traits, probability, found, None, grounds)
        options = None
        if sight is not None:
            roles = found.copy()
        if ways is not None and weighable(candidate.predicate) and (self.siding.learning or open_choice(view, roles)):
            vouches = source.speaker if source is not None else None
            act = Act(view, candidate, grammatical, roles, vouches, completer.accusers(candidate))
            options = options_of(act, setting.roles, ways)
            self.siding.settle(options, view, roles)
        if sight is not None:
            sight.settle(view, candidate, roles)
        completer.remember(view, candidate, roles)
        first, last = view.sentence.start, view.sentence.end
        event = EventDraft(
            candidate, view.sentence.index, _entities(roles.actors), _entities(roles.recipients),
            [(role, e) for role, m in roles.others for e in m.entities], _codes(roles.actors), _codes(roles.recipients),
            status, date, place, self._contexts(view, candidate), attribution,
            self._ordinal(view, candidate), probability, [*roles.reasons, why], (first, last), subject=roles.subject,
        )  # fmt: skip
        self._implied.imply(event, setting.main_state, self._pair, roles.unknown)
        if sight is not None:
            sight.fill(candidate, event)
        return Verdict(candidate, event, candidate.predicate.id, traits, event.confidence, found, options, grounds)

    def _keep(self, sight: Sight | None) -> float:
        """The least probability that is believed."""
        return sight.keep if sight is not None else self.scorer.keep

    def _zone(self, place: PlaceMention | None) -> str | None:
        return self._zone_of(place) if place is not None and self._zone_of is not None else None

    def _contexts(self, view: SentenceView, candidate: Candidate) -> list[str]:
        first = max(view.sentence.first, candidate.at - 8) - view.sentence.first
        window = view.tokens[first : candidate.at + 12 - view.sentence.first]
        spoken = self._plover.contexts(window)
        return sorted(spoken | set(candidate.predicate.contexts))

    def _ordinal(self, view: SentenceView, candidate: Candidate) -> Ordinal | None:
        """``ثالث لقاء``, ``اللقاء الثالث``, ``للمرة الثالثة``: which of its kind the act is, within what time."""
        ordinals = self.lexemes.ordinals
        number: int | None = None
        if candidate.is_noun:
            at = candidate.at
            for index in (at - 1, at + 1, at + 2):
                if view.sentence.first <= index < view.sentence.last and index not in view.covering:
                    token = view.token(index)
                    value = ordinals.get(token.key) or ordinals.get(token.key.removeprefix("ال"))
                    if value and (index < at) != token.key.startswith("ال"):
                        number = value
                        break
        if number is None:
            for index in range(candidate.at + 1, min(candidate.at + 14, view.sentence.last - 1)):
                if view.token(index).key in self.lexemes.classes["time-of"]:
                    number = ordinals.get(view.token(index + 1).key.removeprefix("ال"))
                    break
                if view.border(index) in ("mark", "verb"):
                    break
        if number is None:
            return None
        within = next(
            (t.value for t in view.times if t.type == "DURATION" and candidate.at < t.first <= candidate.at + 6), None
        )
        return Ordinal(number, within)


def _speaks_for_itself(predicate: Predicate) -> bool:
    """Whether an act is news of politics whoever does it: bombings, marches."""
    return predicate.type == "PROTEST" or predicate.mode in _OF_WAR


# Modes of attack that are news of politics whoever did it.
_OF_WAR = frozenset({"explosives", "suicide-attack", "heavy-weapons", "aerial", "drone", "abduct", "targeted"})


def powers_named(document: Document) -> list[bool]:
    """Of each sentence, whether it names a power."""
    named = [False] * len(document.sentences)
    for mention in document.actors:
        if any(code.rpartition("/")[2] in POWERS for code in mention.codes):
            named[mention.sentence] = True
    return named


def _refusal(candidate: Candidate, roles: Roles) -> str:
    """Why a candidate makes no event, "" if it does."""
    needs = candidate.predicate.needs
    sides = bool(roles.actors) + bool(roles.recipients)
    if candidate.predicate.sides == "symmetric":
        sides = min(2, len({e for m in roles.actors for e in m.entities}))
    if candidate.predicate.weak or needs == "both":
        return "" if sides >= 2 else "both sides must be named"
    if needs == "actor" and not roles.actors:
        return "its actor must be named"
    if needs == "recipient" and not roles.recipients:
        return "its recipient must be named"
    if needs == "any" and not sides and not roles.unknown:
        return "no side is named"
    return ""


def _entities(mentions: list[ActorMention]) -> list[int]:
    return list(dict.fromkeys(e for m in mentions for e in m.entities))


def _codes(mentions: list[ActorMention]) -> list[str]:
    return list(dict.fromkeys(code for m in mentions for code in m.codes))


def _attribution(document: Document, source: Source | None) -> list[Attribution]:
    if source is None or source.speaker is None:
        return []
    speaker = source.speaker
    entity = document.entities[speaker.entities[0]]
    code = speaker.codes[0] if speaker.codes else entity.code
    media = bool(code and code.endswith("/MED"))
    outlet = None
    if media:
        outlet = _outlet(document, speaker)
    who = None if entity.kind == "outlet" else entity.en or entity.ar
    if source.citing is None:
        return [Attribution(who, outlet, code, None)]
    named = document.entities[source.citing.entities[0]]
    cited = source.citing.codes[0] if source.citing.codes else named.code
    name = named.en or named.ar
    # Who is cited vouches in turn, one step further away.
    return [Attribution(who, outlet, code, name), Attribution(name, None, cited, None)]


def _outlet(document: Document, speaker: ActorMention) -> str | None:
    """The outlet that a media speaker is or works for."""
    entity = document.entities[speaker.entities[0]]
    if entity.kind == "outlet":
        return entity.en or entity.ar
    # What a mention holds stands right after it.
    first = max(speaker.index, 0)
    for mention in document.actors[first : first + 8]:
        if speaker.first <= mention.first and mention.last <= speaker.last:
            inner = document.entities[mention.entities[0]]
            if inner.kind == "outlet":
                return inner.en or inner.ar
    return None
