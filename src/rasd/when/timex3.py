"""Times as TIMEX3, written into the text as TimeML documents have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rasd.record import Time

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE TimeML SYSTEM "TimeML.dtd">\n<TimeML>\n'
_FOOT = "\n</TimeML>\n"
# XML has no way to write these characters at all.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A bare carriage return would reach the reader as a line feed.
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
_ESCAPED = re.compile('[&<>"\r]')
_STRETCH = re.compile(r"\(([^,()]*),([^,()]*),(P[^,()]*)\)")
_SLASHED = re.compile(r"([^/]+)/([^/]+)")
# What stands for a value that hangs on a date which is not known.
_UNKNOWN = {"DATE": "XXXX-XX-XX", "TIME": "XXXX-XX-XXTXX:XX", "DURATION": "PXX", "SET": "PXX"}


def timex3(text: str, times: Sequence[Time]) -> str:
    """A TimeML document: ``text`` with each time in a ``TIMEX3`` element.

    ``times`` are those that `find` or a record gives for the text, in its order. The text stays as it is, but that
    characters which XML cannot hold (control characters) become U+FFFD. A stretch is a DURATION between two points,
    which follow it as empty elements. Raises ValueError where times overlap or lie outside the text.
    """
    parts = [_HEAD]
    at = number = 0
    for time in times:
        if not at <= time.start < time.end <= len(text):
            raise ValueError(f"time at {time.start} to {time.end}: overlaps another or lies outside the text")
        parts.append(_escaped(text[at : time.start]))
        element, used = _element(time, _escaped(text[time.start : time.end]), number + 1)
        parts.append(element)
        at, number = time.end, number + used
    return "".join([*parts, _escaped(text[at:]), _FOOT])


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda m: _ESCAPES[m[0]], _IMPOSSIBLE.sub("\ufffd", text))


def _element(time: Time, content: str, number: int) -> tuple[str, int]:
    """The element and how many identifiers it took."""
    ends = _ends(time)
    if ends is None:
        more = ' quant="EVERY"' if time.type == "SET" else ""
        value = time.value or _UNKNOWN[time.type]
        return _tag(number, time.type, value, (f' mod="{_escaped(time.mod)}"' if time.mod else "") + more, content), 1
    begin, end, length = ends
    points = f' beginPoint="t{number + 1}" endPoint="t{number + 2}"'
    kind = "TIME" if "T" in begin else "DATE"
    elements = [
        _tag(number, "DURATION", length, points, content),
        _tag(number + 1, kind, begin, "", ""),
        _tag(number + 2, kind, end, "", ""),
    ]
    return "".join(elements), 3


def _tag(number: int, kind: str, value: str, more: str, content: str) -> str:
    start = f'<TIMEX3 tid="t{number}" type="{_escaped(kind)}" value="{_escaped(value)}"{more}'
    return f"{start}>{content}</TIMEX3>" if content else f"{start}/>"


def _ends(time: Time) -> tuple[str, str, str] | None:
    """First point, last point and length of a stretch; None of what is one time."""
    match = _STRETCH.fullmatch(time.value or "")
    if match is not None:
        return match[1], match[2], match[3]
    match = _SLASHED.fullmatch(time.value or "")
    return (match[1], match[2], "PXX") if match is not None else None
