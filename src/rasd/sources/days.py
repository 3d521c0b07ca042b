"""The day of publication as sources write it: ISO 8601, mail and feed dates, stamps, days of tables."""

from __future__ import annotations

import datetime as dt
import math
import re

from rasd.sources.article import publication_date
from rasd.text.letters import western_digits

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?\d{4}(?:\d{2})?Z?)?")
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[ T].*)?")
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T].*)?")
# The name of a day or month, as mail, feeds and programs write them.
_NAMED = re.compile(r"[A-Za-z]{3}")
_WORD = re.compile(r"[^\W\d_]{2}")
# Seconds since 1970 that lie between 1973 and 2286, and thousandths of them.
_STAMP = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")


def day_of(value: object) -> dt.date:
    """The day that a value means; of a moment the day in its own zone. Raises `ValueError` with the reason.

    Days with the year last are taken where only one order is possible (``25/12/2016``).
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError("is no date")
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("is no date")
        value = int(value)
    return _written(str(value))


def _written(text: str) -> dt.date:
    plain = western_digits(text.strip())[:64]
    if match := _COMPACT.fullmatch(plain) or _SLASHED.fullmatch(plain):
        return publication_date("-".join(match.groups()))
    if match := _NUMBERS.fullmatch(plain):
        return _year_last(plain, *(int(part) for part in match.groups()))
    if _STAMP.fullmatch(plain):
        seconds = float(plain) if len(plain.partition(".")[0]) < 12 else int(plain) / 1000
        return (dt.datetime(1970, 1, 1) + dt.timedelta(seconds=seconds)).date()
    if _NAMED.search(plain):
        import email.utils  # slow to import, seldom needed

        try:
            return email.utils.parsedate_to_datetime(plain).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            pass
    if _WORD.search(plain):
        from rasd.sources.month_names import named_day  # reads knowledge files, seldom needed

        if (named := named_day(plain)) is not None:
            return publication_date(named)
    return publication_date(text)


def _year_last(text: str, first: int, second: int, year: int) -> dt.date:
    if first > 12 or first == second:
        return publication_date(f"{year}-{second}-{first}")
    if second > 12:
        return publication_date(f"{year}-{first}-{second}")
    raise ValueError(f"'{text[:40]}' may be {first:02}-{second:02} or {second:02}-{first:02}: write it as 2016-10-31")
