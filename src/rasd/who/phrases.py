"""Whole phrases that name actors: title, adjective of a state and name together."""

from __future__ import annotations

from rasd.text.document import NUMBER, WORD, Document, EntityDraft
from rasd.text.numbers import number_word
from rasd.who.context import Knowledge, Named
from rasd.who.draft import Draft
from rasd.who.lexemes import (
    ACCUSATIVE,
    ALONE,
    BODY,
    BODY_NISBA,
    FAMILY,
    METONYM,
    NISBA,
    OFFICE,
    PERSON,
    REFERENCE,
    ROLE,
    SHORT,
    STATE,
    Sense,
)  # fmt: skip
from rasd.who.single import Single
from rasd.who.spots import Spot

# Tags of a word that may describe an indefinite group: كبيرة, مدججة.
_ADJECTIVAL = ("A", "J", "U", "X")
# Sectors of the forces that a group may be a part of.
_ARMED_FORCES = ("MIL", "COP")
_VERBS = ("VP", "VI", "VC")
# Offices whose owner may be another office: the president's adviser.
# Sectors that consist of people: whoever is named as part of one stands for it.
_OF_MANY = frozenset({"OPP", "REB", "PTY", "MIL", "COP", "UAF"})
_OPENING = frozenset('«"“(')
# What leads from a word of belonging to the owner, where it is written apart.
_TOWARD = frozenset({"الي", "ل"})
# The sector whose offices every town has.
_LOCAL = "COP"
_ABOUT_OFFICES = ("spokesman", "adviser", "envoy", "chief")


class PhraseReader:
    """Reads the spots of a document into drafts of mentions."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def read(self, document: Document, spots: list[Spot]) -> list[Draft]:
        """The outermost drafts in order of text, each holding its inner ones."""
        return _Pass(self._knowledge, document, spots).drafts()


class _Pass(Single):
    """One document's reading."""

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
            if draft is None and spot.other is not None:
                draft = self._draft(spot.other)
            if draft is not None:
                found.append(draft)
                free = draft.last
        return found

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
        short = spot.sense(SHORT)
        if short is not None:
            return self._short(spot, short)
        if not verbal:
            office = spot.sense(OFFICE)
            if office is not None:
                found = self._office(spot, office)
                if found is not None:
                    return found
            role = spot.sense(ROLE)
            if role is not None and (
                token.tag == "P"
                or token.key in self._r.no_actors
                or self._is_state_of_doing(spot)
                or (self._everyday(spot) and not spot.definite)
            ):
                return None
            if role is not None and not self._is_adjective(spot, role):
                return self._role(spot, role)
        state = self._state_sense(spot, STATE, METONYM)
        if state is not None and (not self._everyday(spot) or self._shown(spot, state)) and not self._is_measure(spot):
            return self._state(spot, state)
        alone = spot.sense(ALONE, FAMILY)
        # "ليبرمان" is a verb only with letters taken off: the name as it stands goes before.
        as_verb = verbal and (not spot.bare or any(r.tag in _VERBS and not r.proclitics for r in token.form.readings))
        if alone is not None and self._is_alone(spot, as_verb):
            return self._person(spot, self._which_person(spot))
        nisba = self._state_sense(spot, NISBA)
        if (
            nisba is None
            and spot.first
            and self._tokens[spot.first - 1].key.endswith("ا")
            and spot.split.stem.removesuffix("ا") not in self._t.everyday
        ):
            # طلبا كنديا: an adjective in the accusative goes with a noun in it.
            nisba = self._state_sense(spot, ACCUSATIVE)
        if nisba is not None and not verbal and (not self._everyday(spot) or self._evidence[str(nisba.ref)]):
            return self._nisba(spot, nisba)
        body_nisba = spot.sense(BODY_NISBA)
        if body_nisba is not None and not verbal:
            return self._simple(spot, self._body_entity(int(body_nisba.ref)), "description", "nisba", body_nisba)
        return None

    def _short(self, spot: Spot, short: Sense) -> Draft:
        """A body's short name, or the common noun that it is where no such body was named."""
        draft = self._simple(spot, None, "description", "short", short)
        draft.wants, draft.ref = "short", int(short.ref)
        reference = spot.other.sense(REFERENCE) if spot.other is not None else None
        draft.otherwise = int(reference.ref) if reference is not None else -1
        role, split = spot.sense(ROLE), spot.split
        if role is None and split.stem.startswith("ال"):
            split = split._replace(stem=split.stem[2:], definite=True)
            role = next((s for s in self._t.senses.get(split.stem, ()) if s.kind == ROLE), None)
        if role is not None:
            draft.alternative = self._role(Spot(spot.first, spot.last, split, [role]), role)
        return draft

    def _office(self, spot: Spot, sense: Sense) -> Draft | None:
        office = self._t.offices[int(sense.ref)]
        if sense.number != "s" and self._nisba_at(spot.last) is None and sense.number == "p":
            return self._collective(spot, sense, office.sector, office.id, office.en)
        draft = self._simple(spot, None, "title", f"title:{office.id}", sense)
        draft.kind, draft.office, draft.wants, draft.ref = "person", office.id, "office", int(sense.ref)
        draft.possessed = bool(spot.split.enclitic)
        whole = " " in spot.split.stem or spot.last - spot.first > 1
        owner, body = self._extend(draft, spot.definite or "ال" in self._tokens[spot.last - 1].key[:2])
        owner = owner or (self._title_state(spot) if body is None else None)
        local = owner is None and body is None and whole and office.sector == _LOCAL and not draft.possessed
        if local and "ال" not in self._tokens[spot.last - 1].key[:2]:
            # مدير شرطة كذا: whose police, the town says.
            owner = self._town(draft)
        if office.id == "spokesman" and draft.last < self._stop and self._tokens[draft.last].key == "باسم":
            inner = self._inner(draft.last + 1) or self._inner(draft.last + 2)
            if inner is None:
                # The spokesman of what no registry lists.
                return None
            draft.inner.append(inner)
            draft.last = inner.last
            owner, body = inner.main if inner.main != "None" else None, inner
        if office.id == "minister" and draft.last == spot.last and not spot.definite:
            self._department(draft)
            owner, body = self._owner_after(draft, owner, body)
        named = self._name_after(draft.last, across_place=office.id in ("envoy", "ambassador"))
        known = owner or body or spot.definite or draft.possessed
        if named.person is None and not known and not whole:
            named = self._far_name(draft)
        person = named.person
        if (
            person is None
            and not known
            and not local
            and not (whole and office.bare and "ال" in self._tokens[spot.last - 1].key[:2])
        ):
            return None
        if person is None and not office.bare and not owner and not body:
            return None
        self._fill(draft, office.sector, owner, body, named, office.en)
        return draft

    def _fill(
        self,
        draft: Draft,
        sector: str,
        owner: str | None,
        body: Draft | None,
        named: Named,
        en: str,
    ) -> None:
        """Give a title its holder: the person named, else whoever held the office on the day."""
        code = self._office_code(sector, owner, body)
        tenures = self._r.tenures
        person = named.person
        if person is not None:
            draft.last, draft.named = named.last, (named.first, named.last)
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
        of = owner or (self._r.leading.get(body.entities[0].key or "") if body is not None and body.entities else None)
        day = self._document.published
        holder = tenures.holder(draft.office, of, day) if of and not draft.former else None
        if holder is not None:
            draft.entities = [self._person_entity(holder, draft.office)]
        else:
            name = self._owner_name(owner, body)
            text = self._text(draft)
            draft.entities = [
                EntityDraft(
                    -1,
                    code,
                    "office",
                    text,
                    f"{name} {en}".strip(),
                    None,
                    f"office:{draft.office}:{owner or name}",
                    draft.office,
                )
            ]
        draft.wants = "institution" if code is not None and code.startswith("None/") else ""

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
        draft.kind, draft.ref, draft.human = role.kind, int(sense.ref), role.human
        draft.possessed = bool(spot.split.enclitic)
        stem = spot.split.stem
        draft.governed = role.human and (stem.endswith("ين") or self._accusative(stem))
        owner, body = self._extend(draft, spot.definite)
        if owner is None and body is None:
            owner, body = self._belonging(draft)
        if owner is None and body is None and not spot.definite and draft.last == spot.last:
            owner = self._town(draft)
        if owner is None and body is None and not spot.definite:
            body = self._part_of(draft)
            if body is not None and body.main in self._t.states:
                owner = body.main
        if role.titles:
            first, at, person = self._name_after(draft.last, across_place=True)
            if person is not None:
                draft.kind = "person"
                code = self._office_code(
                    role.sector, owner, body if body is not None and body.kind != "person" else None
                )
                draft.last, draft.named = at, (first, at)
                draft.rule = "title"
                if person.key is None:
                    person.code = code or f"None/{role.sector}"
                    draft.wants = "" if code else role.anchor if role.anchor != "none" else ""
                draft.entities = [person]
                return draft
        if role.weak and owner is None and body is None:
            return None
        if (
            not spot.definite
            and owner is None
            and body is None
            and role.anchor == "institution"
            and not draft.possessed
        ):
            # An indefinite institution with another noun after it: "قوات" of something unknown.
            draft.weak = True
        code = role.code
        if (
            body is not None
            and body.entities
            and body.entities[0].kind in ("group", "organization", "outlet")
            and body.entities[0].code
            and not _general(body)
        ):
            draft.entities = [body.entities[0]]
            return draft
        place = None if owner or code else self._place_after(draft.last)
        main = owner or place
        sector, ident, en, anchor = role.sector, role.id, role.en, role.anchor
        within = self._t.roles[body.ref] if body is not None and body.rule.startswith("role:") else None
        if within is not None and role.human and within.sector in _OF_MANY:
            # وزراء المعارضة, عناصر الشرطة: people of a force or party are that force or party.
            sector, ident, en, anchor = within.sector, within.id, within.en, within.anchor
        entity = self._group_entity(main, sector, ident, self._text(draft), role.kind, en)
        if code:
            entity.code = code
        draft.entities = [entity]
        if main is None and not code and (anchor == "institution" or draft.possessed):
            draft.wants = (
                "institution"
                if spot.definite or draft.possessed or "ال" in self._tokens[spot.last - 1].key[:2] or not draft.weak
                else "place"
            )
        elif main is None and not code and anchor == "place":
            draft.wants = "place"
        return draft

    def _belonging(self, draft: Draft) -> tuple[str | None, Draft | None]:
        """The owner that an adjective of belonging leads to: ``مسلحون موالون لحركة``, ``طائرة تابعة للجيش``."""
        at = draft.last
        if at + 1 >= self._stop or self._tokens[at].key not in self._r.belonging:
            return None, None
        here = at + 1
        apart = self._tokens[here].key in _TOWARD
        if apart:
            here = self._past_quote(here + 1)
        k = self._at.get(here)
        if k is None or here >= self._stop:
            return None, None
        spot = self._spots[k]
        if not apart and spot.clitic != "ل":
            return None, None
        inner = self._draft(spot)
        if inner is None or not inner.entities or inner.rule == "nisba":
            return None, None
        draft.inner.append(inner)
        draft.last = inner.last
        main = inner.main
        return (main if main in self._t.states else None), inner

    def _is_state_of_doing(self, spot: Spot) -> bool:
        """``متهما``, ``مطالبا`` in the accusative mostly say what somebody does, unless counted or an object."""
        key = spot.split.stem
        if spot.last != spot.first + 1 or not key.endswith("ا") or not key.startswith(("م", "طالب")) or not spot.first:
            return False
        before = self._tokens[spot.first - 1]
        return before.kind != NUMBER and number_word(before.key) is None and before.tag not in _VERBS

    def _part_of(self, draft: Draft) -> Draft | None:
        """Take in the body that an indefinite group is from (وفد من حماس, قوات كبيرة من الجيش التركي)."""
        at = draft.last
        if at + 2 < self._stop and self._tokens[at].tag in _ADJECTIVAL and self._tokens[at + 1].key == "من":
            at += 1
        if at + 1 >= self._stop or self._tokens[at].key != "من":
            return None
        here = self._past_quote(at + 1)
        if self._tokens[here].key in self._r.body_words and self._past_quote(here + 1) > here + 1:
            here = self._past_quote(here + 1)
        if here not in self._at:
            return None
        spot = self._spots[self._at[here]]
        role = spot.sense(ROLE)
        if role is not None and spot.definite and self._t.roles[int(role.ref)].sector in _ARMED_FORCES:
            force = self._role(spot, role)
            if force is None:
                return None
            draft.inner.append(force)
            draft.last = force.last
            return force if force.entities and force.entities[0].code else None
        sense = spot.sense(BODY)
        if sense is None or spot.split.proclitics or (self._everyday(spot) and not self._quoted(spot)):
            return None
        inner = self._simple(spot, self._body_entity(int(sense.ref)), "name", "body", sense)
        draft.inner.append(inner)
        draft.last = inner.last
        return inner

    def _town(self, draft: Draft) -> str | None:
        """Take in the town whose police or people a role names (``شرطة البصرة``); its country."""
        at = draft.last
        if at + 1 < self._stop and self._tokens[at].key in self._r.towns:
            at += 1
        if at >= self._stop or self._tokens[at].kind != WORD or at in self._at:
            return None
        if self._tokens[at].tag in ("P", *_VERBS) or self._tokens[at].key in self._t.given:
            return None
        country = self._t.cities.get(self._tokens[at].key)
        if country is not None:
            draft.last = at + 1
        return country

    def _collective(self, spot: Spot, sense: Sense, sector: str, ident: str, en: str) -> Draft:
        """Several holders of an office: ``وزراء المعارضة`` act as the opposition, ``قادة الحركة`` as the movement."""
        draft = self._simple(spot, None, "description", f"role:{ident}", sense)
        draft.kind, draft.human = "group", True
        draft.possessed = bool(spot.split.enclitic)
        owner, body = self._extend(draft, spot.definite)
        code = body.entities[0].code if body is not None and body.entities and body.kind != "state" else None
        if body is not None and code and not _general(body):
            draft.entities = [body.entities[0]]
            return draft
        if body is not None and code:
            sector = body.sector
        draft.entities = [self._group_entity(owner, sector, ident, self._text(draft), "group", en)]
        if owner is None and (code or draft.possessed):
            draft.wants = "institution"
        return draft

    def _extend(self, draft: Draft, definite: bool) -> tuple[str | None, Draft | None]:
        """Take in the adjectives and the owner after a head; the owner's state and its draft."""
        owner: str | None = None
        body: Draft | None = None
        for _ in range(4):
            at = draft.last
            if owner is None and body is None and (quoted := self._quoted_body(at)) is not None:
                draft.inner.append(quoted)
                draft.last, body = quoted.last, quoted
                break
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
            if token.key in self._r.former or token.key in self._r.epithets:
                draft.last += 1
                draft.former = draft.former or token.key in self._r.former
                continue
            if owner is not None or body is not None or at not in self._at:
                break
            got = self._genitive(draft, definite)
            if got is None:
                break
            body = got
            owner = got.main if got.main and got.main in self._t.states else None
        return owner, body

    def _back(self, spot: Spot) -> Draft | None:
        """A phrase that refers back to a body, as owner: ``عناصر التنظيم``."""
        short = spot.sense(SHORT)
        if short is not None:
            return self._short(spot, short)
        reference = spot.sense(REFERENCE)
        if reference is None or self._t.references[int(reference.ref)].picks != "body":
            return None
        return self._reference(spot, int(reference.ref), reference)

    def _quoted_body(self, at: int) -> Draft | None:
        """The body named between quotation marks or brackets at a token: ``مقاتلي «...»``."""
        here = self._past_quote(at)
        if here == at or here not in self._at or here >= self._stop:
            return None
        spot = self._spots[self._at[here]]
        sense = spot.sense(BODY)
        if sense is None or spot.split.proclitics:
            return None
        return self._simple(spot, self._body_entity(int(sense.ref)), "name", "body", sense)

    def _past_quote(self, at: int) -> int:
        return at + 1 if at < self._stop and self._tokens[at].text in _OPENING else at

    def _genitive(self, draft: Draft, definite: bool) -> Draft | None:
        """The owner named right after a head: a state, a body, a role (``قوات النظام``)."""
        spot = self._spots[self._at[draft.last]]
        clitic = spot.split.proclitics
        if clitic and not (
            clitic == "ل"
            and draft.office
            in (
                "secretary-general",
                "director-general",
                "foreign-policy-chief",
                "envoy",
                "commissioner",
                "army-chief",
                "party-leader",
                "president",
            )
        ):
            return None
        if spot.sense(BODY_NISBA) is not None or spot.sense(BODY) is not None:
            sense = spot.sense(BODY) or spot.sense(BODY_NISBA)
            if sense is None or (self._everyday(spot) and not self._quoted(spot)):
                return None
            inner = self._simple(
                spot, self._body_entity(int(sense.ref)), "name", "body" if sense.kind == BODY else "nisba", sense
            )
        elif definite and not clitic:
            return None
        elif draft.kind == "group" and (spot.sense(SHORT) or (spot.definite and spot.sense(REFERENCE))):
            back = self._back(spot)
            if back is None:
                return None
            inner = back
        elif spot.sense(STATE, METONYM) is not None:
            sense = self._state_sense(spot, STATE, METONYM)
            if sense is None or (self._everyday(spot) and not self._shown(spot, sense)):
                return None
            inner = self._state(spot, sense)
        elif draft.kind == "person" and spot.sense(OFFICE) is not None and draft.office not in _ABOUT_OFFICES:
            return None
        elif (
            (spot.sense(ROLE, OFFICE) is not None and spot.definite)
            or spot.sense(PERSON) is not None
            or (spot.sense(ALONE) is not None and self._is_alone(spot, False))
        ):
            found = self._draft(spot)
            if found is None or (
                draft.kind == "person" and found.kind == "person" and draft.office not in _ABOUT_OFFICES
            ):
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


def _general(body: Draft) -> bool:
    """A draft that owns but is a role itself, so that the head's own sector counts."""
    return body.rule.startswith(("role:", "title"))
