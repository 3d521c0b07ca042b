"""What somebody gives on the page where articles are added, laid down as a job: a text, files, or an address."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from rasd.desk.adding.jobs import Job, Jobs, TooManyJobsError, write_down
from rasd.desk.adding.task import GivenFile, Task
from rasd.errors import RasdError
from rasd.relations.pages.wording import clean
from rasd.sources.article import is_address, publication_date

_LINE = 500
_NAME = 120
_ADDRESS = 2000


class GivenError(RasdError):
    """What was given cannot be read. ``word`` is the word of the desk that says why."""

    def __init__(self, word: str) -> None:
        super().__init__(f"nothing was added ({word})")
        self.word = word


@dataclass(slots=True, frozen=True)
class About:
    """What is known of the articles beside their text: the desk's database and knowledge, the day, the source."""

    database: str | None
    lexicon: str | None
    source: str | None = None
    published: dt.date | None = None


@dataclass(slots=True, frozen=True)
class Upload:
    """A file as a browser sends it: what it calls it, and what is in it."""

    name: str
    file: IO[bytes]


def line(text: str, most: int = _LINE) -> str | None:
    """A field of one line as it is kept; None where nothing was written."""
    return clean(text[: 2 * most])[:most].strip() or None


def day(text: str) -> dt.date | None:
    """The day of a field; None where nothing was written. Raises `GivenError` where it is none."""
    if not text.strip():
        return None
    try:
        return publication_date(text[:_NAME])
    except ValueError:
        raise GivenError("add.no-day") from None


def text_job(
    jobs: Jobs, person: str, about: About, text: str, *, title: str | None, url: str | None
) -> Job:  # fmt: skip
    """A job that adds a pasted text. Raises `GivenError` where there is none, and `TooManyJobsError`."""
    if not text.strip():
        raise GivenError("add.no-text")
    if url is not None:
        _check_address(url)
    data = text.encode("utf-8", "replace")
    jobs.check(person, len(data))
    folder = jobs.folder()
    try:
        path, size = write_down(folder, 0, "text.txt", data)
        name = title or " ".join(text[:_NAME].split())
        task = Task(
            about.database, [GivenFile(path, name)], None, about.lexicon, title, about.source, about.published, url
        )
        return jobs.put(task, person, [name], size)
    except BaseException:
        _drop(folder)
        raise


def files_job(jobs: Jobs, person: str, about: About, uploads: Sequence[Upload]) -> Job:
    """A job that adds files. Raises `GivenError` where there are none, and `TooManyJobsError`."""
    named = [upload for upload in uploads if upload.name]
    if not named:
        raise GivenError("add.no-file")
    jobs.check(person)
    folder = jobs.folder()
    try:
        given: list[GivenFile] = []
        size = 0
        for number, upload in enumerate(named):
            path, own = write_down(folder, number, upload.name, upload.file)
            size += own
            given.append(GivenFile(path, file_name(upload.name) or str(number + 1)))
        task = Task(about.database, given, None, about.lexicon, None, about.source, about.published)
        return jobs.put(task, person, [file.name for file in given], size)
    except BaseException:
        _drop(folder)
        raise


def address_job(jobs: Jobs, person: str, about: About, address: str) -> Job:
    """A job that adds what is at an address of the web. Raises `GivenError` where it is none, `TooManyJobsError`."""
    _check_address(address)
    task = Task(about.database, [], address, about.lexicon, None, about.source, about.published)
    return jobs.put(task, person, [address])


def file_name(name: str) -> str:
    """What a file is called, without the folders that some browsers send along."""
    return clean(name.replace("\\", "/").rpartition("/")[2])[:_NAME]


def _check_address(address: str) -> None:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and is_address(address)
    except ValueError:
        known = False
    if not known or len(address) > _ADDRESS:
        raise GivenError("add.no-address")


def _drop(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


__all__ = ["About", "GivenError", "TooManyJobsError", "Upload", "address_job", "day", "files_job", "line", "text_job"]
