"""What the words around a spot say: which state, which person, whose name follows."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from rasd.text.document import WORD, Document, EntityDraft, Token
from rasd.who.draft import Draft
from rasd.who.lexemes import ACCUSATIVE, ALONE, FAMILY, METONYM, NISBA, PERSON, REFERENCE, STATE, Sense, Tables
from rasd.who.persons import NameShapes
from rasd.who.romanize import Romanizer
from rasd.who.spots import Spot
from rasd.who.tenure import Tenures

_VERBS = ("VP", "VI", "VC")
_SHORT_NAME = 4


# Where a titled person serves or is sent: مراسل ... في بيروت, المبعوث إلى اليمن, السفير لدى روسيا.
_POSTS = frozenset({"في", "الي", "لدي"})


class Named(NamedTuple):
    """A person named at tokens ``[first, last)``; where nobody is, ``person`` is None."""

    first: int
    last: int
    person: EntityDraft | None


class Knowledge:
    """What phrases are read with: the registry, who held what, how names go."""

    def __init__(self, tables: Tables, tenures: Tenures, romanize: Romanizer) -> None:
        self.tables = tables
        self.tenures = tenures
        self.romanize = romanize
        self.names = NameShapes(tables)
        self.former = tables.group("former")
        self.epithets = tables.group("epithets")
        self.honorifics = tables.group("honorifics")
        self.in_places = tables.group("in-places")
        self.towns = tables.group("towns")
        self.state_before = tables.group("state-before")
        self.body_words = tables.group("body-words")
        self.before_actors = tables.group("before-actors")
        self.no_actors = tables.group("no-actors")
        self.waters = tables.group("waters")
        self.measures = tables.group("measures")
        self.belonging = tables.group("belonging")
        # The body that a main code is first of: the United Nations itself rather than its agencies.
        lasting = [b for b in tables.bodies if b.code and b.kind in ("organization", "group")]
        lasting.sort(key=lambda b: not (b.code or "").endswith("/IGO"))
        first = {(b.code or "").split("/")[0]: b.en for b in reversed(lasting)}
        self.leading = {f"body:{en}": main for main, en in first.items() if main != "None"}
        self.index = {f"person:{p.en}": at for at, p in enumerate(tables.people)}


class Context:
    """A document, its spots, and what they show of one another."""

    def __init__(self, reader: Knowledge, document: Document, spots: list[Spot]) -> None:
        self._r = reader
        self._t = reader.tables
        self._document = document
        self._tokens = document.tokens
        self._spots = spots
        self._at = {spot.first: k for k, spot in enumerate(spots)}
        self._stop = 0
        self._named: set[int] = set()
        # Families of people named in full whom no registry lists.
        self._families: set[str] = set()
        self._evidence = self._gather()

    def _gather(self) -> Counter[str]:
        """How often each state is named beyond doubt: what decides between Oman and Amman."""
        found: Counter[str] = Counter()
        for spot in self._spots:
            codes = {str(s.ref) for s in spot.senses if s.kind in (STATE, METONYM, NISBA)}
            if len(codes) == 1 and not self._everyday(spot):
                found[codes.pop()] += 1
            for sense in spot.senses:
                if sense.kind == PERSON:
                    self._named.add(int(sense.ref))
                    state = self._t.people[int(sense.ref)].state
                    if state:
                        found[state] += 1
        return found

    def _everyday(self, spot: Spot) -> bool:
        return spot.last == spot.first + 1 and (
            spot.split.stem in self._t.everyday or self._tokens[spot.first].key in self._t.everyday
        )

    def _is_adjective(self, spot: Spot, sense: Sense) -> bool:
        """Whether a role's singular only describes the noun before it (``كفاح مسلح``)."""
        relative = spot.definite and spot.split.stem.endswith(("ية", "ي"))
        if not (self._t.roles[int(sense.ref)].human or relative) or spot.split.proclitics or not spot.first:
            return False
        if sense.number == "p" and not self._tokens[spot.first].key.endswith(("ين", "ون")):
            return False
        before = self._tokens[spot.first - 1]
        if sense.number == "s" and not spot.definite and self._disagree(before.key, spot.split.stem):
            return False
        if before.kind != WORD or before.tag not in ("N", "M", "A", "U", "J", "R", "X") or self._before_actors(before):
            return False
        return before.form.key.lstrip("وفبلك").startswith("ال") == spot.definite and (
            spot.definite or sense.number == "s"
        )

    def _accusative(self, stem: str) -> bool:
        """Whether the stem is a role in the accusative: ``جنديا``."""
        return stem.endswith("ا") and stem[:-1] in self._t.senses

    def _disagree(self, noun: str, stem: str) -> bool:
        """Whether a singular word cannot describe the noun before it: by number, or as only one is accusative."""
        return noun.endswith(("ون", "ين")) or (self._accusative(stem) and not noun.endswith("ا"))

    def _before_actors(self, token: Token) -> bool:
        """Whether the noun is one that an actor follows, so that what follows does not describe it."""
        return token.key in self._r.before_actors

    def _quoted(self, spot: Spot) -> bool:
        before = self._tokens[spot.first - 1].text if spot.first else ""
        return before in {"«", '"', "“", "("} or before in {"صحيفة", "قناة", "جريدة", "حزب", "تلفزيون", "حركة", "وكالة"}

    def _state_sense(self, spot: Spot, *kinds: str) -> Sense | None:
        """The state that a spot names: of several the one that the text speaks of."""
        senses = [s for s in spot.senses if s.kind in kinds]
        if not senses:
            return None
        return max(senses, key=lambda s: (self._evidence[str(s.ref)], s.kind == STATE, -spot.senses.index(s)))

    def _shown(self, spot: Spot, sense: Sense) -> bool:
        if self._evidence[str(sense.ref)]:
            return True
        # What a verb has for its subject: "أدانت الرياض", "فاز المغرب".
        if spot.first and self._tokens[spot.first - 1].tag in _VERBS and not spot.split.proclitics:
            return True
        return bool(spot.first) and self._tokens[spot.first - 1].key in self._r.state_before

    def _is_measure(self, spot: Spot) -> bool:
        """Whether a state's name is a common noun here: ``قطر الدائرة``, of something, is no state."""
        if spot.last != spot.first + 1 or spot.split.stem not in self._r.measures or spot.last >= self._stop:
            return False
        after, before = self._tokens[spot.last], self._tokens[spot.first - 1] if spot.first else None
        if spot.last in self._at or not after.key.startswith("ال") or after.tag in ("J", "R", "U"):
            return False
        # "استقبلت قطر الوفد": states are feminine, and so is their verb.
        return before is None or not (before.tag in _VERBS and (before.key[-1] == "ت" or before.key[0] == "ت"))

    def _is_alone(self, spot: Spot, verbal: bool) -> bool:
        """Whether part of a name is meant as the name: said in full before, or no other word."""
        refs = {int(s.ref) for s in spot.senses if s.kind in (ALONE, FAMILY)}
        single = spot.last == spot.first + 1
        if refs & self._named:
            return not (verbal and single and spot.split.proclitics)
        if spot.sense(ALONE) is None or (single and self._tokens[spot.first].key in self._t.given):
            return False
        if self._everyday(spot) or verbal or spot.split.proclitics.strip("وف") == "ك":
            return False
        if spot.last > spot.first + 1:
            return True
        token = self._tokens[spot.first]
        # After another unlisted name it is that person's family name.
        if spot.first and self._tokens[spot.first - 1].key in self._t.given:
            self._families.add(spot.split.stem)
            return False
        if spot.split.stem in self._families:
            return False
        # A listed name stands for its bearer, but a short one with letters taken off is too often a word.
        readings = token.form.readings
        as_written = not spot.bare or any(not r.proclitics for r in readings)
        if readings and as_written and all(r.tag in ("U", *_VERBS) for r in readings):
            return False
        return not spot.split.proclitics.strip("وف") or len(spot.split.stem) > _SHORT_NAME or not readings

    def _which_person(self, spot: Spot) -> int:
        refs = [int(s.ref) for s in spot.senses if s.kind in (ALONE, FAMILY)]
        if len(refs) == 1:
            return refs[0]
        named = [r for r in refs if r in self._named]
        day = self._document.published
        people = self._t.people

        def fitness(ref: int) -> tuple[int, int, int]:
            person = people[ref]
            tenure = self._r.tenures.current(person, day)
            holds = tenure is not None and day is not None and self._r.tenures.holds(tenure, day)
            return (ref in named, int(holds), self._evidence[person.state or ""])

        return max(refs, key=fitness)

    def _cut(self, spot: Spot) -> int:
        """Characters of proclitics before the phrase; its article belongs to it."""
        form = self._tokens[spot.first].form
        if not spot.split.proclitics:
            return 0
        if len(form.text) == len(form.key):
            return len(spot.split.proclitics)
        return form.cut_at(spot.split)

    def _person_entity(self, ref: int, office: str | None = None) -> EntityDraft:
        person = self._t.people[ref]
        tenures = self._r.tenures
        day = self._document.published
        current = tenures.current(person, day)
        code = tenures.code(person, day)
        return EntityDraft(-1, code, "person", person.ar[0], person.en, person.wikidata, f"person:{person.en}",
                           office or (current.office if current else None))  # fmt: skip

    def _body_entity(self, ref: int) -> EntityDraft:
        body = self._t.bodies[ref]
        return EntityDraft(-1, body.code, body.kind, body.ar[0], body.en, body.wikidata, f"body:{body.en}")

    def state_entity(self, code: str) -> EntityDraft:
        state = self._t.states[code]
        return EntityDraft(-1, f"{code}/GOV", "state", state.ar[0], state.en, state.wikidata, f"state:{code}")

    def _group_entity(
        self, main: str | None, sector: str, ident: str, ar: str | None, kind: str, en: str = ""
    ) -> EntityDraft:
        state = self._t.states.get(main or "")
        adjective = (state.en_adj or state.en) if state else ""
        if kind == "people" and state is not None:
            name: str | None = state.en_people or state.en
        else:
            name = f"{adjective} {en}".strip() or None
        return EntityDraft(-1, f"{main}/{sector}", kind, ar, name, None, f"role:{ident}:{main}")

    def _owner_name(self, owner: str | None, body: Draft | None) -> str:
        if body is not None and body.entities:
            return body.entities[0].en or ""
        state = self._t.states.get(owner or "")
        return (state.en_adj or state.en) if state else ""

    def _office_code(self, sector: str, owner: str | None, body: Draft | None) -> str | None:
        if body is not None and body.entities and body.entities[0].code and body.kind != "state":
            return body.entities[0].code
        if owner is None:
            return None
        return f"{owner}/{'GOV' if sector == 'IGO' and owner in self._t.states else sector}"

    def _lineage(self, at: int) -> int:
        """Past the fathers and the house that follow a listed name (``بن عبدالعزيز آل سعود``)."""
        while at + 1 < self._stop and self._tokens[at].key in ("بن", "ال") and self._tokens[at + 1].kind == WORD:
            at += 2
            if self._tokens[at - 1].key == "عبد" and at < self._stop and self._tokens[at].key.startswith("ال"):
                at += 1
        return at

    def _far_name(self, draft: Draft) -> Named:
        """A name after a title whose office is not listed: ``رئيس هيئة الاستثمار محمد ...``."""
        at = draft.last
        for step in range(5):
            here = at + step
            if here >= self._stop or self._tokens[here].kind != WORD:
                break
            token = self._tokens[here]
            if step and (token.key in self._t.given or self._is_person(here)):
                return self._name_after(here)
            if token.tag in _VERBS or token.tag == "P" or token.key in ("في", "من", "على", "الى", "ان"):
                break
        return Named(at, at, None)

    def _name_after(self, at: int, across_place: bool = False) -> Named:
        """The person named at a token, past a comma and honorifics; the token after the name."""
        here = at
        if here < self._stop and self._tokens[here].text in '،,(«"-':
            here += 1
        if across_place and here < self._stop and self._tokens[here].key in _POSTS and here + 1 < self._stop:
            k = self._at.get(here + 1)
            here = self._spots[k].last if k is not None else self._past_place(here + 1)
        moved = 0
        while here < self._stop and moved < 5 and self._tokens[here].key in self._r.honorifics:
            if self._is_person(here):
                break
            here += 1
            moved += 1
            if here < self._stop and self._tokens[here].text == ".":
                here += 1
        if here >= self._stop:
            return Named(at, at, None)
        k = self._at.get(here)
        if k is not None and not self._spots[k].split.proclitics:
            spot = self._spots[k]
            person = spot.sense(PERSON)
            if person is not None:
                self._named.add(int(person.ref))
                return Named(here, self._lineage(spot.last), self._person_entity(int(person.ref)))
            if spot.sense(ALONE) is not None and here - at == moved:
                # "Prime minister Abadi": the title makes the family name enough, unless a given name.
                end = self._r.names.last(self._tokens, here, self._stop)
                if end <= spot.last:
                    ref = self._which_person(spot)
                    self._named.add(ref)
                    return Named(here, self._lineage(spot.last), self._person_entity(ref))
        end = here if self._refers(k) else self._r.names.last(self._tokens, here, self._stop)
        if end == here or (end == here + 1 and here != at and not moved):
            return Named(at, at, None)
        text = self._document.text[self._tokens[here].start : self._tokens[end - 1].end]
        if end - here > 1:
            self._families.add(self._tokens[end - 1].key)
        return Named(here, end, EntityDraft(-1, None, "person", text, self._r.romanize(text)))

    def _past_place(self, at: int) -> int:
        """The token after a place that no list has, its adjective with it (``الشرق الأوسط``)."""
        after = at + 1
        described = after < self._stop and all(self._tokens[i].key.startswith("ال") for i in (at, after))
        return after + 1 if described and self._tokens[after].key not in self._t.given else after

    def _refers(self, k: int | None) -> bool:
        """Whether a spot refers back (``نظيره``), so that no name begins there."""
        return k is not None and self._spots[k].sense(REFERENCE) is not None and bool(self._spots[k].split.enclitic)

    def _is_person(self, at: int) -> bool:
        k = self._at.get(at)
        return k is not None and self._spots[k].sense(PERSON) is not None

    def _place_after(self, at: int) -> str | None:
        """The country of a place named right after a role: ``الشرطة في الموصل``."""
        tokens = self._tokens
        if at >= self._stop or tokens[at].key not in self._r.in_places:
            return None
        here = at + 1
        while (
            here < self._stop
            and here < at + 4
            and (tokens[here].key in self._r.towns or tokens[here].key in self._r.in_places)
        ):
            here += 1
        if here >= self._stop:
            return None
        k = self._at.get(here)
        if k is not None:
            sense = self._state_sense(self._spots[k], STATE, METONYM)
            if sense is not None:
                return str(sense.ref)
        return city_country(self._t, tokens, here, self._stop)

    def _text(self, draft: Draft) -> str:
        first = self._tokens[draft.first]
        return self._document.text[first.start + draft.cut : self._tokens[draft.last - 1].end]

    def _title_state(self, spot: Spot) -> str | None:
        """The state whose adjective is the last word of a title: ``المستشار الألماني``."""
        key = self._tokens[spot.last - 1].key.removeprefix("ال")
        if spot.last - spot.first < 2 or key in self._t.everyday:
            return None
        return next((str(s.ref) for s in self._t.senses.get(key, ()) if s.kind == NISBA), None)

    def _nisba_at(self, at: int) -> tuple[Spot, Sense] | None:
        """A state's adjective at a token, without a preposition."""
        k = self._at.get(at)
        if k is None or at >= self._stop:
            return None
        spot = self._spots[k]
        if spot.split.proclitics not in ("", "و"):
            return None
        sense = self._state_sense(spot, NISBA)
        if sense is None and at and self._tokens[at - 1].key.endswith("ا"):
            sense = self._state_sense(spot, ACCUSATIVE)
        if sense is None or (self._everyday(spot) and not self._evidence[str(sense.ref)]):
            return None
        return spot, sense


def city_country(tables: Tables, tokens: list[Token], at: int, stop: int) -> str | None:
    """The country of the town that is named at a token, of up to three words."""
    key = tokens[at].key
    found = tables.cities.get(key)
    for step in (1, 2):
        if at + step >= stop or tokens[at + step].kind != WORD:
            break
        key += " " + tokens[at + step].key
        found = tables.cities.get(key, found)
    return found
