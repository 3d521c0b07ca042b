"""JSON other than JSON Lines: an array of articles, one article, values one after another, an object that holds a list.

The values are parted first, by brackets and strings alone, so that an array of any length is read in the memory of
its longest article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

import msgspec

from rasd.sources.columns import ColumnsError, Fields, NoTextError, article_of
from rasd.sources.jsonl import MAX_LINE
from rasd.sources.part import FormError, Gathered, Part
from rasd.sources.recoding import in_utf8

_CHUNK = 1 << 16
_IN_STRING = re.compile(rb'["\\]')
_IN_VALUE = re.compile(rb'["{}\[\]]')
_START = re.compile(rb"[^\s,]")
_SCALAR_END = re.compile(rb"[\s,\]}]")


def read(part: Part) -> Iterator[Gathered]:
    """The articles of JSON values. Raises `FormError` where the file breaks off or is no JSON."""
    fields = Fields(part.columns)
    for number, value in enumerate(Values(in_utf8(part)), 1):
        origin = f"{part.origin}, item {number:,}"
        if value is None:
            yield Gathered(origin, reason=f"item over {MAX_LINE:,} bytes")
        else:
            yield from _of_value(value, origin, fields)


class Values:
    """The values of a JSON text, each as its bytes; ``None`` for one that is too long. An array round them is undone.

    Raises `FormError` where the last value has no end.
    """

    def __init__(self, part: Part, longest: int = MAX_LINE) -> None:
        self._part = part
        self._longest = longest
        self._buffer = b""
        self._at: int = 0
        self._start: int = 0
        self._skipping = False

    def __iter__(self) -> Iterator[bytes | None]:
        self._more()
        self._buffer = self._buffer.removeprefix(b"\xef\xbb\xbf")
        in_array = False
        first = True
        while (start := self._find(_START)) is not None:
            self._at = start
            mark = self._buffer[start : start + 1]
            if first and mark == b"[":
                in_array, self._at = True, start + 1
            elif mark == b"]" and in_array:
                in_array, self._at = False, start + 1
            else:
                yield self._value(mark)
            first = False
        if in_array:
            raise FormError("truncated: the array has no end")

    def _value(self, mark: bytes) -> bytes | None:
        start = self._at
        self._start, self._skipping = start, False
        if mark == b'"':
            self._at += 1
            self._string()
        elif mark in b"{[":
            self._nested()
        else:
            end = self._find(_SCALAR_END, start + 1, held=True)
            # Whatever it is, go on behind it.
            self._at = max(end if end is not None else len(self._buffer), self._start + 1)
        value = None if self._skipping else self._buffer[self._start : self._at]
        if value is not None and len(value) > self._longest:
            value = None
        self._buffer, self._at = self._buffer[self._at :], 0
        return value

    def _nested(self) -> None:
        depth = 0
        while True:
            found = self._find(_IN_VALUE, held=True)
            if found is None:
                raise FormError("truncated: the last item has no end")
            mark = self._buffer[found : found + 1]
            self._at = found + 1
            if mark == b'"':
                self._string()
            else:
                depth += 1 if mark in b"{[" else -1
                if depth <= 0:
                    return

    def _string(self) -> None:
        while True:
            found = self._find(_IN_STRING, held=True)
            if found is None:
                raise FormError("truncated: the last item has no end")
            self._at = found + 1
            if self._buffer[found : found + 1] == b'"':
                return
            if self._at == len(self._buffer) and not self._more(held=True):
                raise FormError("truncated: the last item has no end")
            self._at += 1

    def _find(self, pattern: re.Pattern[bytes], at: int | None = None, *, held: bool = False) -> int | None:
        """Where a pattern is next, reading on as far as needed; with ``held`` the value begun stays in the buffer."""
        if at is not None:
            self._at = at
        while True:
            match = pattern.search(self._buffer, self._at)
            if match is not None:
                return match.start()
            self._at = max(self._at, len(self._buffer))
            if not self._more(held=held):
                return None

    def _more(self, *, held: bool = False) -> bool:
        keep = self._buffer[self._start :] if held and not self._skipping else b""
        if len(keep) > self._longest:
            keep, self._skipping = b"", True
        # As much again as is held, so that a long value is not copied once for each chunk.
        chunk = self._part.some(max(_CHUNK, len(keep)))
        if not chunk:
            return False
        # What is behind the point reached is let go of, but for a value that is begun.
        ahead = self._at - (len(self._buffer) - len(keep)) if keep else self._at - len(self._buffer)
        self._buffer, self._at, self._start = keep + chunk, max(ahead, 0), 0
        return True


def _of_value(value: bytes, origin: str, fields: Fields) -> Iterator[Gathered]:
    raw = value[:8000].decode("utf-8", "replace")[:2000]
    try:
        decoded: object = msgspec.json.decode(value)
    except UnicodeDecodeError:
        yield Gathered(origin, reason="not UTF-8", raw=raw)
        return
    except (msgspec.DecodeError, RecursionError) as error:
        yield Gathered(origin, reason=f"not JSON: {error}", raw=raw)
        return
    yield from _of_object(decoded, origin, fields, raw)


def _of_object(decoded: object, origin: str, fields: Fields, raw: str) -> Iterator[Gathered]:
    """The article of an object, or those of the list that it holds."""
    if not isinstance(decoded, dict):
        yield Gathered(origin, reason="not a JSON object", raw=raw)
        return
    values = cast(dict[str, object], decoded)
    lists = [cast(list[object], v) for v in values.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
    try:
        chosen = fields.of(values)
        yield Gathered(origin, article_of(values, chosen), raw=raw)
    except ColumnsError as error:
        if len(lists) != 1:
            reason = error.of_object if isinstance(error, NoTextError) else str(error)
            yield Gathered(origin, reason=reason, raw=raw)
            return
        for number, inner in enumerate(lists[0], 1):
            yield from _in_list(inner, f"{origin}, {number:,}", fields)
    except ValueError as error:
        yield Gathered(origin, reason=str(error), raw=raw, id=fields.id_of(values))


def _in_list(inner: object, origin: str, fields: Fields) -> Iterator[Gathered]:
    raw = msgspec.json.encode(inner)[:8000].decode("utf-8", "replace")[:2000]
    if not isinstance(inner, dict):
        yield Gathered(origin, reason="not a JSON object", raw=raw)
        return
    values = cast(dict[str, object], inner)
    try:
        yield Gathered(origin, article_of(values, fields.of(values)), raw=raw)
    except NoTextError as error:
        yield Gathered(origin, reason=error.of_object, raw=raw)
    except ColumnsError as error:
        yield Gathered(origin, reason=str(error), raw=raw)
    except ValueError as error:
        yield Gathered(origin, reason=str(error), raw=raw, id=fields.id_of(values))
