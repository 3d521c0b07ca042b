"""Days of publication that name their month: ``7 نوفمبر 2016``, ``7 تشرين الثاني/نوفمبر 2016``, ``7 Nov 2016``."""

from __future__ import annotations

import functools
import re

from rasd.text.letters import fold

# As many letters of an English month name it.
_SHORT = 3


def named_day(text: str) -> str | None:
    """The day that ``text`` names, as ``2016-11-7``; ``None`` where it names none of the Gregorian calendar, or two.

    Digits are those of ASCII. What stands beside it, a weekday, a time, the Hijri date, is passed over.
    """
    months, forms = _forms()
    found: set[str] = set()
    plain = fold(text).lower()
    for form in forms:
        for match in form.finditer(plain):
            named = {months[name] for name in re.findall(_name(), match["months"])}
            if len(named) == 1:
                found.add(f"{match['year']}-{named.pop()}-{match['day']}")
    return found.pop() if len(found) == 1 else None


@functools.cache
def _months() -> dict[str, int]:
    from rasd.lexicon.files import OURS, load_yaml  # here and below, because few sources need it
    from rasd.when.lexemes import MonthName

    entries = load_yaml(OURS / "time" / "months.yaml", list[MonthName])
    arabic = {fold(word): each.month for each in entries if not each.hijri for word in each.words}
    english = load_yaml(OURS / "sources" / "months.yaml", list[list[str]])
    named = {name[:size]: n for n, names in enumerate(english, 1) for name in names for size in (_SHORT, len(name))}
    return arabic | named


@functools.cache
def _name() -> str:
    longest_first = sorted(_months(), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"


@functools.cache
def _forms() -> tuple[dict[str, int], list[re.Pattern[str]]]:
    months = rf"(?P<months>{_name()}(?:[\s/()\-]+{_name()})*)"
    day, year = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})(?!\d)"
    return _months(), [
        re.compile(rf"{day}[\s\-/.]+{months}[)\s\-/.,،]+{year}"), re.compile(rf"{months}\.?\s+{day},?\s+{year}"),
    ]  # fmt: skip
