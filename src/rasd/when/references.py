"""The rules of words that point at a time without naming it."""

from __future__ import annotations

from rasd.when import calendar as cal
from rasd.when.scene import Found, Meaning, actions, of_stretch


def reference(m: Found) -> Meaning | None:
    lexeme = m.scene.found.get(m.first)
    key = m.scene.tokens[m.first].key
    if key in ("سابقا", "حديثا", "قريبا") and m.first:
        # An adjective: استطلاعا حديثا, قريبا من.
        noun = m.scene.tokens[m.first - 1]
        if (noun.key.endswith("ا") and len(noun.key) > 3) or (m.after is not None and m.after.kind == "OF"):
            return None
    kind = "earlier" if lexeme is not None and lexeme.kind == "EARLIER" else "ref"
    if lexeme is not None and lexeme.value == "PAST_REF" and m.scene.tokens[m.first].key == "وقت":
        kind = "earlier"
    return Meaning(kind, "DATE", str(lexeme.value) if lexeme is not None else "PAST_REF")


def before(m: Found) -> Meaning | None:
    """``في السابق``."""
    return Meaning("ref", "DATE", "PAST_REF")


def in_the_past(m: Found) -> Meaning | None:
    """``في الماضي``."""
    return Meaning("ref", "DATE", "PAST_REF") if m.scene.tokens[m.first].key == "الماضي" else None


def a_while(m: Found) -> Meaning | None:
    """``منذ فترة``, ``قبل مدة قصيرة``, where no length follows."""
    after = m.after
    if m.scene.tokens[m.first].key not in ("فترة", "مدة", "زمن") or (after is not None and after.kind in _LENGTHS):
        return None
    return Meaning("ref", "DATE", "PAST_REF")


# What may follow to say how long it was.
_LENGTHS = ("NW", "D", "INT", "U1", "U2", "UP", "APPROX", "LESS", "YRW", "SOME", "F")


def recently(m: Found) -> Meaning | None:
    """``أخيرا``: recently; opening a sentence or after ``و`` it is "finally"."""
    if m.scene.found[m.first].joined or m.first == m.scene.sentence_first(m.first):
        return None
    return Meaning("ref", "DATE", "PAST_REF")


def later(m: Found) -> Meaning | None:
    tense = m.tense
    undated = m.scene.today is None
    return Meaning("later", "DATE", "PAST_REF" if tense < 0 and not undated else "FUTURE_REF")


def then(m: Found) -> Meaning | None:
    """``آنذاك``, ``ذلك العام``: what was last dated."""
    kind = m.lex("then")
    anchor = m.scene.anchor()
    if kind is None:
        return None
    if anchor is None or anchor.begin is None or not anchor.value:
        return Meaning("ref", "DATE", "PAST_REF")
    if kind.kind == "THENYEAR":
        return of_stretch("year", cal.year_of(anchor.begin.year))
    if kind.kind == "THENMONTH":
        return of_stretch("month", cal.month_of(anchor.begin.year, anchor.begin.month))
    value = anchor.value.split("T")[0]
    return Meaning("then", "DATE", value, anchor.begin, anchor.end, anchor.approximate)


ACTIONS = actions(reference, before, in_the_past, a_while, recently, later, then)
