"""The rules of dates with a month, in words and in digits."""

from __future__ import annotations

import datetime as dt

from rasd.text.document import TimeClue
from rasd.text.letters import western_digits
from rasd.when import calendar as cal
from rasd.when.lexemes import Anniversary
from rasd.when.scene import FUTURE, Found, Meaning, actions, day_meaning, definite, of_stretch, unknown

# A month or day without a year lies before the article, unless it lies within so many days
# after it and nothing near it speaks of the past.
SOON = 62


def said_year(m: Found) -> int | None:
    """The year that a match says, in digits or words."""
    for group in ("year", "yeari", "year2"):
        if m.has(group):
            return m.value(group)
    for group in ("yearw", "yearw2"):
        if m.has(group):
            number = m.number(group)
            return int(number) if number is not None and 1 <= number <= 2200 else None
    if m.has("yy"):
        return _two_digits(m)
    if m.has("sameyear") or m.has("nextyear"):
        anchor = m.scene.anchor()
        year = anchor.begin.year if anchor is not None and anchor.begin is not None else None
        return year + 1 if year is not None and m.has("nextyear") else year
    return None


def _two_digits(m: Found) -> int | None:
    """``أكتوبر 73``: a year of the last century, where nothing follows that it could count."""
    number = m.value("yy")
    if number is None or not 32 <= number <= 99 or (m.after is not None and m.after.kind in _COUNTABLE):
        return None
    if m.after is None and m.last < len(m.scene.tokens):
        token = m.scene.tokens[m.last]
        if token.kind != "punct" and (not token.form.readings or token.tag not in ("VP", "VI", "P")):
            return None if not definite(token.key) else 1900 + number
        if token.text in ("%", "٪", "$", "€"):
            return None
    return 1900 + number


_COUNTABLE = ("NW", "UP", "U1", "U2", "DAY", "MONW", "YRW", "HOUR", "MINUTE", "D", "INT", "F", "CO", "TIMES")


def year_relation(m: Found) -> int | None:
    """The year that ``من العام الماضي`` or ``هذا العام`` gives, as a step from the current one."""
    if m.has("yd2"):
        return 0
    if m.has("yd"):
        return (m.value("rel") or 0) if m.has("rel") else 0
    return None


def resolve_month(m: Found, month: int, day: int | None, relation: int | None) -> int | None:
    """The year of a month (and day) without one, against the article's date; None if that is unknown."""
    today = m.scene.today
    if today is None:
        return None

    def start(year: int) -> dt.date:
        return cal.make_date(year, month, day or 1) or dt.date(year, month, 1)

    if relation == 0:
        return today.year
    own = today if day else today.replace(day=1)
    past = today.year if start(today.year) <= own else today.year - 1
    if relation is not None and relation < 0:
        return past - 1 if start(past) == own else past
    future = today.year if start(today.year) >= own else today.year + 1
    if relation is not None:
        return future + 1 if start(future) == own else future
    if past == future:
        return past
    ahead, ago = (start(future) - own).days, (own - start(past)).days
    if m.tense == FUTURE and ahead < 330:
        return future
    before = m.before.kind if m.before is not None else ""
    # Ten months ago would have been said with its year.
    return future if ahead <= SOON and ago > 270 and before != "SINCE" else past


def full_date(m: Found) -> Meaning | None:
    """A day of a month, in any order, with or without weekday and year."""
    month, day = named_month(m), m.nth("day")
    if month is None or day is None:
        return None
    if m.scene.tokens[(m.span("day") or (0, 0))[0]].key == "الاولي":
        return None  # الأيام الأولى من مارس
    year = said_year(m)
    hijri = month > 100
    if day == -1:
        return _last_day(m, month, year) if m.has("day") and m.rule == "date.last-day" else None
    if not 1 <= day <= (30 if hijri else 31):
        return None
    weekday_number = m.value("wd")
    step = year_relation(m)
    relation = m.value("rel") if m.has("rel") and step is None else None
    dash = m.scene.found.get(m.first + 1)
    if hijri and month == 102 and m.last - m.first == 3 and dash is not None and dash.kind == "DS":
        return None  # a score: 1-صفر
    if hijri:
        return _hijri_date(m, month - 100, day, year)
    if year is None and m.before is not None and (m.before.kind == "NAMED" or _quoted(m)):
        return Meaning("name", "DATE", "", hidden=True)
    if year is None and (event := anniversary(m, month, day)) is not None:
        if event.year is None:
            return Meaning("name", "DATE", "", hidden=True)
        year = event.year
    if year is None and step is not None and m.scene.today is not None:
        year = m.scene.today.year + step
    if year is None:
        clue = TimeClue("month-day", None, month, day, weekday_number, relation)
        year = resolve_month(m, month, day, relation)
        if year is None:
            return unknown("day", clue, "" if relation is not None else f"XXXX-{month:02d}-{day:02d}")
        date = cal.make_date(year, month, day)
        return day_meaning(date, clue) if date else None
    date = cal.make_date(year, month, day)
    if date is None:
        return None
    if m.has("deic"):
        return day_meaning(date, TimeClue("today-date", year, month, day, weekday_number, m.value("deic")))
    return day_meaning(date, TimeClue("date", year, month, day, weekday_number, relation))


def _quoted(m: Found) -> bool:
    """A day alone in quotation marks is a name: «14 آذار»."""
    before, after = m.before, m.after
    return before is not None and after is not None and before.kind == after.kind == "QT"


_LISTS = ("IN", "AT", "DAY", "DAYS2", "UP", "AND", "CM", "OF", "TO")


def listed_day(m: Found) -> Meaning | None:
    """``في 12 و19 مايو``: a day that shares the month of the one after it."""
    before, after = m.before, m.after
    if before is None or before.kind not in _LISTS or after is None or not (after.kind == "AND" or after.joined):
        return None
    return full_date(m)


def named_month(m: Found) -> int | None:
    """The month of a match, in one name or two of the same month; 100 more for a Hijri one."""
    span = m.span("mon")
    if span is None:
        return None
    names = [word for at in range(*span) if (word := m.scene.found.get(at)) is not None and word.kind in _NAMES]
    if not names or any(name.value != names[0].value or name.joined for name in names[1:]):
        return None
    return int(names[0].value)


_NAMES = ("MONTH", "MAMB")


def _last_day(m: Found, month: int, year: int | None) -> Meaning | None:
    """``آخر أيام مارس``."""
    if month > 100:
        return None
    year = year if year is not None else resolve_month(m, month, None, m.value("rel") if m.has("rel") else None)
    return day_meaning(cal.month_of(year, month).end) if year is not None else unknown("day")


def _hijri_date(m: Found, month: int, day: int, year: int | None) -> Meaning | None:
    given = year is not None
    if year is None:
        year = hijri_year_near(m, month)
    if year is None:
        return unknown("day")
    date = cal.hijri_day(year, month, day)
    if date is None:
        return unknown("day")
    # The moon and the paper may be a day or two apart, so the day is no sure clue.
    clue = TimeClue("hijri", date.year, date.month, date.day) if given else None
    meaning = day_meaning(date, clue)
    meaning.kind = "day"
    return meaning


def hijri_year_near(m: Found, month: int) -> int | None:
    """The Hijri year whose ``month`` lies nearest to the article's date."""
    today = m.scene.today
    year = cal.hijri_year_at(today) if today is not None else None
    if year is None or today is None:
        return None
    relation = m.value("rel") if m.has("rel") else None
    best: tuple[int, int] | None = None
    for candidate in (year - 1, year, year + 1):
        stretch = cal.hijri_month(candidate, month)
        if stretch is None:
            continue
        if relation is not None and relation < 0 and stretch.end >= today:
            continue
        if relation is not None and relation > 0 and stretch.begin <= today:
            continue
        distance = abs((stretch.begin - today).days)
        if best is None or distance < best[0]:
            best = distance, candidate
    return best[1] if best else None


def anniversary(m: Found, month: int, day: int | None) -> Anniversary | None:
    """The entry of a day that stands for one event, if the words before say that it does."""
    tokens = m.scene.tokens
    for entry in m.scene.lexemes.packed.anniversaries:
        if entry.month == month and entry.day == day:
            # A month alone stands right after its noun.
            for token in tokens[max(0, m.first - (3 if day else 1)) : m.first]:
                if any(split.stem in entry.near for split in token.form.splits):
                    return entry
    return None


def month(m: Found) -> Meaning | None:
    """A month, with or without its year and the part of it that is meant."""
    number = named_month(m)
    if number is None or not _is_month(m):
        return None
    part = "END" if m.has("last") else m.text("mod")
    year = said_year(m)
    if year is None and m.has("yy"):
        return None
    step = year_relation(m)
    relation = m.value("rel") if m.has("rel") and step is None else None
    if number > 100:
        year = year if year is not None else hijri_year_near(m, number - 100)
        stretch = cal.hijri_month(year, number - 100) if year is not None else None
        if stretch is None:
            return unknown("month")
        if part is None and not m.has("year"):
            part = None
        return of_stretch("month", cal.narrowed(stretch, part))
    if m.scene.classes[m.first] == m.scene.lexemes.chars["THIS"]:
        relation = 0
    if year is None and step is not None and m.scene.today is not None:
        year = m.scene.today.year + step
    if year is None and relation is None and step is None and (event := anniversary(m, number, None)) is not None:
        year = event.year
    given = year is not None
    clue = TimeClue("month", year, number, None, None, relation)
    if year is None:
        year = resolve_month(m, number, None, relation)
    if year is None:
        return unknown("month", clue, "" if relation is not None or step is not None else f"XXXX-{number:02d}")
    if given and not 1 <= year <= 9998:
        return None
    stretch = cal.narrowed(cal.month_of(year, number), part)
    return of_stretch("month", stretch, clue=clue)


_MONTH_CONTEXT = {"IN", "SINCE", "TO", "OF", "AFTER", "BEFORE", "BETWEEN", "DURING", "THROUGHOUT", "MOD", "MONW", "AT"}


def _is_month(m: Found) -> bool:
    """Whether a name that is also another word is a month here."""
    lexeme = m.lex("mon")
    if lexeme is None or lexeme.kind != "MAMB":
        return True
    size = len(m.classes("mon"))
    if size > 1 or m.last - m.first > m.match.end("mon") - m.match.start("mon"):
        return True
    before = m.before
    if lexeme.value > 100 and lexeme.value != 109:
        return False
    if lexeme.prefix:
        return len(m.scene.tokens[m.first].key) - lexeme.cut > 3
    return before is not None and before.kind in _MONTH_CONTEXT


def which_month(m: Found) -> tuple[int, int] | None:
    """Year and month of ``من مايو 2017``, ``من هذا الشهر``; None where they are not known."""
    today = m.scene.today
    if m.has("md"):
        if today is None:
            return None
        first = cal.add_months(today.replace(day=1), (m.value("rel") or 0) if m.has("rel") else 0)
        return first.year, first.month
    month = named_month(m)
    if month is None or month > 12:
        return None
    year = said_year(m)
    if year is None:
        year = resolve_month(m, month, None, m.value("rel") if m.has("rel") else None)
    return (year, month) if year is not None and 1 <= year <= 9998 else None


def day_of_month(m: Found) -> Meaning | None:
    """``التاسع من الشهر المقبل``, ``20 من هذا الشهر``."""
    day = m.nth("day")
    if day is None or not 1 <= day <= 31 or m.scene.tokens[(m.span("day") or (0, 0))[0]].key == "الاولي":
        return None
    if m.has("current") and not m.scene.tokens[m.last - 1].key.startswith("الجار"):
        return None
    relation = (m.value("rel") or 0) if m.has("rel") else 0
    weekday = m.value("wd")
    today = m.scene.today
    if m.has("same"):
        anchor = m.scene.anchor()
        date = cal.make_date(anchor.begin.year, anchor.begin.month, day) if anchor and anchor.begin else None
        return day_meaning(date) if date is not None else unknown("day")
    if today is None:
        return unknown("day", TimeClue("day-of-month", day=day, weekday=weekday, relation=relation))
    base = cal.add_months(today.replace(day=1), relation)
    date = cal.make_date(base.year, base.month, day)
    if date is None:
        return None
    return day_meaning(date)


def _full_year(value: int, digits: int) -> int:
    if digits >= 3:
        return value
    return 2000 + value if value < 70 else 1900 + value


def _ordered(m: Found, numbers: list[int], sizes: list[int]) -> Meaning | None:
    """Three numbers as a date: day first, or year first; month first only where nothing else fits."""
    a, b, c = numbers
    orders = [(c, b, a, sizes[2]), (a, b, c, sizes[0]), (c, a, b, sizes[2])]
    if sizes[0] >= 3:
        orders = [(a, b, c, sizes[0]), (a, c, b, sizes[0])]
    hijri = m.has("era") and (lex := m.lex("era")) is not None and lex.kind == "ERAH"
    dates: list[dt.date] = []
    for year, month_number, day, size in orders:
        if hijri or 1300 <= year <= 1500:
            date = cal.hijri_day(year, month_number, day)
        else:
            date = cal.make_date(_full_year(year, size), month_number, day)
        if date is not None:
            dates.append(date)
    if not dates:
        return None
    best = dates[0]
    today = m.scene.today
    if max(sizes) < 3 and today is not None:
        # The day comes first, unless that gives a year which is long to come.
        best = next((date for date in dates if date.year <= today.year + 1), best)
    return day_meaning(best, TimeClue("date", best.year, best.month, best.day, m.value("wd")))


def _numbered(m: Found) -> bool:
    """``القانون رقم 12/2018``: what goes before says that the digits are no date."""
    return m.before is not None and m.before.kind == "NUMBERED"


def numeric(m: Found) -> Meaning | None:
    numbers = [m.value(group) for group in ("a", "b", "c")]
    if any(number is None for number in numbers) or _numbered(m):
        return None
    sizes = [len(m.scene.tokens[span[0]].text) for group in ("a", "b", "c") if (span := m.span(group))]
    if max(sizes) > 4:
        return None
    return _ordered(m, [number or 0 for number in numbers], sizes)


def numeric_month_first(m: Found) -> Meaning | None:
    """``08/12, 2015``: a comma before the year is the American way, and with it the month first."""
    month, day, year = m.value("a"), m.value("b"), m.value("c")
    span = m.span("c")
    if month is None or day is None or year is None or span is None or _numbered(m):
        return None
    year = _full_year(year, len(m.scene.tokens[span[0]].text))
    date = cal.make_date(year, month, day) or cal.make_date(year, day, month)
    return day_meaning(date, TimeClue("date", date.year, date.month, date.day)) if date is not None else None


def dotted(m: Found) -> Meaning | None:
    parts = (m.text("dotted") or "").replace(",", ".").split(".")
    if "," in western_digits(m.scene.tokens[m.first].text) or max(len(part) for part in parts) > 4:
        return None
    return _ordered(m, [int(part) for part in parts], [len(part) for part in parts])


def _short(m: Found, a: int, b: int) -> Meaning | None:
    """A day and a month, or a month and a year."""
    if _numbered(m):
        return None
    if 1900 <= b <= 2100 and 1 <= a <= 12:
        return of_stretch("month", cal.month_of(b, a), clue=TimeClue("month", b, a))
    if 1900 <= a <= 2100 and 1 <= b <= 12:
        return of_stretch("month", cal.month_of(a, b), clue=TimeClue("month", a, b))
    marked = m.before is not None and m.before.kind in ("DAY", "AT")
    short = len(m.scene.tokens) <= 6 and (m.before is None or m.before.kind == "IN") and m.after is None
    if not (marked or (short and max(a, b) > 12)):
        return None
    day, month_number = (a, b) if b <= 12 else (b, a)
    if month_number > 12 or not 1 <= day <= 31 or month_number < 1:
        return None
    year = resolve_month(m, month_number, day, None)
    if year is None:
        return unknown("day", TimeClue("month-day", None, month_number, day), f"XXXX-{month_number:02d}-{day:02d}")
    date = cal.make_date(year, month_number, day)
    return day_meaning(date) if date else None


def numeric_short(m: Found) -> Meaning | None:
    a, b = m.value("a"), m.value("b")
    if (
        a is not None
        and a > 1000
        and "DS" in m.kinds
        and not m.scene.tokens[m.last - 1].text.startswith(("0", "٠", "۰"))
    ):
        return None  # 2016-03 is a month, 2016-17 two years
    return _short(m, a, b) if a is not None and b is not None else None


def dotted_short(m: Found) -> Meaning | None:
    text = m.text("dotted") or ""
    left, _, right = text.replace(",", ".").partition(".")
    if (
        "," in text
        or len(left) > 4
        or len(right) > 4
        or (len(right) == 3)
        or (len(left) == 4 and left[:2] not in ("19", "20"))
    ):
        return None
    return _short(m, int(left), int(right))


ACTIONS = actions(
    full_date, listed_day, month, day_of_month, numeric, numeric_month_first, dotted, numeric_short, dotted_short
)
