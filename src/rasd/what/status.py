"""Whether an act occurred, goes on, is planned, is possible, or is denied.

In this order: the act's own negation; the operators over it; the light verb that carries its
tense; the event word whose content it is; its own tense and particles; for a masdar, the
preposition before it and the tense of the clause. Each answer comes with its reason.
"""

from __future__ import annotations

from rasd.what.candidates import Candidate, Governor
from rasd.what.clauses import Borders, SentenceView
from rasd.what.lexemes import ACTIVE, NOUN, PASSIVE, VERB

# Acts of speech: the imperfect reports them as done (تطالب إيران); other acts are then going on.
VERBAL = {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"}

# What an act is when it is the content of another.
UNDER = {"REQUEST": "possible", "THREATEN": "possible", "AGREE": "planned", "REJECT": "possible", "CONCEDE": "planned"}


def status_of(view: SentenceView, candidate: Candidate, borders: Borders) -> tuple[str, str]:
    """The status of a candidate and the reason for it."""
    if candidate.predicate.status is not None:
        return candidate.predicate.status, "the word itself"
    if candidate.negated:
        return "denied", "negated"
    for governor in candidate.governors:
        found = _governed(view, governor, candidate, borders)
        if found is not None:
            return found
    over = candidate.over
    if over is not None and over.predicate.type in UNDER and not over.refused and over.light is None:
        return UNDER[over.predicate.type], f"content of {over.predicate.type}"
    if candidate.hit.kind == VERB:
        return _verb_status(view, candidate, borders)
    if candidate.hit.kind in (ACTIVE, PASSIVE):
        return "occurred", "participle"
    return _noun_status(view, candidate, borders)


def _governed(view: SentenceView, governor: Governor, candidate: Candidate, borders: Borders) -> tuple[str, str] | None:
    operator = governor.operator
    if operator is not None:
        word = view.token(governor.at).text
        if operator.id == "still":
            return None if candidate.predicate.type in VERBAL else ("ongoing", f"under {word}")
        if operator.id == "try" and candidate.predicate.type == "ASSAULT":
            return "occurred", "an attempt is an attack"
        if governor.negated:
            return ("occurred" if operator.status == "denied" else "denied"), f"under a negated {word}"
        if operator.status == "ongoing" and candidate.predicate.type in VERBAL:
            return None
        if operator.id == "decide" and candidate.hit.kind == NOUN and candidate.hit.split.definite:
            return None
        return operator.status, f"under {word}"
    light, hit = governor.light, governor.hit
    if light is None or hit is None:
        return None
    if governor.negated:
        return "denied", "under a negated light verb"
    if light.status is not None:
        if light.status == "ongoing" and candidate.predicate.type in VERBAL:
            return "occurred", f"under {light.id}"
        return light.status, f"under {light.id}"
    stand_in = Candidate(governor.at, hit, candidate.predicate)
    stand_in.over = candidate.over
    status, reason = _verb_status(view, stand_in, borders)
    if status == "occurred" and hit.tense == "I" and candidate.predicate.type in VERBAL:
        return "occurred", reason
    return status, f"light verb: {reason}"


def _verb_status(view: SentenceView, candidate: Candidate, borders: Borders) -> tuple[str, str]:
    hit = candidate.hit
    before = view.token(candidate.at - 1).key if candidate.at > view.sentence.first else ""
    if hit.tense == "P":
        return "occurred", "past tense"
    if "س" in hit.split.proclitics or before.lstrip("وف") == "سوف":
        return "planned", "future"
    if before == "قد" or before == "وقد":
        return "possible", "قد before an imperfect"
    if "ل" in hit.split.proclitics or before in ("كي", "لكي"):
        return "possible", "purpose"
    if before in ("ان", "بان"):
        return _after_an(view, candidate)
    if _future_time(view):
        return "planned", "a date to come"
    if any(view.token(i).key in borders.being for i in range(max(view.sentence.first, candidate.at - 4), candidate.at)):
        return "occurred", "كان before an imperfect"
    if candidate.predicate.type in VERBAL:
        return "occurred", "imperfect of saying"
    return "ongoing", "imperfect"


def _after_an(view: SentenceView, candidate: Candidate) -> tuple[str, str]:
    """An imperfect after أن: as the clause before it says (بعد أن, قبل أن, على أن)."""
    at = candidate.at - 2
    word = view.token(at).key if at >= view.sentence.first else ""
    if word in ("بعد", "منذ"):
        return "occurred", "after بعد أن"
    if word == "قبل":
        future = any("س" in t.form.splits[0].proclitics or t.key.startswith("سي") for t in view.tokens if t.tag == "VI")
        return ("planned", "قبل أن in a future clause") if future else ("occurred", "قبل أن")
    return "possible", "after أن"


def _future_time(view: SentenceView) -> bool:
    """Whether the sentence speaks of a time to come by its word alone (غدا, المقبل, قريبا)."""
    words = [view.token(i).key for t in view.times for i in range(t.first, t.last)]
    return any(t.value == "FUTURE_REF" for t in view.times) or not _COMING.isdisjoint(words)


_COMING = {"غدا", "المقبل", "المقبلة", "القادم", "القادمة"}


def _noun_status(view: SentenceView, candidate: Candidate, borders: Borders) -> tuple[str, str]:
    prep = candidate.prep
    if prep in borders.after:
        return "occurred", f"after {prep}"
    main = _main_verb(view, candidate)
    if prep in borders.purpose and candidate.predicate.type not in ("ACCUSE", "REJECT", "ASSAULT"):
        return ("occurred", "complement of a noun") if _complements(view, candidate) else ("planned", "purpose")
    if _joins_purpose(view, candidate):
        return "planned", "joined to a purpose"
    if main is not None:
        token = view.token(main)
        if token.tag == "VI" and (
            token.key.startswith("س") or view.token(max(main - 1, view.sentence.first)).key == "سوف"
        ):
            return "planned", "in a future clause"
        if main > view.sentence.first and view.token(main - 1).key in ("لن",):
            return "denied", "in a negated future clause"
    return "occurred", "a masdar of what happened"


def _complements(view: SentenceView, candidate: Candidate) -> bool:
    """A noun after ل that completes the noun before it (تكملة لزيارته), and is no purpose."""
    if candidate.at == view.sentence.first or not (candidate.hit.split.definite or candidate.hit.split.enclitic):
        return False
    before = view.token(candidate.at - 1)
    return before.tag in ("N", "M", "J", "A", "U") and not before.key.startswith("ال")


def _joins_purpose(view: SentenceView, candidate: Candidate) -> bool:
    """A masdar after و that goes on with a purpose: للاجتماع بالملك وبحث الأزمة."""
    if not candidate.hit.split.proclitics.startswith("و") or candidate.hit.split.definite:
        return False
    for index in range(candidate.at - 1, max(view.sentence.first, candidate.at - 12) - 1, -1):
        if view.border(index) in ("mark", "verb", "that", "which", "clause"):
            return False
        token = view.token(index)
        if (
            token.tag == "M"
            and token.key.lstrip("و").startswith("ل")
            and any(s.proclitics.endswith("ل") for s in token.form.splits[1:])
        ):
            return True
    return False


def _main_verb(view: SentenceView, candidate: Candidate) -> int | None:
    """The finite verb nearest before the candidate in its clause."""
    for index in range(candidate.at - 1, max(view.sentence.first - 1, candidate.at - 16), -1):
        kind = view.border(index)
        if kind == "verb":
            return index
        if kind in ("mark", "clause", "which"):
            return None
    return None
