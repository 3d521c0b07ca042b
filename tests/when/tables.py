"""The rows of ``tests/when/tables``: a sentence of our own, and every time that must be found in it.

    TEXT => WORDS = TYPE VALUE [BEGIN..END] [~]; WORDS = ...

``VALUE`` is ``?`` where it hangs on a day that is not known, ``~`` says that it is approximate. Without ``BEGIN..END``
the days that a plain value names (a day, a month, a year) are wanted. Nothing after ``=>``: no time at all.
"""

from __future__ import annotations

import calendar
import re
from pathlib import Path
from typing import NamedTuple

import yaml

FOLDER = Path(__file__).parent / "tables"
_TIME = re.compile(r"(?P<text>.+?) = (?P<type>[A-Z]+) (?P<value>\S+)(?: (?P<begin>\S+)\.\.(?P<end>\S+))?(?P<about> ~)?")


class Row(NamedTuple):
    """A sentence, the day it was written, and what is wanted of each time in it."""

    text: str
    at: str | None
    times: list[dict[str, str | bool | None]]


def rows() -> list[Row]:
    """All rows, in the order of the files."""
    found: list[Row] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for group in yaml.safe_load(path.read_text(encoding="utf-8")).values():
            at = str(group["at"]) if group.get("at") else None
            found += [_row(case, at) for case in group["cases"]]
    return found


def _row(case: str, at: str | None) -> Row:
    text, _, times = f"{case} ".partition(" => ")
    return Row(text.strip(), at, [_wanted(time.strip()) for time in times.split(";") if time.strip()])


def _wanted(time: str) -> dict[str, str | bool | None]:
    match = _TIME.fullmatch(time)
    assert match is not None, time
    value = match["value"]
    begin, end = (match["begin"], match["end"]) if match["begin"] else _days(value)
    wanted: dict[str, str | bool | None] = {"text": match["text"], "type": match["type"]}
    wanted["value"] = None if value == "?" else value
    if begin is not None:
        wanted |= {"begin": begin, "end_date": end}
    if match["about"]:
        wanted["approximate"] = True
    return wanted


def _days(value: str) -> tuple[str | None, str | None]:
    """The days that a plain value names."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?", value)
    if match is None:
        return None, None
    year, month, day = match.groups()
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if day is None:
        return f"{year}-{month}-01", f"{year}-{month}-{calendar.monthrange(int(year), int(month))[1]}"
    return f"{year}-{month}-{day}", f"{year}-{month}-{day}"
