"""The rules of times that come again."""

from __future__ import annotations

from rasd.when import calendar as cal
from rasd.when.scene import Found, Meaning, actions


def every(m: Found) -> Meaning | None:
    unit = m.unit() if m.has("unit") else m.unit("unit2")
    count = m.number("n") if m.has("n") else 1.0
    lexeme = m.lex("unit2")
    if lexeme is not None and lexeme.kind == "U2":
        count = 2.0
    return Meaning("set", "SET", cal.duration_value(count, unit)) if count else None


def every_day(m: Found) -> Meaning | None:
    """``كل اثنين``, ``أيام الأحد``."""
    number = m.value("wd")
    before = m.before
    lexeme = m.lex("wd")
    if lexeme is not None and lexeme.kind == "WDB" and m.last - m.first == 2 and number in (1, 7):
        # كل أحد is "everyone" and كل اثنين "every two" more often than the day.
        after = m.scene.tokens[m.last].kind if m.last < len(m.scene.tokens) else "punct"
        if after == "word" and m.after is None:
            return None
    if before is not None and before.kind in ("NW", "D"):
        return None
    return Meaning("set", "SET", f"XXXX-WXX-{number}", weekday=number)


def every_season(m: Found) -> Meaning | None:
    """``كل صيف``, ``كل رمضان``."""
    if m.has("season"):
        return Meaning("set", "SET", f"XXXX-{m.text('season')}")
    month = m.value("mon")
    if month is None:
        return None
    return Meaning("set", "SET", f"XXXX-{month:02d}" if month <= 12 else "P1Y")


def every_part(m: Found) -> Meaning | None:
    part = m.text("part") or ""
    return Meaning("set", "SET", "T12:00" if part == "NOON" else "T00:00" if part == "MIDNIGHT" else f"T{part}")


def set_word(m: Found) -> Meaning | None:
    return Meaning("set", "SET", m.text("set") or "P1D")


def set_times(m: Found) -> Meaning | None:
    if m.has("set"):
        return set_word(m)
    unit = m.text("unit") or m.text("unit2") or "day"
    return Meaning("set", "SET", cal.duration_value(1, unit))


ACTIONS = actions(every, every_day, every_season, every_part, set_word, set_times)
