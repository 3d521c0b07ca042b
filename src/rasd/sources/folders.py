"""The files that a user's paths name: files, folders, patterns, standard input."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rasd.sources.article import STDIN, os_reason, source_name


@dataclass(slots=True, frozen=True)
class File:
    """A file to be read, or (``reason``) why what is there will not be. ``named``: the user named it."""

    path: str
    size: int = 0
    changed: int = 0
    named: bool = False
    reason: str | None = None


def files(path: str) -> Iterator[File]:
    """The files of a path: itself, all of a folder and below by their names, all that match a pattern.

    In folders hidden files are passed over; links that lead out of the folder, and what is no regular file (a pipe
    could keep us waiting for ever), are given with the reason.
    """
    if path == STDIN:
        yield File(path, named=True)
        return
    try:
        status = os.stat(path)
    except ValueError as error:  # a path with a NUL in it
        yield File(path, reason=str(error))
        return
    except OSError as error:
        if isinstance(error, FileNotFoundError) and glob.has_magic(path):
            yield from _matching(path)
        else:
            yield File(path, reason=os_reason(error))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(path)
    else:
        yield _file(path, status, named=True)


def _matching(pattern: str) -> Iterator[File]:
    # Unlike the module glob this does not go through links, which may lead back.
    parts = Path(pattern).parts
    fixed = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    try:
        found = sorted(map(str, Path(*parts[:fixed]).glob(os.path.join(*parts[fixed:]))))
    except (OSError, ValueError, NotImplementedError) as error:
        yield File(pattern, reason=str(error))
        return
    if not found:
        yield File(pattern, reason="no file matches")
    for path in found:
        # What is in a folder that matches "**" matches itself.
        if not os.path.isdir(path):
            yield from files(path)
        elif "**" not in pattern:
            yield from _folder(path)


def _file(path: str, status: os.stat_result, *, named: bool = False) -> File:
    regular = stat.S_ISREG(status.st_mode)
    return File(path, status.st_size if regular else 0, status.st_mtime_ns if regular else 0, named)


def _folder(folder: str) -> Iterator[File]:
    failures: list[File] = []

    def failed(error: OSError) -> None:
        failures.append(File(str(error.filename), reason=os_reason(error)))

    root = os.path.realpath(folder)
    for place, folders, names in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from failures
        failures.clear()
        for name in sorted(names):
            if not name.startswith("."):
                yield _within(root, os.path.join(place, name))
        for name in folders:
            if os.path.islink(os.path.join(place, name)):
                yield File(os.path.join(place, name), reason="a link to a folder")
    yield from failures


def _within(root: str, path: str) -> File:
    try:
        if os.path.islink(path):
            real = os.path.realpath(path)
            if os.path.commonpath([root, real]) != root:
                return File(path, reason="a link out of the folder")
        status = os.stat(path)
    except OSError as error:
        return File(path, reason=os_reason(error))
    if not stat.S_ISREG(status.st_mode):
        return File(path, reason="not a regular file")
    return _file(path, status)


def said(path: str) -> str:
    """How messages call a file."""
    return source_name(path)


def absolute(path: str) -> str:
    """Its absolute path, by which an article is known again."""
    return str(Path(path).absolute())
