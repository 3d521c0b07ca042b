"""Mentions of actors: phrases built from the registry's spots, their codes, whom they refer to.

`ActorReader.read` works in three steps: 1 phrases (a title with its nisba, state and name is
one mention, what it holds is nested), 2 what is still open (the state of a role, a bare
title, ``الجانبان``, ``نظيره``), 3 prepositions, coordination and order.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

from rasd.lexicon import Compiled
from rasd.text.document import PUNCT, WORD, ActorMention, Document, EntityDraft, Token
from rasd.text.letters import fold
from rasd.who.lexemes import (
    ALONE,
    BODY,
    BODY_NISBA,
    METONYM,
    NISBA,
    OFFICE,
    PEOPLE,
    PERSON,
    REFERENCE,
    ROLE,
    SHORT,
    STATE,
    Sense,
    Tables,
    tables,
)
from rasd.who.persons import NameReader
from rasd.who.romanize import Romanizer
from rasd.who.spots import Spot, Spotter
from rasd.who.tenure import Tenures

_ORDER = (PERSON, BODY, STATE, OFFICE, METONYM, ALONE, REFERENCE, ROLE, SHORT, BODY_NISBA, NISBA, PEOPLE)
_PREPOSITIONS = frozenset(
    fold(w)
    for w in (
        "في من إلى على عن مع حتى لدى عند بين ضد تجاه إزاء نحو حول خلال عبر دون قبل بعد تحت أمام وراء خلف قرب بشأن حيال "
        "إثر عقب لصالح بحق بسبب رغم وسط ضمن داخل خارج شمال جنوب شرق غرب شمالي جنوبي شرقي غربي باتجاه باسم"
    ).split()
)
_LOCATIVE = frozenset(
    fold(w) for w in "في ب داخل خارج شمال جنوب شرق غرب شمالي جنوبي شرقي غربي قرب وسط عبر ضمن حول قبالة".split()
)
_PLACE_HEADS = frozenset(fold(w) for w in "مدينة محافظة ولاية إقليم بلدة منطقة مطار العاصمة ميناء حدود أراضي الأراضي قرية بمدينة أنحاء".split())
_FORMER = frozenset(fold(w) for w in "السابق السابقة الأسبق المخلوع الراحل السابقين".split())
_MODIFIERS = ("R", "J", "A", "U")
# How many mentions back a pair of powers is looked for.
_PAIR_WINDOW = 40


class ActorReader:
    """Reads who is named in a document. One reader serves many documents."""

    def __init__(self, lexicon: Compiled) -> None:
        self._tables = tables(lexicon)
        self._spotter = Spotter(self._tables)
        self._names = NameReader(self._tables)
        self._tenures = Tenures(self._tables)
        self.romanize = Romanizer(self._tables)

    def read(self, document: Document) -> None:
        """Fill ``document.entities`` and ``document.actors``; both are reset first."""
        document.entities, document.actors = [], []
        _Reading(self._tables, self._spotter, self._names, self._tenures, self.romanize, document).run()


class _Reading:
    """One document at work."""

    def __init__(
        self, registry: Tables, spotter: Spotter, names: NameReader, tenures: Tenures, romanize: Romanizer,
        document: Document,
    ) -> None:  # fmt: skip
        self._registry = registry
        self._names = names
        self._tenures = tenures
        self._romanize = romanize
        self._document = document
        self._tokens = document.tokens
        self._spots = spotter.spots(document)
        self._at = {s.first: s for s in self._spots}
        self._index: dict[str, int] = {}
        self._named: set[int] = set()
        self._sentence_of: list[int] = [0] * len(document.tokens)
        for sentence in document.sentences:
            for at in range(sentence.first, sentence.last):
                self._sentence_of[at] = sentence.index
        self._ends = {s.index: s.last for s in document.sentences}
        self._states: Counter[str] = Counter()
        self._open: list[ActorMention] = []

    @property
    def _today(self) -> dt.date | None:
        return self._document.published

    def run(self) -> None:
        self._count_states()
        free = 0
        for spot in self._spots:
            if spot.first >= free and self._in_sentence(spot.first):
                mention = self._phrase(spot)
                if mention is not None:
                    free = max(free, mention.last)
        self._finish()

    def _in_sentence(self, at: int) -> bool:
        return bool(self._ends) and at < self._ends.get(self._sentence_of[at], 0)

    def _count_states(self) -> None:
        """How often each state is named, in any way, to give roles without a state theirs."""
        for spot in self._spots:
            sense = spot.sense(STATE, METONYM, NISBA)
            if sense is not None:
                self._states[str(sense.ref)] += 2 if spot.first < 60 else 1

    # -- entities ------------------------------------------------------------------------

    def _entity(self, key: str, code: str | None, kind: str, ar: str | None, en: str | None, **more: str | None) -> int:
        found = self._index.get(key)
        if found is None:
            found = self._index[key] = len(self._document.entities)
            self._document.entities.append(EntityDraft(found, code, kind, ar, en, key=key, **more))
        return found

    def _state(self, code: str) -> int:
        state = self._registry.states.get(code)
        if state is None:
            return self._entity(f"state:{code}", f"{code}/GOV", "state", None, code)
        return self._entity(f"state:{code}", f"{code}/GOV", "state", state.ar[0], state.en, wikidata=state.wikidata)

    def _body(self, at: int) -> int:
        body = self._registry.bodies[at]
        return self._entity(f"body:{body.en}", body.code, body.kind, body.ar[0], body.en, wikidata=body.wikidata)

    def _person(self, at: int) -> int:
        person = self._registry.people[at]
        code = self._tenures.code(person, self._today)
        tenure = self._tenures.current(person, self._today)
        self._named.add(at)
        return self._entity(
            f"person:{person.en}", code, "person", person.ar[0], person.en, wikidata=person.wikidata,
            office=tenure.office if tenure else None,
        )  # fmt: skip

    def _unlisted(self, first: int, last: int, code: str | None) -> int:
        name = " ".join(t.text for t in self._tokens[first:last])
        key = f"unlisted:{fold(name)}"
        return self._entity(key, code, "person", name, self._romanize(name))

    # -- phrases -------------------------------------------------------------------------

    def _phrase(self, spot: Spot) -> ActorMention | None:
        for kind in _ORDER:
            sense = spot.sense(kind)
            if sense is None:
                continue
            made = self._make(kind, sense, spot)
            if made is not None:
                return made
        return None

    def _make(self, kind: str, sense: Sense, spot: Spot) -> ActorMention | None:
        if kind == OFFICE:
            return self._office(spot, sense)
        if kind == ROLE:
            return self._role(spot, sense)
        if kind == REFERENCE:
            return self._reference(spot, sense)
        if kind in (NISBA, PEOPLE):
            return self._nisba(spot, sense)
        if kind == BODY_NISBA:
            body = self._body(int(sense.ref))
            return self._add(spot.first, spot.last, spot, [body], "description", "group", sense, "nisba")
        if kind == ALONE and not self._may_stand_alone(spot, int(sense.ref)):
            return None
        if kind == SHORT and f"body:{self._registry.bodies[int(sense.ref)].en}" not in self._index:
            return None
        if kind in (PERSON, ALONE):
            entity, of = self._person(int(sense.ref)), "person"
        elif kind in (BODY, SHORT):
            entity = self._body(int(sense.ref))
            of = self._document.entities[entity].kind
        else:
            if kind == STATE and not self._is_state(spot):
                return None
            entity, of = self._state(str(sense.ref)), "state"
        how = "metonym" if kind == METONYM else "name"
        return self._add(spot.first, spot.last, spot, [entity], how, of, sense, kind)

    def _is_state(self, spot: Spot) -> bool:
        """A state whose letters are a common word's (مالي) stands as a name, without an article."""
        if spot.last - spot.first > 1 or spot.definite:
            return spot.last - spot.first > 1
        token = self._tokens[spot.first]
        if token.key in _EVERYDAY:
            before = self._tokens[spot.first - 1] if spot.first else None
            return bool(spot.clitic) or (before is not None and before.key in _PREPOSITIONS)
        return True

    def _may_stand_alone(self, spot: Spot, person: int) -> bool:
        if person in self._named:
            return True
        token = self._tokens[spot.first]
        if spot.last - spot.first > 1:
            return True
        common = any(r.tag not in ("X", "R") and not r.proclitics for r in token.form.readings)
        listed = {fold(a) for a in self._registry.people[person].alone}
        return spot.split.stem in listed and (not common or spot.split.stem.startswith("ال"))

    def _after(self, at: int) -> Spot | None:
        """The spot that begins right at a token, with nothing written before it but an article."""
        spot = self._at.get(at)
        return spot if spot is not None and spot.bare and not spot.split.enclitic else None

    def _owner(self, at: int, stop: int) -> tuple[str | None, list[ActorMention], int, bool]:
        """The state or body that owns what ends at ``at``, by nisba or genitive; the token after it."""
        inner: list[ActorMention] = []
        code: str | None = None
        former = False
        here, skipped = at, 0
        while here < stop and len(inner) < 2:
            spot = self._after(here)
            sense = spot.sense(NISBA, STATE, METONYM, BODY, BODY_NISBA) if spot is not None else None
            if spot is not None and sense is not None and (code is None or sense.kind == NISBA):
                if sense.kind in (STATE, METONYM, BODY) and code is not None:
                    break
                if sense.kind in (BODY, BODY_NISBA):
                    entity = self._body(int(sense.ref))
                    code = code or self._document.entities[entity].code
                else:
                    entity = self._state(str(sense.ref))
                    code = code or str(sense.ref)
                rule = "nisba" if sense.kind in (NISBA, BODY_NISBA) else sense.kind
                inner.append(self._nested(spot, entity, sense, rule))
                here = spot.last
                continue
            token = self._tokens[here]
            if token.key in _FORMER:
                former = True
                here += 1
                continue
            if spot is None and skipped < 2 and token.tag in _MODIFIERS and token.key.startswith("ال"):
                skipped += 1
                here += 1
                continue
            break
        if not inner:
            here = at + (1 if former else 0)
        return code, inner, here, former

    def _nested(self, spot: Spot, entity: int, sense: Sense, rule: str) -> ActorMention:
        draft = self._document.entities[entity]
        start, end = self._span(spot.first, spot.last, spot)
        codes = (draft.code,) if draft.code else ()
        return ActorMention(
            -1, spot.first, spot.last, spot.first, start, end, self._sentence_of[spot.first], (entity,), codes,
            "description" if rule == "nisba" else "name", draft.kind, sense.number, sense.gender, rule=rule,
        )  # fmt: skip

    def _named_after(self, at: int, stop: int, code: str | None) -> tuple[int | None, int]:
        """The person named at a token (after a comma perhaps), listed or not, and the token after."""
        here = at
        if here < stop and self._tokens[here].kind == PUNCT and self._tokens[here].text in "،,":
            here += 1
        spot = self._after(here) if here < stop else None
        if spot is not None:
            sense = spot.sense(PERSON, ALONE)
            if sense is not None:
                return self._person(int(sense.ref)), spot.last
        last = self._names.last(self._tokens, here, min(stop, here + 6))
        if last > here and (here == at or last - here > 1):
            return self._unlisted(here, last, code), last
        return None, at

    def _office(self, spot: Spot, sense: Sense) -> ActorMention | None:
        office = self._registry.offices[int(sense.ref)]
        stop = self._ends[self._sentence_of[spot.first]]
        owner, inner, here, former = self._owner(spot.last, stop)
        main = owner.split("/")[0] if owner else None
        sector = office.sector if owner is None or "/" not in owner else owner.split("/")[1]
        person, last = self._named_after(here, stop, f"{main}/{sector}" if main else None)
        rule = f"office:{office.id}"
        if person is not None:
            draft = self._document.entities[person]
            if draft.code is None:
                draft.code = f"{main or 'None'}/{sector}"
            draft.office = office.id
            rule = self._title_rule(draft, office.id, former)
            return self._add(spot.first, last, spot, [person], "title", "person", sense, rule, inner)
        if sense.number in ("d", "p") and main is None:
            return None
        if main is None:
            main = self._office_state(spot, office.id)
            if main is None or not (spot.definite or spot.split.enclitic):
                return None
        holder = self._tenures.holder(office.id, main, self._today) if not former else None
        if holder is not None and sense.number == "s":
            entity = self._person(holder)
        else:
            state = self._registry.states.get(main)
            en = f"{state.en_adj if state else main} {office.en}"
            ar = " ".join(t.text for t in self._tokens[spot.first : here])
            entity = self._entity(f"office:{office.id}:{main}", f"{main}/{sector}", "office", ar, en, office=office.id)
        return self._add(spot.first, here, spot, [entity], "title", "person", sense, rule, inner)

    def _title_rule(self, draft: EntityDraft, office: str, former: bool) -> str:
        """The rule of a titled name; with the stretch of its one tenure, as a clue to the date."""
        if former or draft.key is None or not draft.key.startswith("person:"):
            return f"office:{office}"
        person = next((i for i, p in enumerate(self._registry.people) if f"person:{p.en}" == draft.key), None)
        spans = list(self._tenures.of(person, office)) if person is not None else []
        if len(spans) == 1:
            return f"title:{office}:{spans[0][0].isoformat()}:{spans[0][1].isoformat()}"
        return f"office:{office}"

    def _office_state(self, spot: Spot, office: str) -> str | None:
        """Whose office a bare title is: the last named holder's, else the main state's."""
        for mention in reversed(self._document.actors):
            draft = self._document.entities[mention.entities[0]]
            if draft.office == office and draft.code:
                return draft.code.split("/")[0]
        return self._main_state()

    def _main_state(self) -> str | None:
        return self._states.most_common(1)[0][0] if self._states else None

    def _role(self, spot: Spot, sense: Sense) -> ActorMention | None:
        role = self._registry.roles[int(sense.ref)]
        stop = self._ends[self._sentence_of[spot.first]]
        owner, inner, here, _ = self._owner(spot.last, stop)
        person = None
        if role.titles:
            person, here = self._named_after(here, stop, None)
        if role.weak and not inner and person is None:
            return None
        code = role.code
        main = owner.split("/")[0] if owner else None
        if main is None and role.anchor != "none":
            main = self._anchor(here, stop) or (self._main_state() if role.anchor == "institution" else None)
        if code is None:
            code = f"{main or 'None'}/{role.sector}"
            if owner and "/" in owner and main not in self._registry.states:
                code = owner
        if person is not None:
            draft = self._document.entities[person]
            draft.code = draft.code if draft.code and not draft.code.startswith("None") else code
            return self._add(spot.first, here, spot, [person], "title", "person", sense, f"role:{role.id}", inner)
        state = self._registry.states.get(main) if main else None
        en = f"{state.en_adj} {role.en}" if state else role.en
        ar = " ".join(t.text for t in self._tokens[spot.first : here])
        entity = self._entity(f"role:{role.id}:{code}", code, role.kind, ar, en)
        how = "description"
        return self._add(spot.first, here, spot, [entity], how, role.kind, sense, f"role:{role.id}", inner)

    def _anchor(self, at: int, stop: int) -> str | None:
        """The state of the place named right after a role: "the police in Cairo"."""
        for here in range(at, min(at + 4, stop)):
            token = self._tokens[here]
            if token.kind != WORD:
                return None
            for split in token.form.splits:
                country = self._registry.cities.get(split.stem)
                near = here and self._tokens[here - 1].key in _PREPOSITIONS
                if country and (split.proclitics == "ب" or (not split.proclitics and near)):
                    return country
            spot = self._at.get(here)
            sense = spot.sense(STATE) if spot is not None else None
            if sense is not None:
                return str(sense.ref)
        return None

    def _nisba(self, spot: Spot, sense: Sense) -> ActorMention | None:
        entity = self._state(str(sense.ref))
        before = self._tokens[spot.first - 1] if spot.first else None
        follows_noun = before is not None and before.kind == WORD and before.tag not in ("P", "VP", "VI")
        if not follows_noun and sense.number == "p" or (sense.number == "p" and spot.definite and spot.clitic):
            state = self._registry.states[str(sense.ref)]
            people = self._entity(f"people:{state.code}", f"{state.code}/CVL", "people", state.ar[0], state.en_people)
            return self._add(spot.first, spot.last, spot, [people], "name", "people", sense, "people")
        return self._add(spot.first, spot.last, spot, [entity], "description", "state", sense, "nisba")

    # -- references ----------------------------------------------------------------------

    def _reference(self, spot: Spot, sense: Sense) -> ActorMention | None:
        reference = self._registry.references[int(sense.ref)]
        if reference.picks == "counterpart":
            return self._counterpart(spot, sense)
        if not spot.definite:
            return None
        if reference.count == 2:
            pair = self._pair(reference.picks, reference.office)
            if pair is None:
                return None
            return self._add(spot.first, spot.last, spot, pair, "description", "group", sense, f"reference:{reference.id}")
        if reference.picks == "body":
            for mention in reversed(self._document.actors):
                draft = self._document.entities[mention.entities[0]]
                if draft.kind in reference.kinds and draft.key and draft.key.startswith("body:"):
                    rule = f"reference:{reference.id}"
                    return self._add(spot.first, spot.last, spot, [draft.index], "description", draft.kind, sense, rule)
            return None
        if reference.picks == "state":
            kingdoms = ("SAU", "JOR", "MAR", "BHR", "GBR")
            code = next((c for c, _ in self._states.most_common(5) if c in kingdoms), None)
        else:
            code = self._main_state()
        if code is None:
            return None
        rule = f"reference:{reference.id}"
        return self._add(spot.first, spot.last, spot, [self._state(code)], "description", "state", sense, rule)

    def _counterpart(self, spot: Spot, sense: Sense) -> ActorMention | None:
        """``نظيره التركي``: the same office over there, on this day."""
        stop = self._ends[self._sentence_of[spot.first]]
        owner, inner, here, _ = self._owner(spot.last, stop)
        office = None
        for mention in reversed(self._document.actors):
            draft = self._document.entities[mention.entities[0]]
            if draft.kind in ("person", "office") and draft.office:
                office = draft.office
                break
        person, here = self._named_after(here, stop, f"{owner}/GOV" if owner else None)
        if person is None and owner is not None and office is not None:
            holder = self._tenures.holder(office, owner.split("/")[0], self._today)
            person = self._person(holder) if holder is not None else None
        if person is None:
            if owner is None:
                return None
            person = self._state(owner.split("/")[0])
        return self._add(spot.first, here, spot, [person], "description", "person", sense, "counterpart", inner)

    def _pair(self, picks: str, offices: list[str]) -> list[int] | None:
        """The two powers or people spoken of: the latest two people, or the two states named most."""
        entities = self._document.entities
        if picks == "persons":
            found: list[int] = []
            for mention in reversed(self._document.actors[-_PAIR_WINDOW:]):
                draft = entities[mention.entities[0]]
                if draft.kind != "person" or draft.index in found or (draft.code or "").endswith("/MED"):
                    continue
                if offices and draft.office not in offices:
                    continue
                if not found or (entities[found[0]].code or "").split("/")[0] != (draft.code or "").split("/")[0]:
                    found.append(draft.index)
                if len(found) == 2:
                    return found[::-1]
        weights: Counter[str] = Counter()
        first_of: dict[str, int] = {}
        for mention in self._document.actors:
            for code, entity in zip(mention.codes, mention.entities, strict=False):
                main, _, sector = code.partition("/")
                if main == "None" or sector == "MED" or mention.locative:
                    continue
                weights[main] += 2 if mention.rule != "nisba" else 1
                state = main in self._registry.states
                first_of.setdefault(main, self._state(main) if state else entity)
        two = [main for main, _ in weights.most_common(2)]
        return [first_of[main] for main in two] if len(two) == 2 else None

    # -- placing -------------------------------------------------------------------------

    def _span(self, first: int, last: int, spot: Spot) -> tuple[int, int]:
        token = self._tokens[first]
        article = 2 if spot.definite and "ل" not in spot.split.proclitics else 0
        cut = token.form.cut_at(spot.split._replace(cut=max(0, spot.split.cut - article)))
        return token.start + min(cut, len(token.text) - 1), self._tokens[last - 1].end

    def _add(
        self, first: int, last: int, spot: Spot, entities: list[int], how: str, kind: str, sense: Sense, rule: str,
        inner: list[ActorMention] | None = None,
    ) -> ActorMention:  # fmt: skip
        start, end = self._span(first, last, spot)
        codes = tuple(c for c in (self._document.entities[e].code for e in entities) if c)
        actors = self._document.actors
        mention = ActorMention(
            len(actors), first, last, first, start, end, self._sentence_of[first], tuple(entities), codes, how, kind,
            sense.number, sense.gender, rule=rule,
        )  # fmt: skip
        mention.prep, mention.locative = self._preposition(first, spot, kind)
        conjoined = spot.split.proclitics[:1] == "و"
        previous = next((m for m in reversed(actors) if m.within is None), None)
        if conjoined and previous is not None and previous.last == first and previous.sentence == mention.sentence:
            mention.joined = previous.index
            if not mention.prep:
                mention.prep, mention.locative = previous.prep, previous.locative
        actors.append(mention)
        for nested in inner or []:
            nested.index = len(actors)
            nested.within = mention.index
            actors.append(nested)
        return mention

    def _preposition(self, first: int, spot: Spot, kind: str) -> tuple[str, bool]:
        if spot.clitic:
            return spot.clitic, kind == "state" and spot.clitic == "ب"
        before: Token | None = self._tokens[first - 1] if first else None
        if before is None or before.kind != WORD:
            return "", False
        if before.key in _PLACE_HEADS:
            return "في", kind == "state"
        key = before.key if before.key in _PREPOSITIONS else before.key[1:] if before.key[0] in "وف" else ""
        if key in _PREPOSITIONS:
            return key, kind == "state" and key in _LOCATIVE
        return "", False

    def _finish(self) -> None:
        """Order the mentions by text and keep their cross-references right."""
        actors = self._document.actors
        order = sorted(range(len(actors)), key=lambda i: (actors[i].first, -actors[i].last, i))
        place = {old: new for new, old in enumerate(order)}
        self._document.actors = [actors[i] for i in order]
        for mention in self._document.actors:
            mention.index = place[mention.index]
            mention.within = place[mention.within] if mention.within is not None else None
            mention.joined = place[mention.joined] if mention.joined is not None else None


_EVERYDAY = frozenset(fold(w) for w in "مالي عمان قطر تشاد البحرين بيرو توغو غانا كوبا".split()) - {fold("البحرين"), fold("قطر")}


def resolve_pronoun(document: Document, at: int, number: str, gender: str) -> ActorMention | None:
    """The mention that a pronoun or a verb without subject at token ``at`` refers to, or None.

    The nearest outer mention before it, in its sentence or the one before, that agrees in
    number and gender; people before others for the masculine singular.
    """
    sentence = next((s.index for s in document.sentences if s.first <= at < s.last), -1)
    candidates = [
        m
        for m in document.actors
        if m.first < at and m.within is None and sentence - 1 <= m.sentence <= sentence and m.rule != "nisba"
        and not m.locative and m.how != "pronoun"
    ]  # fmt: skip
    fitting = [m for m in candidates if _agrees(m, number, gender)]
    people = [m for m in fitting if m.kind == "person"]
    if number == "s" and gender == "m" and people:
        return people[-1]
    return fitting[-1] if fitting else None


def _agrees(mention: ActorMention, number: str, gender: str) -> bool:
    if number == "d":
        return mention.number == "d" or len(mention.entities) > 1
    if number == "p":
        return mention.number == "p" or mention.kind in ("group", "people")
    if mention.number == "d":
        return False
    if gender == "f":
        return mention.gender == "f" or (mention.number == "p" and mention.kind in ("group", "organization"))
    return mention.gender != "f" and mention.number == "s"
