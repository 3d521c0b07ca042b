"""Whole phrases that name actors: title, adjective of a state and name together."""

from __future__ import annotations

from collections import Counter

from rasd.text.document import WORD, Document, EntityDraft, Token
from rasd.text.letters import fold
from rasd.who.draft import Draft
from rasd.who.lexemes import (
    ALONE, BODY, BODY_NISBA, FAMILY, METONYM, NISBA, OFFICE, PERSON, REFERENCE, ROLE, SHORT, STATE, Sense, Tables,
)  # fmt: skip
from rasd.who.persons import NameReader
from rasd.who.romanize import Romanizer
from rasd.who.spots import Spot
from rasd.who.tenure import Tenures

_VERBS = ("VP", "VI", "VC")
_FORMER = {fold(w) for w in ("السابق", "السابقة", "الأسبق", "الراحل", "المخلوع", "المعزول", "سابق", "سابقة", "راحل", "السابقين", "السابقون", "المقال", "المستقيل")}
_PLAIN = {fold(w) for w in (
    "الحالي", "الحالية", "المنتخب", "المنتخبة", "المؤقت", "المؤقتة", "الانتقالي", "الانتقالية", "الجديد", "الجديدة", "العام", "العامة", "الأعلى", "العليا", "الخاص", "الخاصة",
    "المسلحة", "الحكومية", "الوطنية", "الوطني", "الشرعية", "الشرعي", "النظامية", "المحلية", "المحلي", "الموالية", "المتحالفة", "المشتركة", "الفيدرالية", "الاتحادية", "الحاكم", "الحاكمة",
    "مجهولون", "مجهولين", "مسلحون", "مسلحين", "محليون", "محليين", "كبار", "بارز", "بارزين", "رفيع", "كبير", "المدنيين", "العزل", "المناهضين", "الموالين", "المتطرفة", "المتشددة", "الإرهابية", "الإرهابي", "الأمنية",
    "الجوية", "البرية", "البحرية", "العسكرية", "العسكري", "الدائم", "الدائمة", "الرسمي", "الرسمية", "الأول", "المدنية", "الإسلامية", "الإسلامي", "السياسية", "الحربية", "المقاتلة", "الخاصه", "الدولية", "الدولي", "المركزية", "المركزي",
    "السنية", "الشيعية", "العربية", "العربي", "الديمقراطي", "الجمهوري", "الديموقراطي", "الفيدرالي", "الدستورية", "الجنائية", "حكومي", "عسكري", "أمني", "دولية", "عربية", "غربية", "الغربية",
)}  # fmt: skip
_HONORIFICS = {fold(w) for w in ("الدكتور", "دكتور", "د", "السيد", "السيدة", "الشيخ", "الأمير", "الأميرة", "المهندس", "الأستاذ", "اللواء", "العميد", "العقيد", "الفريق", "الجنرال", "المشير", "المستشار", "معالي", "سمو", "الملكي", "صاحب", "السمو", "الركن", "ركن", "أول", "م", "الحاج", "آية", "السفير", "سعادة", "فخامة", "جلالة", "المقدم", "الرائد", "النقيب")}
_PLACES = {"في", "داخل", "قرب", "بالقرب", "شمال", "جنوب", "شرق", "غرب", "وسط"}
_TOWNS = {fold(w) for w in ("مدينة", "العاصمة", "محافظة", "بلدة", "منطقة", "ولاية", "قرية", "إقليم", "مخيم", "ضاحية")}
_MALI_OPENERS = {fold(w) for w in ("في", "إلى", "من", "شمال", "جنوب", "دولة", "جمهورية", "حكومة", "رئيس", "وسط", "جيش", "عاصمة", "بين", "مع", "على", "تجاه", "أن", "إن")}
_SHORT_NAME = 4
# Offices whose owner may be another office: the president's adviser.
_ABOUT_OFFICES = ("spokesman", "adviser", "envoy", "chief")


class PhraseReader:
    """Reads the spots of a document into drafts of mentions."""

    def __init__(self, tables: Tables, tenures: Tenures, romanize: Romanizer) -> None:
        self.tables = tables
        self.tenures = tenures
        self.romanize = romanize
        self.names = NameReader(tables)
        self.index = {f"person:{p.en}": at for at, p in enumerate(tables.people)}

    def read(self, document: Document, spots: list[Spot]) -> list[Draft]:
        """The outermost drafts in order of text, each holding its inner ones."""
        return _Pass(self, document, spots).drafts()


class _Pass:
    """One document's reading."""

    def __init__(self, reader: PhraseReader, document: Document, spots: list[Spot]) -> None:
        self._r = reader
        self._t = reader.tables
        self._document = document
        self._tokens = document.tokens
        self._spots = spots
        self._at = {spot.first: k for k, spot in enumerate(spots)}
        self._stop = 0
        self._named: set[int] = set()
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

    def drafts(self) -> list[Draft]:
        found: list[Draft] = []
        free = 0
        sentences = iter(self._document.sentences)
        sentence = next(sentences, None)
        for spot in self._spots:
            if spot.first < free:
                continue
            while sentence is not None and spot.first >= sentence.last:
                sentence = next(sentences, None)
            self._stop = sentence.last if sentence is not None else len(self._tokens)
            draft = self._draft(spot)
            if draft is not None:
                found.append(draft)
                free = draft.last
        return found

    # One spot as the beginning of a phrase

    def _draft(self, spot: Spot) -> Draft | None:
        token = self._tokens[spot.first]
        verbal = token.tag in _VERBS and not spot.definite and spot.last == spot.first + 1
        person = spot.sense(PERSON)
        if person is not None:
            return self._person(spot, int(person.ref))
        body = spot.sense(BODY)
        if body is not None and not (self._everyday(spot) and not self._quoted(spot)):
            return self._body(spot, int(body.ref))
        reference = spot.sense(REFERENCE)
        if reference is not None and (spot.definite or spot.split.enclitic):
            return self._reference(spot, int(reference.ref), reference)
        if not verbal:
            office = spot.sense(OFFICE)
            if office is not None:
                found = self._office(spot, office)
                if found is not None:
                    return found
            role = spot.sense(ROLE)
            if role is not None and not self._is_adjective(spot, role):
                return self._role(spot, role)
        state = self._state_sense(spot, STATE, METONYM)
        if state is not None and (not self._everyday(spot) or self._shown(spot, state)):
            return self._state(spot, state)
        alone = spot.sense(ALONE, FAMILY)
        if alone is not None and self._is_alone(spot, verbal):
            return self._person(spot, self._which_person(spot))
        nisba = self._state_sense(spot, NISBA)
        if nisba is not None and not verbal and (not self._everyday(spot) or self._evidence[str(nisba.ref)]):
            return self._nisba(spot, nisba)
        body_nisba = spot.sense(BODY_NISBA)
        if body_nisba is not None and not verbal:
            return self._simple(spot, self._body_entity(int(body_nisba.ref)), "description", "nisba", body_nisba)
        short = spot.sense(SHORT)
        if short is not None:
            draft = self._simple(spot, None, "description", "short", short)
            draft.wants, draft.ref = "short", int(short.ref)
            return draft
        return None

    def _is_adjective(self, spot: Spot, sense: Sense) -> bool:
        """Whether a role's singular only describes the noun before it (``كفاح مسلح``)."""
        if sense.kind != ROLE or not self._t.roles[int(sense.ref)].human or spot.split.proclitics or not spot.first:
            return False
        if sense.number == "p" and not self._tokens[spot.first].key.endswith(("ين", "ون")):
            return False
        before = self._tokens[spot.first - 1]
        if before.kind != WORD or before.tag not in ("N", "M", "A", "U", "J", "R") or self._names_preposition(before):
            return False
        return before.form.key.lstrip("وفبلك").startswith("ال") == spot.definite and (spot.definite or sense.number == "s")

    def _names_preposition(self, token: Token) -> bool:
        return token.key in ("بين", "ضد", "خلال", "بعد", "قبل", "مقتل", "اعتقال", "قتل", "كل", "اي", "احد", "نحو", "اصابة", "اغتيال", "توقيف")

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
        return bool(spot.first) and self._tokens[spot.first - 1].key in _MALI_OPENERS

    def _is_alone(self, spot: Spot, verbal: bool) -> bool:
        """Whether part of a name is meant as the name: said in full before, or no other word."""
        refs = {int(s.ref) for s in spot.senses if s.kind in (ALONE, FAMILY)}
        if refs & self._named:
            return not (verbal and spot.last == spot.first + 1 and spot.split.proclitics)
        if spot.sense(ALONE) is None or self._tokens[spot.first].key in self._t.given:
            return False
        if self._everyday(spot) or verbal or spot.split.proclitics.strip("وف") == "ك":
            return False
        if spot.last > spot.first + 1:
            return True
        token = self._tokens[spot.first]
        # After another unlisted name it is that person's family name.
        if spot.first and self._tokens[spot.first - 1].key in self._t.given:
            return False
        # A listed name stands for its bearer, but a short one with letters taken off is too often a word.
        readings = token.form.readings
        if readings and all(r.tag in ("U", *_VERBS) for r in readings):
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

    # Simple mentions

    def _simple(
        self, spot: Spot, entity: EntityDraft | None, how: str, rule: str, sense: Sense
    ) -> Draft:
        kind = entity.kind if entity is not None else "group"
        return Draft(
            spot.first, spot.last, spot.first, self._cut(spot), [entity] if entity is not None else [], how, kind,
            sense.number, sense.gender, rule, spot.clitic, spot.split.proclitics[:1] == "و", definite=spot.definite,
        )  # fmt: skip

    def _cut(self, spot: Spot) -> int:
        """Characters of proclitics before the phrase; its article belongs to it."""
        form = self._tokens[spot.first].form
        if not spot.split.proclitics:
            return 0
        if len(form.text) == len(form.key):
            letters = len(spot.split.proclitics)
            return letters
        return form.cut_at(spot.split)

    def _person(self, spot: Spot, ref: int) -> Draft:
        self._named.add(ref)
        entity = self._person_entity(ref)
        draft = self._simple(spot, entity, "name", "person", Sense(PERSON, ref, "s", self._t.people[ref].gender))
        return draft

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

    def _body(self, spot: Spot, ref: int) -> Draft:
        body = self._t.bodies[ref]
        return self._simple(spot, self._body_entity(ref), "name", "body", Sense(BODY, ref, body.number or "s", body.gender or "m"))

    def state_entity(self, code: str) -> EntityDraft:
        state = self._t.states[code]
        return EntityDraft(-1, f"{code}/GOV", "state", state.ar[0], state.en, state.wikidata, f"state:{code}")

    def _state(self, spot: Spot, sense: Sense) -> Draft:
        metonym = sense.kind == METONYM and not any(s.kind == STATE and s.ref == sense.ref for s in spot.senses)
        draft = self._simple(spot, self.state_entity(str(sense.ref)), "metonym" if metonym else "name",
                             "metonym" if metonym else "state", sense)  # fmt: skip
        before = self._tokens[spot.first - 1].key if spot.first else ""
        draft.locative = before in _PLACES or before in _TOWNS or (spot.clitic == "ب" and metonym)
        return draft

    def _nisba(self, spot: Spot, sense: Sense) -> Draft:
        code = str(sense.ref)
        if sense.number != "p" or sense.gender == "f":
            return self._simple(spot, self.state_entity(code), "description", "nisba", sense)
        return self._simple(spot, self._group_entity(code, "CVL", "people", None, "people"), "description", "people", sense)

    def _group_entity(self, main: str | None, sector: str, ident: str, ar: str | None, kind: str, en: str = "") -> EntityDraft:
        state = self._t.states.get(main or "")
        adjective = (state.en_adj or state.en) if state else ""
        if kind == "people" and state is not None:
            name: str | None = state.en_people or state.en
        else:
            name = f"{adjective} {en}".strip() or None
        return EntityDraft(-1, f"{main}/{sector}", kind, ar, name, None, f"role:{ident}:{main}")

    def _reference(self, spot: Spot, ref: int, sense: Sense) -> Draft:
        draft = self._simple(spot, None, "description", "reference", sense)
        draft.wants, draft.ref = "reference", ref
        draft.possessed = bool(spot.split.enclitic)
        picks = self._t.references[ref].picks
        if picks == "counterpart":
            self._counterpart(draft)
        elif picks in ("any", "states", "persons"):
            nisba = self._nisba_at(draft.last)
            # "الجانبان الروسي والتركي": the adjectives say who.
            while nisba is not None and nisba[1].number == "s":
                inner = self._nisba(nisba[0], nisba[1])
                draft.inner.append(inner)
                draft.last = inner.last
                nisba = self._nisba_at(draft.last)
        elif (nisba := self._nisba_at(draft.last)) is not None:
            draft.inner.append(self._nisba(*nisba))
            draft.last = nisba[0].last
        return draft

    def _counterpart(self, draft: Draft) -> None:
        nisba = self._nisba_at(draft.last)
        if nisba is not None:
            inner = self._nisba(*nisba)
            draft.inner.append(inner)
            draft.last = inner.last
        at, person = self._name_after(draft.last)
        if person is not None:
            draft.last = at
            draft.entities = [person]
            draft.kind = "person"

    def _nisba_at(self, at: int) -> tuple[Spot, Sense] | None:
        """A state's adjective at a token, without a preposition."""
        k = self._at.get(at)
        if k is None or at >= self._stop:
            return None
        spot = self._spots[k]
        if spot.split.proclitics not in ("", "و"):
            return None
        sense = self._state_sense(spot, NISBA)
        if sense is None or (self._everyday(spot) and not self._evidence[str(sense.ref)]):
            return None
        return spot, sense

    # Offices and roles

    def _office(self, spot: Spot, sense: Sense) -> Draft | None:
        office = self._t.offices[int(sense.ref)]
        if sense.number != "s" and self._nisba_at(spot.last) is None and sense.number == "p":
            return self._collective(spot, sense, office.sector, office.id, office.en)
        draft = self._simple(spot, None, "title", f"title:{office.id}", sense)
        draft.kind, draft.office, draft.wants, draft.ref = "person", office.id, "office", int(sense.ref)
        draft.possessed = bool(spot.split.enclitic)
        whole = " " in spot.split.stem or spot.last - spot.first > 1
        owner, body = self._extend(draft, spot.definite or "ال" in self._tokens[spot.last - 1].key[:2])
        if office.id == "spokesman" and draft.last < self._stop and self._tokens[draft.last].key == "باسم":
            inner = self._inner(draft.last + 1)
            if inner is not None:
                draft.inner.append(inner)
                draft.last = inner.last
                owner, body = inner.main if inner.main != "None" else None, inner
        if office.id == "minister" and draft.last == spot.last and not spot.definite:
            self._department(draft)
            owner, body = self._owner_after(draft, owner, body)
        at, person = self._name_after(draft.last)
        known = owner or body or spot.definite or draft.possessed
        if person is None and not known and not whole:
            at, person = self._far_name(draft)
        if person is None and not known and not (whole and office.bare and "ال" in self._tokens[spot.last - 1].key[:2]):
            return None
        if person is None and not office.bare and not owner and not body:
            return None
        self._fill(draft, office.sector, owner, body, at, person, office.en)
        return draft

    def _fill(
        self, draft: Draft, sector: str, owner: str | None, body: Draft | None, at: int, person: EntityDraft | None, en: str
    ) -> None:  # fmt: skip
        """Give a title its holder: the person named, else whoever held the office on the day."""
        code = self._office_code(sector, owner, body)
        tenures = self._r.tenures
        if person is not None:
            draft.last = at
            draft.wants = ""
            if person.key is None:
                person.office = draft.office or None
                if code is not None and not code.startswith("None/"):
                    person.code = code
                elif code is not None:
                    person.code, draft.wants = code, "institution"
                else:
                    person.code = f"None/{sector}"
                    draft.wants = "institution"
            draft.entities = [person]
            self._note_tenure(draft, person)
            return
        if owner is None and body is None:
            return
        holder = tenures.holder(draft.office, owner or "", self._document.published) if owner and not draft.former else None
        if holder is not None:
            draft.entities = [self._person_entity(holder, draft.office)]
        else:
            name = self._owner_name(owner, body)
            text = self._text(draft)
            draft.entities = [EntityDraft(-1, code, "office", text, f"{name} {en}".strip(), None, f"office:{draft.office}:{owner or name}", draft.office)]
        draft.wants = "institution" if code is not None and code.startswith("None/") else ""

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

    def _note_tenure(self, draft: Draft, person: EntityDraft) -> None:
        if draft.former or not draft.office or person.key is None or not person.key.startswith("person:"):
            return
        ref = self._r.index.get(person.key)
        spans = list(self._r.tenures.of(ref, draft.office)) if ref is not None else []
        if spans:
            since, until = min(s for s, _ in spans), max(u for _, u in spans)
            draft.rule = f"title:{draft.office}:{since.isoformat()}:{until.isoformat()}"

    def _role(self, spot: Spot, sense: Sense) -> Draft | None:
        role = self._t.roles[int(sense.ref)]
        draft = self._simple(spot, None, "description", f"role:{role.id}", sense)
        draft.kind, draft.ref = role.kind, int(sense.ref)
        draft.possessed = bool(spot.split.enclitic)
        owner, body = self._extend(draft, spot.definite)
        if role.titles:
            at, person = self._name_after(draft.last, across_place=True)
            if person is not None:
                draft.kind = "person"
                code = self._office_code(role.sector, owner, body if body is not None and body.kind != "person" else None)
                draft.last = at
                draft.rule = "title"
                if person.key is None:
                    person.code = code or f"None/{role.sector}"
                    draft.wants = "" if code else role.anchor if role.anchor != "none" else ""
                draft.entities = [person]
                return draft
        if role.weak and owner is None and body is None:
            return None
        if not spot.definite and owner is None and body is None and role.anchor == "institution" and not draft.possessed:
            # An indefinite institution with another noun after it: "قوات" of something unknown.
            draft.weak = True
        code = role.code
        if body is not None and body.entities and body.entities[0].kind in ("group", "organization", "outlet") and body.entities[0].code and not _general(body):
            draft.entities = [body.entities[0]]
            return draft
        place = None if owner or code else self._place_after(draft.last)
        main = owner or (place if role.anchor != "none" or role.sector not in ("UAF",) else None)
        if place and not owner and role.sector == "UAF":
            main = None
        entity = self._group_entity(main, role.sector, role.id, self._text(draft), role.kind, role.en)
        if code:
            entity.code = code
        draft.entities = [entity]
        if main is None and not code and (role.anchor == "institution" or draft.possessed):
            draft.wants = "institution" if spot.definite or draft.possessed or "ال" in self._tokens[spot.last - 1].key[:2] or not draft.weak else "place"
        elif main is None and not code and role.anchor == "place":
            draft.wants = "place"
        return draft

    def _collective(self, spot: Spot, sense: Sense, sector: str, ident: str, en: str) -> Draft:
        draft = self._simple(spot, None, "description", f"role:{ident}", sense)
        draft.entities = [self._group_entity(None, sector, ident, self._text(draft), "group", en)]
        draft.kind = "group"
        return draft

    def _extend(self, draft: Draft, definite: bool) -> tuple[str | None, Draft | None]:
        """Take in the adjectives and the owner after a head; the owner's state and its draft."""
        owner: str | None = None
        body: Draft | None = None
        for _ in range(4):
            at = draft.last
            if at >= self._stop or self._tokens[at].kind != WORD:
                break
            token = self._tokens[at]
            nisba = self._nisba_at(at) if owner is None and body is None else None
            if nisba is not None and not nisba[0].split.proclitics:
                inner = self._nisba(*nisba)
                if inner.rule == "people" and nisba[1].number == "p" and nisba[0].definite and not definite:
                    inner.rule = "people"
                draft.inner.append(inner)
                draft.last, owner = inner.last, str(nisba[1].ref)
                if inner.rule == "people":
                    inner.entities = [self.state_entity(owner)]
                    inner.rule, inner.kind = "nisba", "state"
                continue
            if token.key in _FORMER or token.key in _PLAIN:
                draft.last += 1
                draft.former = draft.former or token.key in _FORMER
                continue
            if owner is not None or body is not None or not self._at.get(at):
                if self._at.get(at) != 0 or owner is not None or body is not None:
                    break
            got = self._genitive(draft, definite)
            if got is None:
                break
            body = got
            owner = got.main if got.main and got.main in self._t.states else None
        return owner, body

    def _genitive(self, draft: Draft, definite: bool) -> Draft | None:
        """The owner named right after a head: a state, a body, a role (``قوات النظام``)."""
        spot = self._spots[self._at[draft.last]]
        clitic = spot.split.proclitics
        if clitic and not (clitic == "ل" and draft.office in ("secretary-general", "director-general", "foreign-policy-chief", "envoy", "commissioner", "army-chief", "party-leader", "president")):
            return None
        if spot.sense(BODY_NISBA) is not None or spot.sense(BODY) is not None:
            sense = spot.sense(BODY) or spot.sense(BODY_NISBA)
            if sense is None or (self._everyday(spot) and not self._quoted(spot)):
                return None
            inner = self._simple(spot, self._body_entity(int(sense.ref)), "name", "body" if sense.kind == BODY else "nisba", sense)
        elif definite and not clitic:
            return None
        elif spot.sense(STATE, METONYM) is not None:
            sense = self._state_sense(spot, STATE, METONYM)
            if sense is None or (self._everyday(spot) and not self._shown(spot, sense)):
                return None
            inner = self._state(spot, sense)
        elif draft.kind == "person" and spot.sense(OFFICE) is not None and draft.office not in _ABOUT_OFFICES:
            return None
        elif (spot.sense(ROLE, OFFICE) is not None and spot.definite) or spot.sense(PERSON) is not None or (spot.sense(ALONE) is not None and self._is_alone(spot, False)):
            found = self._draft(spot)
            if found is None or (draft.kind == "person" and found.kind == "person" and draft.office not in _ABOUT_OFFICES):
                return None
            inner = found
        else:
            return None
        draft.inner.append(inner)
        draft.last = inner.last
        return inner

    def _inner(self, at: int) -> Draft | None:
        k = self._at.get(at)
        return self._draft(self._spots[k]) if k is not None and at < self._stop else None

    def _owner_after(self, draft: Draft, owner: str | None, body: Draft | None) -> tuple[str | None, Draft | None]:
        found = self._extend(draft, True)
        return (found[0] or owner, found[1] or body)

    def _department(self, draft: Draft) -> None:
        """``وزير`` with a department that no office lists: ``وزير الأشغال العامة والإسكان``."""
        at = draft.last
        taken = 0
        while at < self._stop and taken < 4 and self._tokens[at].kind == WORD:
            key = self._tokens[at].key
            k = self._at.get(at)
            if k is not None and self._spots[k].sense(NISBA, PERSON) is not None:
                break
            if not (key.startswith("ال") or (taken and key.startswith("وال"))) or self._tokens[at].tag == "P":
                break
            if self._r.names.last(self._tokens, at, self._stop) > at + 1 and taken:
                break
            at += 1
            taken += 1
        draft.last = at

    def _far_name(self, draft: Draft) -> tuple[int, EntityDraft | None]:
        """A name after a title whose office is not listed: ``رئيس هيئة الاستثمار محمد ...``."""
        at = draft.last
        for step in range(5):
            here = at + step
            if here >= self._stop or self._tokens[here].kind != WORD:
                break
            token = self._tokens[here]
            if step:
                if token.key in self._t.given or here in self._at and self._spots[self._at[here]].sense(PERSON):
                    return self._name_after(here)
            if token.tag in _VERBS or token.tag == "P" or token.key in ("في", "من", "على", "الى", "ان"):
                break
        return at, None

    def _name_after(self, at: int, across_place: bool = False) -> tuple[int, EntityDraft | None]:
        """The person named at a token, past a comma and honorifics; the token after the name."""
        here = at
        if here < self._stop and self._tokens[here].text in "،,(«\"-":
            here += 1
        if across_place and here < self._stop and self._tokens[here].key == "في" and here + 1 < self._stop:
            k = self._at.get(here + 1)
            here = self._spots[k].last if k is not None else here + 2
        moved = 0
        while here < self._stop and moved < 5 and self._tokens[here].key in _HONORIFICS:
            if self._is_person(here):
                break
            here += 1
            moved += 1
            if here < self._stop and self._tokens[here].text == ".":
                here += 1
        if here >= self._stop:
            return at, None
        k = self._at.get(here)
        if k is not None and not self._spots[k].split.proclitics:
            spot = self._spots[k]
            person = spot.sense(PERSON)
            if person is not None:
                self._named.add(int(person.ref))
                return spot.last, self._person_entity(int(person.ref))
            if spot.sense(ALONE) is not None and here - at == moved:
                # "Prime minister Abadi": the title makes the family name enough, unless a given name.
                end = self._r.names.last(self._tokens, here, self._stop)
                if end <= spot.last:
                    ref = self._which_person(spot)
                    self._named.add(ref)
                    return spot.last, self._person_entity(ref)
        end = self._r.names.last(self._tokens, here, self._stop)
        if end == here or (end == here + 1 and here != at and not moved):
            return at, None
        text = self._document.text[self._tokens[here].start : self._tokens[end - 1].end]
        return end, EntityDraft(-1, None, "person", text, self._r.romanize(text))

    def _is_person(self, at: int) -> bool:
        k = self._at.get(at)
        return k is not None and self._spots[k].sense(PERSON) is not None

    def _place_after(self, at: int) -> str | None:
        """The country of a place named right after a role: ``الشرطة في الموصل``."""
        tokens = self._tokens
        if at >= self._stop or tokens[at].key not in _PLACES:
            return None
        here = at + 1
        while here < self._stop and here < at + 4 and (tokens[here].key in _TOWNS or tokens[here].key in _PLACES):
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


def _general(body: Draft) -> bool:
    """A draft that owns but is a role itself, so that the head's own sector counts."""
    return body.rule.startswith(("role:", "title"))


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
