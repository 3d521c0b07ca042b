"""Phrases that refer back: the two sides, his counterpart, the president, the organisation."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from rasd.text.document import Document, EntityDraft, Sentence
from rasd.text.letters import fold
from rasd.who.draft import Draft
from rasd.who.lexemes import Tables
from rasd.who.salience import is_state
from rasd.who.schema import Body, Reference
from rasd.who.tenure import Tenures

_KINGDOMS = ("SAU", "MAR", "JOR", "BHR")
# A reference reaches back over as many mentions as a reader keeps in mind.
_WINDOW = 12
# Nothing further back is looked at, however long the text.
_MEMORY = 300
_ROYAL = ("king", "crown-prince", "deputy-crown-prince", "emir", "sultan")
_PERSON_KINDS = ("person", "office")


class Referrer:
    """Resolves what the phrases of a document refer to, in one pass from the start."""

    def __init__(self, tables: Tables, tenures: Tenures) -> None:
        self._tables = tables
        self._tenures = tenures
        self._by_key = {f"body:{b.en}": b for b in tables.bodies}

    def resolve(self, document: Document, drafts: list[Draft]) -> list[Draft]:
        """The drafts with their references filled; those that refer to nobody give way to what they hold."""
        course = _Course(document, self._tables, self._tenures, self._by_key, drafts)
        kept: list[Draft] = []
        for draft in drafts:
            if draft.wants in ("reference", "office", "short"):
                course.resolve(draft)
            course.resolve_owner(draft)
            if not draft.entities and draft.alternative is not None:
                draft = draft.alternative
            if draft.entities:
                kept.append(draft)
                course.note(draft)
            else:
                for inner in draft.inner:
                    kept.append(inner)
                    course.note(inner)
        return kept


class _Course:
    """What has been named so far."""

    def __init__(
        self, document: Document, tables: Tables, tenures: Tenures, by_key: dict[str, Body], drafts: list[Draft]
    ) -> None:
        self._document = document
        self._tables = tables
        self._tenures = tenures
        self._by_key = by_key
        self._drafts = drafts
        self._recent: list[tuple[int, EntityDraft]] = []
        self._persons: list[EntityDraft] = []
        self._bodies: list[EntityDraft] = []
        self._known_heads: dict[str, frozenset[str]] = {}
        self._total: Counter[str] = Counter()
        for draft in drafts:
            if draft.main and is_state(draft.main) and draft.sector != "MED":
                self._total[draft.main] += 1 if draft.rule == "nisba" else 2

    def note(self, draft: Draft) -> None:
        for entity in draft.entities:
            if not draft.locative and entity.kind != "outlet":
                self._recent.append((draft.first, entity))
            if entity.kind in _PERSON_KINDS and len(draft.entities) == 1:
                self._persons.append(entity)
            if entity.kind in ("group", "organization") and entity.key and entity.key.startswith("body:"):
                self._bodies.append(entity)
        for inner in draft.inner:
            if inner.rule in ("body",):
                self.note(inner)

    def resolve(self, draft: Draft) -> None:
        if draft.wants == "office":
            self._office(draft)
            return
        if draft.wants == "short":
            self._short(draft)
            if draft.entities or draft.otherwise < 0:
                return
            draft.ref, draft.wants = draft.otherwise, "reference"
        reference = self._tables.references[draft.ref]
        if reference.picks == "counterpart":
            self._counterpart(draft)
        elif reference.count == 2:
            self._two(draft, reference)
        elif reference.picks in ("state", "main"):
            self._state(draft, reference)
        elif reference.picks == "body":
            self._body(draft, reference)
        if draft.entities:
            draft.wants = ""

    def resolve_owner(self, draft: Draft) -> None:
        """A group named by whose it is (``عناصر التنظيم``) is of the body that its owner refers to."""
        for inner in draft.inner:
            if inner.wants in ("reference", "short"):
                self.resolve(inner)
                if inner.entities and draft.rule.startswith("role:"):
                    draft.entities, draft.wants = inner.entities, ""

    def _two(self, draft: Draft, reference: Reference) -> None:
        said = [i.entities[0] for i in draft.inner if i.entities]
        if len(said) >= 2:
            draft.entities, draft.kind = said[:2], "state"
            return
        persons = reference.picks == "persons"
        pool = [e for e in self._persons[-_MEMORY:] if e.code] if persons else []
        if reference.office:
            fitting = [e for e in pool if e.office in reference.office]
            pool = fitting if len({_main(e) for e in fitting}) >= 2 else pool
        pair = self._pair(pool) if persons else None
        if pair is None:
            pair = self._pair([e for _, e in self._recent[-_MEMORY:] if e.code])
        if pair is None:
            pair = self._ahead(draft)
        if pair is None:
            return
        if reference.picks == "states":
            pair = [self._as_state(e) for e in pair]
        draft.entities = pair
        draft.kind = pair[0].kind if pair[0].kind == pair[1].kind else "state"

    def _ahead(self, draft: Draft) -> list[EntityDraft] | None:
        """Where two were not named yet: the two of the rest of the sentence, else those the text is about."""
        sentence = bisect_right(self._document.sentences, draft.first, key=_first) - 1
        end = self._document.sentences[sentence].last if sentence >= 0 else 0
        found: dict[str, EntityDraft] = {}
        for later in self._drafts[bisect_right(self._drafts, draft.first, key=_first) :]:
            if later.first >= end:
                break
            if later.main and is_state(later.main) and not later.wants:
                found.setdefault(later.main, self._as_state(later.entities[0]))
        if len(found) == 2:
            return list(found.values())
        ranked = self._total.most_common(3)
        if len(ranked) < 2 or (len(ranked) > 2 and ranked[2][1] * 2 > ranked[1][1]):
            return None
        states = [self._tables.states.get(main) for main, _ in ranked[:2]]
        return [self._as_state(EntityDraft(-1, f"{s.code}/GOV", "state", None, None)) for s in states if s] or None

    def _pair(self, pool: list[EntityDraft]) -> list[EntityDraft] | None:
        """The last two of different states or bodies, weighed by how often they were named lately."""
        weights: Counter[str] = Counter()
        latest: dict[str, EntityDraft] = {}
        old = len(pool) - _WINDOW
        for at, entity in enumerate(pool):
            main = _main(entity)
            if main == "None":
                continue
            weights[main] += 2 if at >= old else 1
            # A person stands for the pair rather than the state, and the government than its troops.
            known = latest.get(main)
            if known is None or entity.kind in _PERSON_KINDS or known.kind not in _PERSON_KINDS:
                latest[main] = entity
        if len(weights) < 2:
            return None
        total = self._total
        chosen = sorted(weights, key=lambda m: (-(weights[m] + min(total[m], 6) / 2), m))[:2]
        order = [_main(e) for e in pool]
        return [latest[m] for m in sorted(chosen, key=order.index)]

    def _as_state(self, entity: EntityDraft) -> EntityDraft:
        main = _main(entity)
        state = self._tables.states.get(main)
        if state is None:
            return entity
        return EntityDraft(-1, f"{main}/GOV", "state", state.ar[0], state.en, state.wikidata, f"state:{main}")

    def _counterpart(self, draft: Draft) -> None:
        holder = next((e for e in reversed(self._persons)), None)
        office = holder.office if holder is not None else None
        owner = draft.inner[0].main if draft.inner else None
        draft.kind = "person"
        draft.office = office or ""
        if draft.entities:
            person = draft.entities[0]
            if person.code is None or person.code.startswith("None/"):
                person.code = f"{owner}/{self._sector(office)}" if owner else person.code
                person.office = person.office or office
            return
        if owner is None:
            return
        known = self._tenures.holder(office, owner, self._document.published) if office else None
        if known is not None:
            draft.entities = [self._listed(known, office)]
        else:
            state = self._tables.states.get(owner)
            name = f"{(state.en_adj or state.en) if state else owner} {self._title(office)}"
            draft.entities = [
                EntityDraft(
                    -1,
                    f"{owner}/{self._sector(office)}",
                    "office",
                    self._text(draft),
                    name,
                    None,
                    f"office:{office or 'counterpart'}:{owner}",
                    office,
                )
            ]

    def _listed(self, ref: int, office: str | None) -> EntityDraft:
        person = self._tables.people[ref]
        code = self._tenures.code(person, self._document.published)
        return EntityDraft(-1, code, "person", person.ar[0], person.en, person.wikidata, f"person:{person.en}", office)

    def _sector(self, office: str | None) -> str:
        return next((o.sector for o in self._tables.offices if o.id == office), "GOV")

    def _title(self, office: str | None) -> str:
        return next((o.en for o in self._tables.offices if o.id == office), "counterpart")

    def _office(self, draft: Draft) -> None:
        """``الرئيس`` alone: the last person of that office, else the main state's."""
        office = self._tables.offices[draft.ref]
        offices = {office.id, *office.covers}
        for entity in reversed(self._persons[-_MEMORY:]):
            if entity.office in offices:
                draft.entities = [entity]
                return
        main = self._total.most_common(1)
        if not office.bare or office.sector == "IGO":
            return
        if not main:
            if office.sector == "COP":
                # Whose police, the place will show.
                text = self._text(draft)
                key = f"office:{office.id}:{fold(text)}"
                draft.entities = [EntityDraft(-1, "None/COP", "office", text, office.en, None, key, office.id)]
                draft.wants = "institution"
            return
        owner = main[0][0]
        if office.id in _ROYAL:
            # Crowns are few: the last state named that wears one.
            states = [m for m in (_main(e) for _, e in reversed(self._recent)) if is_state(m)]
            states += [m for m, _ in self._total.most_common()] + ["SAU"]
            owner = next((m for m in states if self._tenures.ever(office.id, m)), owner)
        known = self._tenures.holder(office.id, owner, self._document.published)
        if known is not None and not draft.former:
            draft.entities = [self._listed(known, office.id)]
            return
        state = self._tables.states.get(owner)
        name = f"{(state.en_adj or state.en) if state else owner} {office.en}"
        draft.entities = [
            EntityDraft(
                -1,
                f"{owner}/{office.sector}",
                "office",
                self._text(draft),
                name,
                None,
                f"office:{office.id}:{owner}",
                office.id,
            )
        ]

    def _short(self, draft: Draft) -> None:
        """A body's short name: only after the body itself was named."""
        wanted = self._tables.bodies[draft.ref]
        text = self._text(draft)
        for entity in reversed(self._bodies):
            body = self._by_key.get(entity.key or "")
            if body is not None and (body.en == wanted.en or text in body.short):
                draft.entities = [entity]
                draft.kind = entity.kind
                draft.wants = ""
                return

    def _state(self, draft: Draft, reference: Reference) -> None:
        main: str | None = None
        if reference.picks == "state":
            main = next((_main(e) for _, e in reversed(self._recent) if _main(e) in _KINGDOMS), None)
            main = main or next((m for m, _ in self._total.most_common() if m in _KINGDOMS), None)
            if main is None and self._document.source and "saudi" in self._document.source.lower():
                main = "SAU"
        elif draft.possessed:
            main = next((_main(e) for _, e in reversed(self._recent) if is_state(_main(e))), None)
        else:
            main = next((m for m, _ in self._total.most_common(1)), None)
        state = self._tables.states.get(main or "")
        if state is None or main is None:
            return
        draft.entities = [
            EntityDraft(-1, f"{main}/GOV", "state", state.ar[0], state.en, state.wikidata, f"state:{main}")
        ]
        draft.kind = "state"
        draft.locative = True if reference.picks == "main" else draft.locative

    def _body(self, draft: Draft, reference: Reference) -> None:
        if draft.inner:
            return
        heads = {fold(word) for word in reference.ar}
        recent = self._bodies[-_MEMORY:]
        # "The movement" is rather one that calls itself so: حركة الشباب before أحرار الشام.
        found = next((e for e in reversed(recent) if not heads.isdisjoint(self._heads(e))), None)
        found = found or next((e for e in reversed(recent) if e.kind in reference.kinds), None)
        if found is not None:
            draft.entities = [found]
            draft.kind = found.kind

    def _heads(self, entity: EntityDraft) -> frozenset[str]:
        """The folded first words, without their article, of a body's names."""
        found = self._known_heads.get(entity.key or "")
        if found is None:
            body = self._by_key.get(entity.key or "")
            firsts = (fold(name.split()[0]).removeprefix("ال") for name in body.ar) if body is not None else ()
            found = self._known_heads[entity.key or ""] = frozenset(firsts)
        return found

    def _text(self, draft: Draft) -> str:
        tokens = self._document.tokens
        return self._document.text[tokens[draft.first].start + draft.cut : tokens[draft.last - 1].end]


def _first(part: Draft | Sentence) -> int:
    return part.first


def _main(entity: EntityDraft) -> str:
    return (entity.code or "None").split("/")[0]
