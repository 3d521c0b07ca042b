"""Whom an article is about: its states by weight, and the entities a pronoun can mean."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter

from rasd.text.document import ActorMention, Document, Sentence

# Codes of the ontology that belong to no one state.
_NOT_STATES = frozenset(
    (
        *("UNO", "UNSC", "EUR", "NAT", "ARL", "GCC", "OIC", "AFU", "OPC", "IAE", "IMF", "WBK", "WTO", "ICC", "ICG"),
        *("G07", "G20", "P51", "ARC", "INC", "ISI", "ALQ", "NUS", "PKK", "YPG", "HTI", "HEZ", "HAM", "FTH", "MBR"),
        *("TAL", "BOK", "SHB", "HRW", "AMN", "None"),
    )
)
# Codes of a state that are a body's too, with the sector that makes them the body's.
_SHARED = {"HTI": "REB"}
_LEAD = 2
# A third state that weighs so near to the second makes an article one about several.
_THIRD = 1.5
_SENTENCES_BACK = 3
# Nothing further back is looked at, however long the text.
_MEMORY = 300


def is_state(code: str) -> bool:
    """Whether a code, or its main part alone, is a state's rather than a body's.

    ``HTI`` is both: the Houthis are ``HTI/REB``, Haiti is ``HTI`` with any other sector.
    """
    main, _, sector = code.partition("/")
    return main not in _NOT_STATES or (sector != "" and sector != _SHARED.get(main, sector))


def main_pair(document: Document) -> list[str]:
    """The two states that an article is about, weightiest first; [] where a third weighs nearly as much."""
    ranked = _state_weights(document).most_common(3)
    if len(ranked) < 2 or (len(ranked) > 2 and ranked[2][1] * _THIRD > ranked[1][1]):
        return []
    return [ranked[0][0], ranked[1][0]]


def main_states(document: Document) -> list[str]:
    """The states of an article, the weightiest first; those named first win among equals."""
    return [code for code, _ in _state_weights(document).most_common()]


def _state_weights(document: Document) -> Counter[str]:
    weights: Counter[str] = Counter()
    for mention in document.actors:
        if mention.within is not None or mention.how == "pronoun" or mention.kind == "outlet":
            continue
        weight = (1 if mention.rule == "nisba" or mention.locative else 2) * (2 if mention.sentence < _LEAD else 1)
        for code in mention.codes:
            if is_state(code):
                weights[code.split("/")[0]] += weight
    return weights


def resolve_pronoun(document: Document, at_token: int, number: str, gender: str) -> ActorMention | None:
    """Whom a pronoun, or a verb without a subject, at a token means.

    ``number`` is s, d or p and ``gender`` m or f. The nearest fitting mention before it in its
    sentence, else the leading one of the sentences before; for a dual the last two sides named
    together, else the two weightiest entities. The mention given for two has index -1, stands
    at ``at_token`` and holds both entities.
    """
    within = bisect_right(document.sentences, at_token, key=_first) - 1
    sentence = within if within >= 0 and at_token < document.sentences[within].last else 0
    before = [
        m for m in _named_before(document, at_token) if m.within is None and sentence - m.sentence <= _SENTENCES_BACK
    ]
    if number == "d":
        return _pair(document, before, at_token, sentence)
    here = [m for m in before if m.sentence == sentence and m.last <= at_token and may_mean(m, number, gender)]
    leading = [m for m in here if not m.prep and not m.locative and not m.governed]
    if leading:
        return leading[-1] if len(leading) == 1 else max(leading, key=lambda m: (m.kind == "person", -m.first))
    for back in range(1, _SENTENCES_BACK + 1):
        there = [m for m in before if m.sentence == sentence - back and may_mean(m, number, gender)]
        first = next((m for m in there if not m.prep and not m.locative and not m.governed), None)
        if first is not None:
            return first
    return here[-1] if here else None


def _named_before(document: Document, token: int) -> list[ActorMention]:
    """The last mentions that start before a token, in the order of the text."""
    end = bisect_left(document.actors, token, key=_first)
    return document.actors[max(0, end - _MEMORY) : end]


def _first(part: ActorMention | Sentence) -> int:
    return part.first


def may_mean(mention: ActorMention, number: str, gender: str) -> bool:
    """Whether a pronoun of this number (s, d, p) and gender (m, f) can mean a mention."""
    if mention.rule == "nisba" or not mention.entities or mention.how == "pronoun":
        return False
    several = len(mention.entities) > 1
    if number == "p":
        return mention.number == "p" or several or mention.kind in ("group", "people")
    if several or mention.number == "d":
        return False
    if mention.number == "p":
        # The verb and pronoun of things in the plural (القوات) are feminine singular.
        return gender == "f" and mention.gender == "f"
    if mention.kind in ("state", "organization", "group", "outlet") and mention.gender is None:
        return True
    return mention.gender is None or mention.gender == gender


def _pair(document: Document, before: list[ActorMention], at: int, sentence: int) -> ActorMention | None:
    by_index = {m.index: m for m in _named_before(document, at)}
    for mention in reversed(before):
        if len(mention.entities) == 2 and mention.last <= at:
            return mention
        if mention.joined is not None and mention.joined in by_index and mention.rule != "nisba":
            return _both(document, by_index[mention.joined], mention, at, sentence)
    pair = weightiest(document, 2, before=at)
    if len(pair) < 2:
        return None
    return _made(
        document, tuple(pair), at, sentence, "person" if document.entities[pair[0]].kind == "person" else "state"
    )


def _both(document: Document, one: ActorMention, other: ActorMention, at: int, sentence: int) -> ActorMention:
    entities = tuple(dict.fromkeys((*one.entities, *other.entities)))
    return _made(document, entities, at, sentence, other.kind)


def _made(document: Document, entities: tuple[int, ...], at: int, sentence: int, kind: str) -> ActorMention:
    token = document.tokens[at]
    codes = tuple(c for c in (document.entities[e].code for e in entities) if c)
    return ActorMention(
        -1,
        at,
        at + 1,
        at,
        token.start,
        token.end,
        sentence,
        entities,
        codes,
        "pronoun",
        kind,
        "d",
        None,
        rule="pronoun",
    )


def weightiest(document: Document, count: int, before: int, persons: bool = False) -> list[int]:
    """The entities that weigh most up to a token, at most one of each state, in order of the text."""
    weights: Counter[str] = Counter()
    first: dict[str, int] = {}
    for mention in _named_before(document, before):
        if mention.within is not None or mention.rule == "nisba":
            continue
        for entity in mention.entities:
            draft = document.entities[entity]
            if not draft.code or draft.kind == "outlet" or (persons and draft.kind not in ("person", "office")):
                continue
            main = draft.code.split("/")[0]
            if main == "None":
                continue
            weights[main] += 1 if mention.locative else 2 + (mention.sentence < _LEAD)
            known = first.get(main)
            # A person who acts for a state stands for it rather than its capital.
            if known is None or (draft.kind == "person" and document.entities[known].kind != "person"):
                first[main] = entity
    chosen = [main for main, _ in weights.most_common(count)]
    return sorted(first[m] for m in chosen)
