"""Actors of a document: phrases found, references resolved, mentions put in order."""

from __future__ import annotations

from itertools import pairwise

from rasd.lexicon import Compiled
from rasd.text.clitics import stands_in
from rasd.text.document import WORD, ActorMention, Document, EntityDraft, Token
from rasd.text.letters import fold
from rasd.who.anchors import settle
from rasd.who.context import Knowledge
from rasd.who.draft import Draft, walk
from rasd.who.lexemes import NISBA, PEOPLE, STATE, Tables, tables
from rasd.who.phrases import PhraseReader
from rasd.who.references import Referrer
from rasd.who.romanize import Romanizer
from rasd.who.spots import Spotter
from rasd.who.tenure import Tenures

_LINK, _OF = {",", "،"}, "من"
_OF_STATES = {STATE, NISBA, PEOPLE}


class ActorReader:
    """Finds the actors of documents by the registry of a compiled lexicon."""

    def __init__(self, lexicon: Compiled) -> None:
        self._tables = tables(lexicon)
        tenures = Tenures(self._tables)
        romanizer = Romanizer(self._tables.given, self._tables.parts, self._tables.letters)
        self._prepositions = self._tables.group("prepositions")
        self._beside = frozenset(office.id for office in self._tables.offices if office.beside)
        self._spotter = Spotter(self._tables)
        self._phrases = PhraseReader(Knowledge(self._tables, tenures, romanizer))
        self._referrer = Referrer(self._tables, tenures)

    @property
    def registry(self) -> Tables:
        """The compiled registry that this reader reads with."""
        return self._tables

    @property
    def state_words(self) -> frozenset[str]:
        """The folded single words that name a state or its people, or are its adjective."""
        return frozenset(
            key
            for key, senses in self._tables.senses.items()
            if " " not in key and key not in self._tables.everyday and any(s.kind in _OF_STATES for s in senses)
        )

    def read(self, document: Document) -> None:
        """Fill ``document.entities`` and ``document.actors``, in the order of the text."""
        spots = self._spotter.spots(document)
        drafts = self._phrases.read(document, spots)
        drafts = self._referrer.resolve(document, drafts)
        _enrol(document, drafts)
        drafts = _at_once(drafts, self._beside)
        drafts = _named_again(document, drafts)
        _Assembly(document, self._prepositions).put(drafts)

    def settle(self, document: Document) -> None:
        """Give roles without a state (``الشرطة``) the one that places and context show.

        Called once ``document.places`` are known; see `rasd.who.anchors`.
        """
        settle(document, self._tables)


def _enrol(document: Document, drafts: list[Draft]) -> None:
    """Take officers whom no registry lists for police where the text says so: العقيد فلان من الشرطة, قائد الشرطة.

    Armies and police have the same ranks.
    """
    for officer, force in pairwise(drafts):
        if officer.rule != "title" or officer.sector != "MIL" or force.sector != "COP" or officer.entities[0].key:
            continue
        gap = document.tokens[officer.last : force.first]
        part_of = len(gap) == 1 and gap[0].key == _OF and force.kind != "person"
        is_one = force.kind == "person" and all(token.text in _LINK for token in gap) and len(gap) < 2
        if (part_of or is_one) and not force.joins:
            main = force.main if force.main not in (None, "None") else officer.main
            officer.entities[0].code = f"{main}/COP"


def _at_once(drafts: list[Draft], beside: frozenset[str]) -> list[Draft]:
    """Titles and the name of one person in a row, as one mention; ``beside`` are offices held with another."""
    _hold_both(drafts, beside)
    found: list[Draft] = []
    for draft in drafts:
        before = found[-1] if found else None
        if before is not None and _goes_on(before, draft):
            before.last = draft.last
            before.named = before.named or draft.named
            before.inner = [*before.inner, *draft.inner]
        else:
            found.append(draft)
    return found


def _goes_on(before: Draft, draft: Draft) -> bool:
    """Whether a title right behind a mention only says more of the same person."""
    if before.last != draft.first or draft.joins or draft.clitic or before.kind != "person" or draft.kind != "person":
        return False
    if len(before.entities) != 1 or len(draft.entities) != 1:
        return False
    one, other = before.entities[0], draft.entities[0]
    return one is other or (one.key is not None and one.key == other.key)


def _hold_both(drafts: list[Draft], beside: frozenset[str]) -> None:
    """Take offices that are named beside another of the same state, and by nobody's name, for its holder's."""
    for _ in range(2):  # what stands between two others is reached from either side
        for one, other in pairwise(drafts):
            if one.last != other.first or other.joins or other.clitic or one.main != other.main:
                continue
            for office, holder in ((one, other), (other, one)):
                own = office.entities[0] if len(office.entities) == 1 else None
                if own is None or own.kind != "office" or office.rule.removeprefix("title:") not in beside:
                    continue
                if len(holder.entities) == 1 and holder.entities[0].kind in ("person", "office"):
                    office.entities = list(holder.entities)


def _named_again(document: Document, drafts: list[Draft]) -> list[Draft]:
    """Add the later mentions, by family name alone, of people whom no registry lists."""
    families: dict[str, tuple[int, EntityDraft, str | None]] = {}
    taken: set[int] = set()
    for draft in walk(drafts):
        taken.update(range(draft.first, draft.last))
        for entity in draft.entities:
            words = (entity.ar or "").split()
            if entity.key is None and entity.kind == "person" and len(words) > 1:
                family = fold(words[-1])
                if len(family) > 3:
                    families.setdefault(family, (draft.last, entity, draft.gender))
    if not families:
        return drafts
    added: list[Draft] = []
    for token in document.tokens:
        if token.kind != WORD or token.index in taken:
            continue
        cut = 0 if token.key in families else 1 if token.key[1:] in families and token.key[0] in "وفبل" else -1
        if cut < 0:
            continue
        since, entity, gender = families[token.key[cut:]]
        if token.index >= since:
            clitic = token.key[0] if cut and token.key[0] in "بل" else ""
            added.append(Draft(
                token.index, token.index + 1, token.index, cut, [entity], "name", "person", "s", gender, "person",
                clitic, cut == 1 and token.key[0] == "و",
            ))  # fmt: skip
    return sorted(drafts + added, key=lambda d: d.first) if added else drafts


def _sentence_index(document: Document) -> dict[int, int]:
    return {at: s.index for s in document.sentences for at in range(s.first, s.last)}


class _Assembly:
    """Drafts become entities and mentions of the document."""

    def __init__(self, document: Document, prepositions: frozenset[str]) -> None:
        self._document = document
        self._prepositions = prepositions
        document.entities.clear()
        document.actors.clear()
        self._keys: dict[str, int] = {}
        self._sentences = _sentence_index(document)
        self._previous: ActorMention | None = None

    def put(self, drafts: list[Draft]) -> None:
        for draft in drafts:
            outer = self._mention(draft, None)
            if outer is not None:
                self._join(outer, draft)
                self._previous = outer

    def _mention(self, draft: Draft, within: int | None) -> ActorMention | None:
        entities = tuple(dict.fromkeys(self._entity(e) for e in draft.entities))
        if not entities:
            return None
        document = self._document
        tokens = document.tokens
        codes = tuple(dict.fromkeys(c for c in (document.entities[e].code for e in entities) if c))
        mention = ActorMention(
            len(document.actors), draft.first, draft.last, draft.head, tokens[draft.first].start + draft.cut,
            tokens[draft.last - 1].end, self._sentences.get(draft.first, 0), entities, codes, draft.how, draft.kind,
            draft.number, draft.gender, self._preposition(draft, tokens), draft.locative, within, None, draft.rule,
            draft.wants if draft.wants in ("institution", "place") else "", draft.possessed,
            draft.named, draft.governed,
            draft.human or draft.kind in ("person", "people") or draft.rule == "people",
        )  # fmt: skip
        document.actors.append(mention)
        for inner in draft.inner:
            self._mention(inner, mention.index)
        return mention

    def _preposition(self, draft: Draft, tokens: list[Token]) -> str:
        if draft.clitic:
            return draft.clitic
        if draft.first and not draft.joins:
            before = tokens[draft.first - 1]
            if stands_in(before.key, self._prepositions):
                return before.text if before.key in self._prepositions else before.text[1:]
        return ""

    def _join(self, mention: ActorMention, draft: Draft) -> None:
        """Join what ``و`` or a comma continues, and let it share the preposition."""
        previous = self._previous
        if previous is None or previous.sentence != mention.sentence:
            return
        gap = self._document.tokens[previous.last : mention.first]
        bare = all(t.text in _LINK or t.key in ("و", "او", "كل", "من") or t.text in '«»"()' for t in gap)
        if not bare or len(gap) > 3:
            return
        nisbas = (previous.rule == "nisba") + (draft.rule == "nisba")
        listed = len(gap) == 1 and gap[0].text in _LINK and previous.kind == mention.kind == "state" and not draft.cut
        if nisbas != 1 and (draft.joins or any(t.key == "و" for t in gap) or (listed and not nisbas)):
            mention.joined = previous.index
            if not mention.prep:
                mention.prep = previous.prep
                mention.locative = mention.locative or previous.locative

    def _entity(self, draft: EntityDraft) -> int:
        key = draft.key or f"{draft.kind}:{fold(draft.ar or '')}"
        known = self._keys.get(key)
        if known is not None:
            found = self._document.entities[known]
            if (found.code is None or found.code.startswith("None/")) and draft.code:
                found.code = draft.code
            found.office = found.office or draft.office
            return known
        draft.index = len(self._document.entities)
        self._document.entities.append(draft)
        self._keys[key] = draft.index
        return draft.index
