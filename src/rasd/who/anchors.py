"""Whose police, whose people: the state of common nouns, by where they act and what the text is about.

``الشرطة`` and ``متظاهرون`` name no state. Theirs is, in this order: of the owner that a pronoun
names (``قواتها``), of whoever they are joined to (``الشرطة الأسترالية ومسؤولون``), of the last force
of the same kind whose state was said, of the place named nearest in the sentence, of the state that
the article is about, of the place named last.
"""

from __future__ import annotations

from collections import Counter

from rasd.text.document import ActorMention, Document, EntityDraft, PlaceMention
from rasd.who.lexemes import Tables
from rasd.who.salience import is_state
from rasd.who.schema import Coalition

# The state that an article is about outweighs the next by so much.
_CLEARLY = 1.5
_LEAD = 2
# A country said as a place counts so many tokens farther off than a town.
_COUNTRY_FARTHER = 4
# How many sentences back the last place still tells where things happen.
_SCENE = 3
_LANDS = ("country", "continent")
_FIGHTERS = ("role:rebels", "role:gunmen", "role:insurgents")
_COALITION = "role:coalition-forces"
_ARMED = ("UAF", "REB")
_INHERITED = ("OPP", "REB")


def settle(document: Document, tables: Tables) -> None:
    """Give the mentions of ``document.actors`` whose state is open (`ActorMention.anchor`) theirs.

    Reads ``document.places``, so it is called once they are known; calling it again changes
    nothing. A mention whose state nothing shows keeps ``None`` as its main code.
    """
    if any(m.anchor or m.rule == _COALITION for m in document.actors):
        _Settling(document, tables).run()


class _Settling:
    """One document's open mentions, in order of the text."""

    def __init__(self, document: Document, tables: Tables) -> None:
        self._document = document
        self._tables = tables
        self._keys = {e.key: e for e in document.entities if e.key is not None}
        self._places: dict[int, list[tuple[int, str, bool]]] = {}
        self._weights = _weights(document)
        self._place()
        self._main = _dominant(self._weights)

    def _place(self) -> None:
        covering = {at: m for m in self._document.actors if m.within is None for at in range(m.first, m.last)}
        for place in self._document.places:
            if place.country is None or place.dateline or place.country not in self._tables.states:
                continue
            mention = covering.get(place.first)
            if _acts(place, mention):
                continue
            land = place.kind in _LANDS
            self._places.setdefault(place.sentence, []).append((place.first, place.country, land))
            if mention is None or not mention.locative:
                self._weights[place.country] += 2

    def run(self) -> None:
        last_of_sector: dict[str, str] = {}
        regime: str | None = None
        scene: tuple[int, str] | None = None
        nearest: tuple[int, str] | None = None
        armed: dict[str, int] = {}
        before: ActorMention | None = None
        for mention in self._document.actors:
            if mention.rule in _FIGHTERS and mention.anchor and len(armed) == 1 and self._definite(mention):
                # المتمردون in an article that names one armed body are its fighters.
                entity = self._document.entities[next(iter(armed.values()))]
                mention.entities, mention.codes, mention.anchor = (entity.index,), (entity.code or "",), ""
                continue
            if mention.rule == _COALITION and mention.codes[:1] == ("None/IGO",):
                self._name_coalition(mention)
            here = self._places.get(mention.sentence)
            if here:
                scene = (mention.sentence, here[-1][1])
            if mention.anchor:
                found: str | None = None
                sector = self._sector(mention)
                if mention.possessed and nearest is not None and nearest[0] == mention.sentence:
                    found = nearest[1]
                found = found or self._beside(mention, before)
                if found is None and mention.anchor == "institution":
                    found = last_of_sector.get(sector) or (regime if sector in _INHERITED else None)
                found = found or self._nearest_place(mention) or self._main
                if found is None and scene is not None and mention.sentence - scene[0] <= _SCENE:
                    found = scene[1]
                found = found or self._only(mention)
                if found is not None:
                    self._give(mention, found)
            main = mention.codes[0].split("/")[0] if mention.codes else "None"
            code = mention.codes[0] if mention.codes else ""
            if mention.kind == "group" and self._sector(mention) in _ARMED and not is_state(code) and main != "None":
                armed.setdefault(main, mention.entities[0])
            if (
                mention.codes
                and is_state(mention.codes[0])
                and not mention.anchor
                and mention.kind != "outlet"
                and mention.within is None
            ):
                if mention.rule != "nisba":
                    last_of_sector[self._sector(mention)] = main
                if mention.rule == "role:government":
                    regime = main
                nearest = (mention.sentence, main)
            if mention.within is None:
                before = mention

    def _beside(self, mention: ActorMention, before: ActorMention | None) -> str | None:
        """The state of what a mention is joined to, right before it: الشرطة الأسترالية ومسؤولون."""
        if before is None or mention.joined is None or self._sector(mention) in _ARMED:
            return None
        if before.last != mention.first or before.kind == "outlet":
            return None
        mains = {code.split("/")[0] for code in before.codes if is_state(code)}
        return mains.pop() if len(mains) == 1 and not before.anchor else None

    def _name_coalition(self, mention: ActorMention) -> None:
        """The coalition that fights where the sentence, or the article, plays at the time."""
        day = self._document.published
        if day is None:
            return
        month = f"{day:%Y-%m}"
        countries = [self._nearest_place(mention), *(state for state, _ in self._weights.most_common())]
        for country in countries:
            for known in self._tables.coalitions:
                if known.country == country and known.since <= month <= known.until:
                    self._replace(mention, known)
                    return

    def _replace(self, mention: ActorMention, known: Coalition) -> None:
        document = self._document
        key = f"coalition:{known.en}"
        entity = self._keys.get(key)
        if entity is None:
            old = document.entities[mention.entities[0]]
            entity = EntityDraft(len(document.entities), known.code, "organization", old.ar, known.en, None, key)
            document.entities.append(entity)
            self._keys[key] = entity
        mention.entities, mention.codes = (entity.index,), (known.code,)

    def _definite(self, mention: ActorMention) -> bool:
        text = self._document.text[mention.start : mention.end]
        return text.startswith(("ال", "لل"))

    def _sector(self, mention: ActorMention) -> str:
        return mention.codes[0].split("/")[-1] if mention.codes else ""

    def _nearest_place(self, mention: ActorMention) -> str | None:
        """The country of the place that stands nearest in the sentence, one after the mention first."""
        best: tuple[int, str] | None = None
        for at, country, land in self._places.get(mention.sentence, ()):
            gap = at - mention.last if at >= mention.last else mention.first - at + 2
            gap += _COUNTRY_FARTHER if land else 0
            if best is None or gap < best[0]:
                best = gap, country
        return best[1] if best else None

    def _only(self, mention: ActorMention) -> str | None:
        """The weightiest state of a text in which none stands out."""
        ranked = self._weights.most_common(1)
        return ranked[0][0] if ranked else None

    def _give(self, mention: ActorMention, main: str) -> None:
        document = self._document
        sector = self._sector(mention)
        old = document.entities[mention.entities[0]]
        code = f"{main}/{sector}"
        if old.key is None or not old.key.startswith("role:"):
            old.code = code
        else:
            key = f"{old.key.rsplit(':', 1)[0]}:{main}"
            known = self._keys.get(key)
            if known is None:
                state = self._tables.states.get(main)
                adjective = (state.en_adj or state.en) if state else ""
                noun = self._noun(old)
                known = EntityDraft(len(document.entities), code, old.kind, old.ar, f"{adjective} {noun}".strip(),
                                    None, key)  # fmt: skip
                document.entities.append(known)
                self._keys[key] = known
            mention.entities = (known.index,)
        mention.codes = (code,)

    def _noun(self, entity: EntityDraft) -> str:
        """The English of a role without any state's adjective."""
        ident = (entity.key or "").split(":")[1]
        role = next((r for r in self._tables.roles if r.id == ident), None)
        return role.en if role is not None else entity.en or ""


def _acts(place: PlaceMention, mention: ActorMention | None) -> bool:
    """Whether a name stands for a power rather than for where something happens."""
    if mention is None or mention.locative:
        return False
    return place.kind in _LANDS or mention.how == "metonym" or mention.first != place.first


def _weights(document: Document) -> Counter[str]:
    """How much an article speaks of each state, by the mentions that say theirs."""
    weights: Counter[str] = Counter()
    for mention in document.actors:
        if mention.anchor or mention.kind == "outlet" or not mention.codes:
            continue
        main, _, sector = mention.codes[0].partition("/")
        if is_state(mention.codes[0]) and sector != "MED":
            weights[main] += (1 if mention.rule == "nisba" else 2) * (2 if mention.sentence < _LEAD else 1)
    return weights


def _dominant(weights: Counter[str]) -> str | None:
    """The state that an article is about, if one outweighs the others clearly."""
    ranked = weights.most_common(2)
    if not ranked:
        return None
    if len(ranked) == 1 or ranked[0][1] >= _CLEARLY * ranked[1][1]:
        return ranked[0][0]
    return None
