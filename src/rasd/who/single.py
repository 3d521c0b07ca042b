"""What a single spot names, with the adjectives and the lineage behind it: a state, a body, a person, a reference."""

from __future__ import annotations

from rasd.text.document import EntityDraft
from rasd.who.context import Context
from rasd.who.draft import Draft
from rasd.who.lexemes import BODY, METONYM, PERSON, STATE, Sense
from rasd.who.spots import Spot


class Single(Context):
    """Makes drafts of single spots in one document."""

    def _simple(self, spot: Spot, entity: EntityDraft | None, how: str, rule: str, sense: Sense) -> Draft:
        kind = entity.kind if entity is not None else "group"
        return Draft(
            spot.first, spot.last, spot.first, self._cut(spot), [entity] if entity is not None else [], how, kind,
            sense.number, sense.gender, rule, spot.clitic, spot.split.proclitics[:1] == "و", definite=spot.definite,
        )  # fmt: skip

    def _person(self, spot: Spot, ref: int) -> Draft:
        self._named.add(ref)
        entity = self._person_entity(ref)
        draft = self._simple(spot, entity, "name", "person", Sense(PERSON, ref, "s", self._t.people[ref].gender))
        draft.last = self._lineage(draft.last)
        return draft

    def _body(self, spot: Spot, ref: int) -> Draft:
        body = self._t.bodies[ref]
        return self._simple(
            spot, self._body_entity(ref), "name", "body", Sense(BODY, ref, body.number or "s", body.gender or "m")
        )

    def _state(self, spot: Spot, sense: Sense) -> Draft:
        metonym = sense.kind == METONYM and not any(s.kind == STATE and s.ref == sense.ref for s in spot.senses)
        draft = self._simple(spot, self.state_entity(str(sense.ref)), "metonym" if metonym else "name",
                             "metonym" if metonym else "state", sense)  # fmt: skip
        before = self._tokens[spot.first - 1].key if spot.first else ""
        draft.locative = (
            before in self._r.in_places
            or before in self._r.towns
            or before in self._r.waters
            or (spot.clitic == "ب" and metonym)
        )
        return draft

    def _nisba(self, spot: Spot, sense: Sense) -> Draft:
        code = str(sense.ref)
        if sense.number not in "pd" or sense.gender == "f":
            return self._simple(spot, self.state_entity(code), "description", "nisba", sense)
        return self._simple(
            spot, self._group_entity(code, "CVL", "people", None, "people"), "description", "people", sense
        )

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
        first, at, person = self._name_after(draft.last)
        if person is not None:
            draft.last, draft.named = at, (first, at)
            draft.entities = [person]
            draft.kind = "person"
