"""What a long run has done so far, kept beside its output, so that the next run goes on where a killed one stopped.

The folder ``OUTPUT.part`` holds what is written, and ``state.json``: how far the input is read and how long each file
was then. The state is put in place whole, after what it speaks of is on disk; whatever is longer than it says was
written later and is cut off. A lock, which the system lets go of when its process dies, keeps two runs apart.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import BinaryIO

import msgspec

from rasd.corpus.placing import sync_folder
from rasd.sources.article import SourceError, source_name


class Counts(msgspec.Struct):
    """What was done: articles, their events, lines set aside, the articles' words."""

    articles: int = 0
    events: int = 0
    rejects: int = 0
    words: int = 0


class State(msgspec.Struct):
    """How far a run is: ``run`` says which run it is; ``line`` is the last input line that is done with."""

    run: dict[str, str]
    line: int = 0
    counts: Counts = msgspec.field(default_factory=Counts)
    sizes: dict[str, int] = {}
    parts: int = 0


def locked(folder: Path, output: str) -> int:
    """A lock on a folder, held until it is closed or the process ends. Raises `SourceError` where another holds it."""
    import fcntl

    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise SourceError(source_name(output), "another run is writing it") from error
    return lock


class Unfinished:
    """The folder of a run that is not finished. Use it as a context manager; see the module.

    ``run`` are the facts that must be the same for a run to go on with what another began (the input and its size, the
    lexicon, the form); where one differs, what is there is thrown away. Raises `SourceError` where another process is
    at it.
    """

    def __init__(self, output: Path, run: dict[str, str]) -> None:
        self.folder = output.with_name(f"{output.name}.part")
        self.folder.mkdir(exist_ok=True)
        self._lock = locked(self.folder, str(output))
        self.state = State(run)
        self.resumed = False
        found = self._found()
        if found is not None and found.run == run and self._there(found):
            self.state, self.resumed = found, found.line > 0
        else:
            self._empty()
        self._files: dict[str, BinaryIO] = {}

    def __enter__(self) -> Unfinished:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            with contextlib.suppress(OSError):
                file.close()
        os.close(self._lock)

    def _found(self) -> State | None:
        try:
            return msgspec.json.decode((self.folder / "state.json").read_bytes(), type=State)
        except (OSError, msgspec.MsgspecError):
            return None

    def _there(self, state: State) -> bool:
        """Whether the files are as long as the state says; they are not where a run was killed as it finished."""
        paths = {name: self.folder / name for name in state.sizes}
        return all(path.is_file() and path.stat().st_size >= state.sizes[name] for name, path in paths.items())

    def _empty(self) -> None:
        for path in self.folder.iterdir():
            if path.name == "lock":
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    def file(self, name: str) -> BinaryIO:
        """A file that is written on: as long as the state says, the rest cut off."""
        size = self.state.sizes.get(name, 0)
        file = (self.folder / name).open("r+b" if size else "wb")
        file.truncate(size)
        file.seek(size)
        self._files[name] = file
        return file

    def keep(self) -> None:
        """Have on disk all that is written so far, then the state that speaks of it."""
        for name, file in self._files.items():
            file.flush()
            os.fsync(file.fileno())
            self.state.sizes[name] = file.tell()
        new = self.folder / "state.json.new"
        with new.open("wb") as file:
            file.write(msgspec.json.encode(self.state))
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, self.folder / "state.json")
        sync_folder(self.folder)

    def remove(self) -> None:
        """Leave nothing: the run is finished, and what it wrote is in its place."""
        shutil.rmtree(self.folder, ignore_errors=True)
