"""Where a run over many machines puts its parts: a folder that they share, or an object store (`fsspec`).

Each object appears whole or not at all, and the same work gives the same bytes, so that a part may be written twice and
by whomsoever. What is done is told by ``_rasd/chunk-N.json``, put after the parts that it speaks of; ``_rasd/run.json``
says which run it is. In a folder all this lies in ``OUTPUT.part`` until the run is finished, in an object store in its
place; ``_rasd.json`` tells there what is complete.
"""

# fsspec has no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import msgspec

from rasd.corpus.chunks import Done
from rasd.corpus.coding import rejects_url
from rasd.corpus.placing import sync_folder
from rasd.corpus.tables import MARK
from rasd.corpus.unfinished import locked
from rasd.errors import RasdError
from rasd.sources.article import SourceError, one_line, os_reason

_OURS = "_rasd"


class DepotError(RasdError):
    """Nothing can be put where the output is to go."""


@contextlib.contextmanager
def _said_plainly() -> Generator[None]:
    """Whatever an object store's library raises as an `OSError`: each has errors of its own."""
    try:
        yield
    except (OSError, RasdError):
        raise
    except Exception as error:
        raise OSError(None, one_line(str(error))[:300] or type(error).__name__) from error


class Shelf:
    """A folder or a prefix of an object store, by its path or URL, into which objects are put whole."""

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            import fsspec

            found: tuple[Any, str] = fsspec.core.url_to_fs(url)
        except ImportError as error:
            raise DepotError(f"{url}: {str(error).rstrip('.') or 'fsspec is missing'}: pip install it") from error
        except ValueError as error:
            raise DepotError(f"{url}: {error}") from error
        self.files, path = found
        self.path = path.rstrip("/")
        protocol = self.files.protocol
        self.local = "file" in ((protocol,) if isinstance(protocol, str) else protocol)

    def beside(self, suffix: str) -> Shelf:
        """What has the same name with something after it."""
        return Shelf(self.url.rstrip("/") + suffix)

    def put(self, name: str, content: bytes) -> None:
        """Put an object, whole. Raises `OSError`."""
        path = f"{self.path}/{name}"
        if not self.local:
            with _said_plainly():
                try:
                    self.files.pipe_file(path, content)
                except FileNotFoundError as error:
                    raise OSError(None, "there is no such bucket") from error
            return
        spare = Path(self.path, _OURS, "new")
        spare.mkdir(parents=True, exist_ok=True)
        new, at = spare / secrets.token_hex(8), Path(path)
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        at.parent.mkdir(parents=True, exist_ok=True)
        os.replace(new, at)

    def get(self, name: str) -> bytes | None:
        """An object; None where there is none."""
        with _said_plainly():
            try:
                return self.files.cat_file(f"{self.path}/{name}")
            except FileNotFoundError:
                return None

    def names(self, folder: str = "") -> list[str]:
        """The names of what lies in a folder, in order; none where it is not there."""
        with _said_plainly():
            try:
                found = self.files.ls(f"{self.path}/{folder}".rstrip("/"), detail=False, refresh=True)
            except (FileNotFoundError, NotADirectoryError):
                return []
        return sorted(str(name).rstrip("/").rpartition("/")[2] for name in found)

    def remove(self, name: str = "") -> None:
        """Remove an object or all that lies in a folder."""
        with _said_plainly(), contextlib.suppress(FileNotFoundError):
            self.files.rm(f"{self.path}/{name}".rstrip("/"), recursive=True)


class Depot:
    """The output of a run that is not finished. Use it as a context manager; see the module.

    ``run`` are the facts that must be the same for a run to go on with what another began; where one differs, what is
    there is thrown away. Raises `DepotError` and `SourceError` where the output is something else than ours, or where
    another process is at it.
    """

    def __init__(self, output: str, run: dict[str, str]) -> None:
        self._target = Shelf(output)
        self.shelf = self._target.beside(".part") if self._target.local else self._target
        self._lock: int | None = None
        try:
            found = self.shelf.get(f"{_OURS}/run.json")
            if found is None or self.shelf is not self._target:
                check_replaceable(self._target)
            if self.shelf.local:
                Path(self.shelf.path).mkdir(parents=True, exist_ok=True)
                self._lock = locked(Path(self.shelf.path), self._target.url)
            # What this run put there last, an unguessable word by which a machine tells that it sees the same.
            self.token = secrets.token_hex(16)
            if found != (wanted := msgspec.json.encode(run, order="sorted")):
                self._empty()
                self.shelf.put(f"{_OURS}/run.json", wanted)
            self.shelf.put(f"{_OURS}/token", self.token.encode())
        except OSError as error:
            self._release()
            raise DepotError(f"{self._target.url}: {os_reason(error)}") from error

    def __enter__(self) -> Depot:
        return self

    def __exit__(self, *_: object) -> None:
        self._release()

    def _release(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _empty(self) -> None:
        for name in self.shelf.names():
            if name != "lock":
                self.shelf.remove(name)

    def done(self) -> Iterator[Done]:
        """What is done so far, in order."""
        for name in self.shelf.names(_OURS):
            if name.startswith("chunk-") and (found := self.shelf.get(f"{_OURS}/{name}")) is not None:
                yield msgspec.json.decode(found, type=Done)

    def finish(self, form: str) -> None:
        """Put the output in its place, the lines set aside beside it. All chunks are done."""
        encoder = msgspec.json.Encoder()
        rejects = b"".join(encoder.encode(bad) + b"\n" for done in self.done() for bad in done.rejects)
        aside = self._rejects()
        if rejects:
            _replace(aside, rejects)
        else:
            aside.remove()
        if form == "parquet":
            self._complete_tables()
        self.shelf.put(MARK, b'{"tables": 1}\n' if form == "parquet" else b'{"records": 1}\n')
        self.shelf.remove(_OURS)
        if not self.shelf.local:
            return
        made, real = Path(self.shelf.path), Path(self._target.path).resolve()
        (made / "lock").unlink(missing_ok=True)
        check_replaceable(self._target)
        old = real.with_name(f"{real.name}.old")
        with contextlib.suppress(FileNotFoundError):
            os.replace(real, old)
        os.replace(made, real)
        sync_folder(real.parent)
        Shelf(str(old)).remove()

    def forget(self) -> None:
        """Leave nothing but the lines set aside: no article at all could be read."""
        encoder = msgspec.json.Encoder()
        rejects = b"".join(encoder.encode(bad) + b"\n" for done in self.done() for bad in done.rejects)
        if rejects:
            _replace(self._rejects(), rejects)
        self.shelf.remove() if self.shelf.local else self._empty()

    def _rejects(self) -> Shelf:
        return Shelf(rejects_url(self._target.url))

    def _complete_tables(self) -> None:
        """A table without a row is a table too."""
        from rasd.corpus.columns import TABLES
        from rasd.corpus.tables import empty, folder_of, part_name

        there = set(self.shelf.names())
        for table in TABLES:
            if table.name not in there:
                self.shelf.put(f"{folder_of(table)}/{part_name(0)}", empty(table))


def _replace(shelf: Shelf, content: bytes) -> None:
    """Put an object at the shelf's own path."""
    if shelf.local:
        at = Path(shelf.path)
        new = at.with_name(f".{at.name}.{secrets.token_hex(4)}.tmp")
        new.write_bytes(content)
        os.replace(new, at)
    else:
        with _said_plainly():
            shelf.files.pipe_file(shelf.path, content)


def report_done(shelf: Shelf, done: Done) -> None:
    """Say that a chunk is done. All that it gave has been put."""
    shelf.put(f"{_OURS}/chunk-{done.number:08}.json", msgspec.json.encode(done))


def token(shelf: Shelf) -> str:
    """The word of the run that is at it now; "" where none is seen."""
    return (shelf.get(f"{_OURS}/token") or b"").decode("utf-8", "replace")


def check_replaceable(target: Shelf) -> None:
    """Raise `SourceError` where the target is there and neither an output of ours nor empty."""
    if target.local and Path(target.path).exists() and not Path(target.path).is_dir():
        raise SourceError(target.url, "a file, where a folder is to be written: --engine ray writes parts")
    if target.names() and target.get(MARK) is None:
        raise SourceError(target.url, "a folder that holds something else than output of Rasd")
