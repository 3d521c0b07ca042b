"""What an act led to: the dead of a raid are told beside the raid and are no act of their own.

``أسفرت الغارة عن مقتل تسعة`` and ``قتل تسعة في غارة`` tell one act, the raid. Where no act is told
beside them (``قتل جندي في بغداد``), the killing itself is the act.
"""

from __future__ import annotations

from collections.abc import Set
from itertools import pairwise

from rasd.what.candidates import Candidate
from rasd.what.clauses import SentenceView

# How far after the word for the dead the act that they died in may stand.
CAUSE_REACH = 26
# How far before a verb that says what came of it an act may stand (هاجموا الدورية وقتلوا).
OUTCOME_REACH = 12
# How far after a result another joins it (مقتل وإصابة, قتل ثلاثة وجرح سبعة).
JOIN_REACH = 10


def drop_results(view: SentenceView, candidates: list[Candidate], causes: Set[str]) -> None:
    """Refuse each result whose act the sentence tells. ``causes`` are the words before such an act."""
    acts = [c for c in candidates if not c.refused and not c.predicate.result]
    joined: Candidate | None = None
    for candidate in candidates:
        if candidate.predicate.stand_in and not candidate.refused:
            kind = candidate.predicate.type
            if any(a.predicate.type == kind and a is not candidate for a in acts):
                candidate.refused = "the sentence tells the act"
                acts.remove(candidate)
    _drop_doubles(candidates)
    for result in candidates:
        if result.refused or not result.predicate.result:
            continue
        kind = result.predicate.type
        told = [a for a in acts if a.predicate.type == kind]
        after_result = joined is not None and result.at - joined.at <= JOIN_REACH and _opens_with_and(result)
        if any(_leads_to(view, a, result, causes) for a in told) or after_result:
            result.refused = "it is the result of an act told beside it"
            joined = result


# Types whose acts are told in pairs of words that say one thing (إدانة واستنكار, تعاون وتنسيق).
_PAIRED = frozenset({"ACCUSE", "SUPPORT", "REJECT", "REQUEST", "AGREE", "COOPERATE", "CONSULT", "THREATEN"})


def _drop_doubles(candidates: list[Candidate]) -> None:
    """Refuse a noun that only repeats the noun before it in other words (عن إدانته واستنكاره)."""
    for first, second in pairwise(candidates):
        if first.refused or second.refused or first.predicate.type != second.predicate.type:
            continue
        if first.predicate.type not in _PAIRED or second.at - first.at != 1:
            continue
        if first.is_noun and second.is_noun and _opens_with_and(second):
            second.refused = "it repeats the act before it"


def _opens_with_and(candidate: Candidate) -> bool:
    return candidate.hit.split.proclitics[:1] in ("و", "ف")


def _leads_to(view: SentenceView, act: Candidate, result: Candidate, causes: Set[str]) -> bool:
    """Whether the dead that ``result`` tells of died in ``act``."""
    if act.at > result.at:
        if act.at - result.at > CAUSE_REACH or any(view.border(i) == "mark" for i in range(result.at + 1, act.at)):
            return False
        return _cause_before(view, act, causes) or (act.is_verb and _clause_before(view, act))
    if any(g.light is not None and g.light.outcome for g in result.governors):
        return True
    if result.at - act.at > OUTCOME_REACH:
        return False
    return result.is_verb and result.hit.voice != "p" and _opens_with_and(result)


def _cause_before(view: SentenceView, act: Candidate, causes: Set[str]) -> bool:
    """A word of cause before an act's noun, "a series of" and the like between them."""
    if not act.is_noun:
        return False
    if act.prep in causes:
        return True
    for at in range(act.at - 1, max(view.sentence.first, act.at - 3) - 1, -1):
        key = view.token(at).key
        if key in causes:
            return True
        if view.token(at).kind != "word" or view.border(at):
            return False
    return False


def _clause_before(view: SentenceView, act: Candidate) -> bool:
    """A clause of time right before an act's verb: قتل حين فجر انتحاري نفسه, قتلوا عندما هاجمهم مسلحون."""
    return any(view.border(at) == "clause" for at in range(act.at - 1, max(view.sentence.first, act.at - 3) - 1, -1))
