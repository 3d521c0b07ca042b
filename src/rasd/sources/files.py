"""One article from a file or standard input."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import BinaryIO

from rasd.sources.article import STDIN, SourceError, os_reason, source_name
from rasd.sources.decoding import UndecodableError, decode

# A book has under 4 MB; what is larger is a corpus or a mistake, and would fill the memory.
MAX_BYTES = 64 * 1024 * 1024


def read_text(path: str) -> str:
    """The text of the article in the file ``path`` (``-``: standard input), exactly as it is.

    Only a byte-order mark is taken off, and garbled or drawn letters are put right. Raises `SourceError` where it
    cannot be read, is empty, over 64 MB, binary, or not Arabic.
    """
    name = source_name(path)
    try:
        data = _bytes(path)
    except OSError as error:
        raise SourceError(name, os_reason(error)) from error
    except ValueError as error:  # a path with a NUL in it
        raise SourceError(name, str(error)) from error
    if len(data) > MAX_BYTES:
        raise SourceError(name, f"too large for one article (over {MAX_BYTES // 1024 // 1024} MB)")
    try:
        return decode(data)
    except UndecodableError as error:
        raise SourceError(name, str(error)) from error


def _bytes(path: str) -> bytes:
    """What is there, up to one byte over the limit: enough to know that it is too much."""
    if path == STDIN:
        return _standard_input().read(MAX_BYTES + 1)
    file = Path(path)
    status = file.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(None, "a folder, not a file")
    with file.open("rb") as opened:
        if stat.S_ISREG(status.st_mode) and status.st_size > MAX_BYTES:
            return bytes(MAX_BYTES + 1)
        return opened.read(MAX_BYTES + 1)


def _standard_input() -> BinaryIO:
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]  # closed by the shell: <&-
        raise OSError(None, "closed")
    return sys.stdin.buffer
