"""Whether an act occurred, goes on, is planned, is possible, or is denied.

In this order: the act's own negation; the operators over it; the light verb that carries its
tense; the event word whose content it is; its own tense and particles; for a masdar, the
preposition before it and the tense of the clause. Each answer comes with its reason.
"""

from __future__ import annotations

from rasd.text.clitics import stands_in, unjoined
from rasd.what.candidates import CONDITION, Candidate, Governor
from rasd.what.clauses import Borders, SentenceView
from rasd.what.grammar import Operator
from rasd.what.lexemes import ACTIVE, PASSIVE, VERB
from rasd.what.scope import construct_preposition

# The reason given where an act is only what another is meant for.
PURPOSE = "purpose"

# Acts of speech: the imperfect reports them as done (تطالب إيران); other acts are then going on.
VERBAL = {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"}

# What an act is when it is the content of another.
UNDER = {"REQUEST": "possible", "THREATEN": "possible", "AGREE": "planned", "REJECT": "denied", "CONCEDE": "planned"}


# Acts that are done in the doing of what is done for them: they marched to protest, summoned him to warn.
OUTWARD = {"PROTEST", "REQUEST", "THREATEN", "SUPPORT"}

# Prepositions of the time that another act fell in.
DURING = {"خلال", "اثناء"}

# How far from a verb a time to come may stand.
TIME_REACH = 8
# How far back the verb may stand that a verb with و is joined to.
CHAIN_REACH = 12

# The prepositions before an act's noun that make it the content of the act over it.
CONTENT = {
    "REQUEST": ("ب", "الي", "ل", "علي", ""),
    "THREATEN": ("ب", "من"),
    "AGREE": ("علي", "ب", "ل", ""),
    "REJECT": ("", "عن"),
    "CONCEDE": ("ب", "ل", "علي"),
}
# What talks are held about is not done yet where it is of these types.
ABOUT = {"حول", "بشان"}
NEGOTIATED = {"RETREAT", "AGREE", "COOPERATE", "CONCEDE", "SUPPORT", "AID"}
# The operator that an indefinite "any" is, those of trying and of fear, and those that say that what was there goes on.
ANY, TRY, FEAR = "any", "try", "fear"
GOING_ON = {"continue", "still", "stop"}
# How far from the act over it such content may stand where no preposition marks it.
DIRECT = 3


def status_of(view: SentenceView, candidate: Candidate, borders: Borders) -> tuple[str, str]:
    """The status of a candidate and the reason for it; kept on the candidate for those joined to it."""
    candidate.status, candidate.status_reason = _status(view, candidate, borders)
    return candidate.status, candidate.status_reason


def _status(view: SentenceView, candidate: Candidate, borders: Borders) -> tuple[str, str]:
    if candidate.predicate.status is not None:
        return candidate.predicate.status, "the word itself"
    condition = next((g for g in candidate.governors if g.operator and g.operator.id == CONDITION), None)
    if condition is not None:
        return "possible", f"under {view.token(condition.at).text}"
    if candidate.conditional:
        return "possible", "under a condition"
    if candidate.incident:
        return "occurred", "an incident"
    if candidate.negated:
        return "denied", "negated"
    described = candidate.described
    if described is not None and described.operator is not None:
        return described.operator.status, f"described as {view.token(described.at).text}"
    if candidate.is_noun and construct_preposition(view, candidate.at, candidate.prep) in borders.after:
        return "occurred", "after بعد or its like"
    if candidate.is_noun and candidate.light is None and _under_negated_verb(view, candidate, borders):
        return "denied", "under a negated verb"
    found = _governed(view, candidate, borders)
    if found is not None:
        return found
    content = _content(view, candidate)
    if content is not None:
        return content
    if candidate.hit.kind == VERB:
        return _verb_status(view, candidate, borders)
    if candidate.hit.kind in (ACTIVE, PASSIVE):
        return "occurred", "participle"
    return _noun_status(view, candidate, borders)


def _content(view: SentenceView, candidate: Candidate) -> tuple[str, str] | None:
    """The status that the act over this one gives it as its content (دعت إلى وقف القتال)."""
    over = candidate.over
    if over is not None and over.predicate.type == "CONSULT" and candidate.prep in ABOUT:
        return ("possible", "what is talked about") if candidate.predicate.type in NEGOTIATED else None
    if over is None or over.predicate.type not in UNDER or over.refused or over.light is not None:
        return None
    if candidate.is_verb and (candidate.hit.tense == "P" or _time_before(view, candidate.at)):
        return None
    if candidate.is_noun:
        prep = construct_preposition(view, candidate.at, candidate.prep)
        if prep not in CONTENT[over.predicate.type]:
            return None
        if prep == "ل" and candidate.predicate.type in OUTWARD:
            # استدعت السفير لدعوة حكومته: done in the doing of it.
            return None
        if not prep and not _direct_object(view, over, candidate):
            return None
        if candidate.predicate.lasting and candidate.hit.split.definite and not candidate.prep:
            # حذر من عواقب الحصار: it is there already.
            return None
    return UNDER[over.predicate.type], f"content of {over.predicate.type}"


def _direct_object(view: SentenceView, over: Candidate, candidate: Candidate) -> bool:
    """A noun right behind the word over it, or behind its subject; not one deeper in a genitive (ضحايا مذبحة)."""
    if candidate.at - over.at > DIRECT or candidate.hit.split.definite:
        return False
    before = candidate.at - 1
    return before == over.at or before in view.covering or view.token(before).tag == "M"


def _governed(view: SentenceView, candidate: Candidate, borders: Borders) -> tuple[str, str] | None:
    """What the operators over an act and its light verb say of it, None where they say nothing."""
    light = candidate.light
    if light is not None and light.negated:
        return "denied", "under a negated light verb"
    if light is not None and light.at > candidate.at:
        # الهجوم الذي نفذته: what is told of the noun itself goes before what stands over its phrase.
        return _lit(view, light, candidate, borders)
    found: tuple[str, str] | None = None
    weak: tuple[str, str] | None = None
    for governor in candidate.governors:
        if governor.operator is None:
            continue
        said = _operated(view, governor, governor.operator, candidate, borders)
        if governor.operator.id == ANY:
            # "Any" says least: what else is over the act goes first (ليس من المتوقع عقد أي صفقات).
            weak = weak or said
        elif said is not None:
            found = said if found is None else _further(found, said)
    if found is None and light is not None:
        found = _lit(view, light, candidate, borders)
    return found or weak


def _further(inner: tuple[str, str], outer: tuple[str, str]) -> tuple[str, str]:
    """What two operators say together, ``outer`` over ``inner``: نفى أن يكون يعتزم, ربما يعتزم."""
    if outer[0] == "denied":
        return ("occurred" if inner[0] == "denied" else "denied"), outer[1]
    return outer if outer[0] == "possible" and inner[0] == "planned" else inner


def _operated(
    view: SentenceView, governor: Governor, operator: Operator, candidate: Candidate, borders: Borders
) -> tuple[str, str] | None:
    word = view.token(governor.at).text
    if operator.id == TRY and candidate.predicate.type == "ASSAULT" and not governor.negated:
        return "occurred", "an attempt is an attack"
    if governor.negated and operator.id != "still":
        return ("occurred" if operator.status == "denied" else "denied"), f"under a negated {word}"
    status = operator.status
    if governor.hit is not None and governor.hit.kind == VERB:
        past = governor.hit.tense == "P" or _after_being(view, governor.at, borders)
        if past:
            status = operator.past or status
        elif operator.imperfect is not None and not _to_come(view, governor.at):
            status = operator.imperfect
    if operator.id == FEAR and candidate.predicate.lasting and candidate.hit.split.definite:
        # عواقب الحصار: what is feared comes of what is there.
        return None
    if operator.id == PURPOSE and candidate.predicate.type in OUTWARD and status == "possible":
        return "occurred", "what the main act says"
    if operator.id in GOING_ON and candidate.predicate.type in VERBAL:
        return None
    return status, f"under {word}"


def _lit(view: SentenceView, governor: Governor, candidate: Candidate, borders: Borders) -> tuple[str, str] | None:
    """What the light verb of an act says of it."""
    light, hit = governor.light, governor.hit
    if light is None or hit is None:
        return None
    stand_in = Candidate(governor.at, hit, candidate.predicate)
    stand_in.over = candidate.over
    status, reason = _verb_status(view, stand_in, borders)
    if light.status is not None and status in ("occurred", "ongoing"):
        if light.status == "ongoing" and (candidate.predicate.type in VERBAL or hit.tense == "P"):
            return "occurred", f"under {light.id}"
        return light.status, f"under {light.id}"
    if status == "occurred" and hit.tense == "I" and candidate.predicate.type in VERBAL:
        return "occurred", reason
    return status, f"light verb: {reason}"


def _verb_status(view: SentenceView, candidate: Candidate, borders: Borders) -> tuple[str, str]:
    hit = candidate.hit
    if hit.tense == "P":
        return "occurred", "past tense"
    at = _head(view, candidate)
    before = view.token(at - 1).key if at > view.sentence.first else ""
    if "س" in hit.split.proclitics or unjoined(before) == "سوف" or (at != candidate.at and _future(view, at)):
        return "planned", "future"
    if before == "قد" or before == "وقد":
        return "possible", "قد before an imperfect"
    if stands_in(before, borders.was_not):
        return "occurred", "a negation of the past that an exception takes back"
    if "ل" in hit.split.proclitics or before in ("كي", "لكي"):
        return "possible", PURPOSE
    if before in ("ان", "بان"):
        return _after_an(view, at)
    if _future_time(view, at):
        return "planned", "a date to come"
    if unjoined(before) == "من":
        return "occurred", "whoever does it"
    if _circumstance(view, at, borders):
        return "occurred", "a circumstance of the past"
    if _after_being(view, at, borders):
        return "occurred", "كان before an imperfect"
    if candidate.predicate.type in VERBAL and not candidate.predicate.lasting:
        return "occurred", "imperfect of saying"
    if _headline(view, candidate):
        return "occurred", "the present of a headline"
    return "ongoing", "imperfect"


def _after_being(view: SentenceView, at: int, borders: Borders) -> bool:
    """Whether كان stands before an imperfect, its subject perhaps between."""
    first = max(view.sentence.first, at - 4)
    return any(stands_in(view.token(i).key, borders.being) for i in range(first, at))


def _head(view: SentenceView, candidate: Candidate) -> int:
    """Where the imperfect stands whose particles hold for a verb joined to it: أن يلتقي ويبحث, كانوا يهتفون ويرشقون."""
    at = candidate.at
    if not candidate.hit.split.proclitics.startswith("و") or view.border(max(at - 1, view.sentence.first)):
        return at
    for index in range(at - 1, max(view.sentence.first, at - CHAIN_REACH) - 1, -1):
        kind = view.border(index)
        if kind in ("mark", "clause", "which"):
            return at
        if kind == "verb":
            token = view.token(index)
            if token.tag != "VI":
                return at
            if not token.key.startswith("و"):
                return index
    return at


def _future(view: SentenceView, at: int) -> bool:
    """Whether the imperfect at ``at`` is a future (سيزور)."""
    return view.token(at).key[:2] in ("سي", "ست", "سن")


def _to_come(view: SentenceView, at: int) -> bool:
    """Whether the imperfect at ``at`` is a future or stands after أن."""
    return _future(view, at) or (at > view.sentence.first and view.token(at - 1).key in ("ان", "سوف", "لن"))


def _time_before(view: SentenceView, at: int) -> bool:
    """Whether أن before a verb follows a word of time (بعد أن, قبل أن), so that its clause is nobody's content."""
    return at - 2 >= view.sentence.first and view.token(at - 2).key in ("بعد", "قبل", "منذ")


def _after_an(view: SentenceView, verb: int) -> tuple[str, str]:
    """An imperfect after أن: as the clause before it says (بعد أن, قبل أن, على أن)."""
    at = verb - 2
    word = view.token(at).key if at >= view.sentence.first else ""
    if word in ("بعد", "منذ"):
        return "occurred", "after بعد أن"
    if word == "قبل":
        future = any("س" in t.form.splits[0].proclitics or t.key.startswith("سي") for t in view.tokens if t.tag == "VI")
        return ("planned", "قبل أن in a future clause") if future else ("occurred", "قبل أن")
    return "possible", "after أن"


def _future_time(view: SentenceView, at: int) -> bool:
    """Whether a time near the verb at ``at`` is to come by its words alone (غدا, المقبل, قريبا)."""
    return any(
        (t.value == "FUTURE_REF" or (t.clue is not None and t.clue.relation == 1))
        and (t.first <= at + TIME_REACH if t.first > at else at - t.last <= TIME_REACH)
        for t in view.times
    )


def _circumstance(view: SentenceView, at: int, borders: Borders) -> bool:
    """An imperfect that goes along with a past act: متظاهرين يحتجون (a noun without article), وهم يهتفون."""
    if at == view.sentence.first:
        return False
    before = view.token(at - 1)
    if before.key.startswith("و") and before.key[1:] in borders.pronouns:
        return not any(t.tag == "VI" for t in view.tokens[: at - view.sentence.first])
    if not _past_before(view, at):
        return False
    return before.tag in ("N", "A", "J", "M") and not before.key.startswith("ال") and at - 1 not in _named(view)


# How far from the beginning of a headline its verb may stand.
HEADLINE_REACH = 8


def _headline(view: SentenceView, candidate: Candidate) -> bool:
    """The imperfect of a headline, subject first, tells what has been done: إسرائيل تغتال قائدا."""
    first = view.sentence.first
    if not 0 < candidate.at - first <= HEADLINE_REACH or candidate.hit.split.proclitics:
        return False
    # Some papers write headline, star and text in one line.
    star = next((n for n, t in enumerate(view.tokens) if t.text == "*"), len(view.tokens))
    if any(t.tag == "VP" for t in view.tokens[:star]) or view.tokens[star - 1].text in (".", "؟"):
        return False
    if any(view.border(i) not in ("", "comma") for i in range(first, candidate.at)):
        return False
    subject = next(iter(view.mentions), None)
    return subject is not None and subject.first < candidate.at and not subject.prep


def _named(view: SentenceView) -> set[int]:
    return {at for m in view.mentions if m.how in ("name", "title", "metonym") for at in range(m.first, m.last)}


def _noun_status(view: SentenceView, candidate: Candidate, borders: Borders) -> tuple[str, str]:
    prep = construct_preposition(view, candidate.at, candidate.prep)
    main = _main_verb(view, candidate)
    if prep in borders.purpose and candidate.predicate.type != "ASSAULT":
        if _complements(view, candidate):
            return "occurred", "complement of a noun"
        outward = candidate.predicate.type in OUTWARD or candidate.predicate.mode == "disapprove"
        if outward and _past_before(view, candidate.at):
            return "occurred", "what the main act says"
        return "planned", PURPOSE
    joined = candidate.joined
    if joined is not None and not candidate.hit.split.definite:
        if not joined.status_reason:
            status_of(view, joined, borders)
        return joined.status, f"joined to what is so: {joined.status_reason}"
    if _subject_to_come(view, candidate):
        return "planned", "subject of a future verb"
    if main is not None:
        token = view.token(main)
        if token.tag == "VI" and (
            token.key.startswith("س") or view.token(max(main - 1, view.sentence.first)).key == "سوف"
        ):
            if candidate.hit.split.definite and not prep:
                return "occurred", "known, in a future clause"
            return "planned", "in a future clause"
        before = view.token(main - 1).key if main > view.sentence.first else ""
        if token.tag == "VI" and before in ("قد", "وقد") and not candidate.hit.split.definite:
            return "possible", "under قد before an imperfect"
        if before == "لن":
            return "denied", "in a negated future clause"
    if candidate.predicate.lasting and candidate.hit.split.definite:
        if prep in DURING and _past_before(view, candidate.at):
            return "occurred", "when what is past was done"
        if not _subject_of_past(view, candidate, borders):
            return "ongoing", "it lasts"
    return "occurred", "a masdar of what happened"


# How far after a negated verb the noun that it denies may stand (لم تحدث أية اعتداءات).
NEGATED_REACH = 3


def _under_negated_verb(view: SentenceView, candidate: Candidate, borders: Borders) -> bool:
    """Whether a noun is what a negated verb before it says that there was not."""
    if candidate.hit.split.definite or candidate.hit.split.proclitics:
        return False
    named = {i for p in view.places for i in range(p.first, p.last)} | view.covering.keys()
    left = NEGATED_REACH
    for index in range(candidate.at - 1, view.sentence.first - 1, -1):
        if index in named:
            continue
        token = view.token(index)
        if token.tag in ("VP", "VI"):
            before = view.token(index - 1).key if index > view.sentence.first else ""
            return stands_in(before, borders.negations)
        left -= 1
        if not left or view.border(index) or token.key in borders.prepositions:
            return False
    return False


def _past_before(view: SentenceView, at: int) -> bool:
    return any(t.tag == "VP" for t in view.tokens[: at - view.sentence.first])


def _subject_to_come(view: SentenceView, candidate: Candidate) -> bool:
    """A noun that a future verb behind it speaks of: المحادثات ستتناول, اللقاء الذي سيجمع."""
    relative_only = candidate.prep not in ("", "عن")
    which = False
    for index in range(candidate.at + 1, min(candidate.at + 9, view.sentence.last)):
        kind = view.border(index)
        if kind in ("mark", "that", "clause"):
            return False
        if kind == "which":
            which = True
        if kind == "verb":
            token = view.token(index)
            future = token.tag == "VI" and token.key[:2] in ("سي", "ست", "سن")
            return (future or view.token(index - 1).key == "سوف") and (which or not relative_only)
    return False


# How far behind its subject a verb of the past may stand (نطاق القتال في الجنوب دفع).
SUBJECT_REACH = 5


def _subject_of_past(view: SentenceView, candidate: Candidate, borders: Borders) -> bool:
    """Whether what a noun names is told of in the past by the verb behind it: المفاوضات كانت, القتال دفع."""
    for index in range(candidate.at + 1, min(candidate.at + 1 + SUBJECT_REACH, view.sentence.last)):
        token = view.token(index)
        if view.border(index) == "verb" or token.key in borders.being:
            return token.tag == "VP" and not token.key.startswith("و")
        if view.border(index):
            return False
    return False


def _complements(view: SentenceView, candidate: Candidate) -> bool:
    """A noun after ل that completes the noun before it (تكملة لزيارته), and is no purpose."""
    if candidate.at == view.sentence.first:
        return False
    before = view.token(candidate.at - 1)
    if any(time.first < candidate.at == time.last for time in view.times):
        # أمامه أسبوع للموافقة
        return False
    if before.tag == "M" and any(r.tag == "M" and r.enclitic for r in before.form.readings):
        # رفضهم لتحذيرات الوزارة: the object of a noun with a pronoun.
        return True
    if not (candidate.hit.split.definite or candidate.hit.split.enclitic):
        return False
    return before.tag in ("N", "M", "J", "A", "U") and not before.key.startswith("ال")


def _main_verb(view: SentenceView, candidate: Candidate) -> int | None:
    """The finite verb nearest before the candidate in its clause."""
    for index in range(candidate.at - 1, max(view.sentence.first - 1, candidate.at - 16), -1):
        kind = view.border(index)
        if kind == "verb":
            return index
        if kind in ("mark", "clause", "which"):
            return None
    return None
