"""Knowledge compiled into one binary file, memory-mapped, rebuilt when a source changes.

Each layer of the reader gives a `Section`: a name and a function from the knowledge files
to bytes. The sections are written one after another into one file in the user's cache
folder, named by a hash over the sources and over what compiles them, so that another
lexicon or another version is another file. It is written under a temporary name and
renamed, so two processes may build at once; where nothing can be written (a read-only
home) the bytes stay in memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import mmap
import os
import struct
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import platformdirs

from rasd.lexicon.files import KnowledgeFiles

MAGIC = b"RASDLEX1"
_HEAD = struct.Struct("<8sQ")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the compiled lexicon. ``version`` rises when ``build`` writes another form."""

    name: str
    version: int
    build: Callable[[KnowledgeFiles], bytes]


class Compiled:
    """The compiled lexicon: ``lexicon["words"]`` is a section's bytes, without a copy."""

    def __init__(self, buffer: memoryview) -> None:
        magic, index_size = _HEAD.unpack_from(buffer)
        if magic != MAGIC:
            raise ValueError("not a compiled lexicon")
        index = msgspec.msgpack.decode(buffer[_HEAD.size : _HEAD.size + index_size], type=dict[str, tuple[int, int]])
        self._sections = {name: buffer[start : start + size] for name, (start, size) in index.items()}
        if any(len(self._sections[name]) != size for name, (_, size) in index.items()):
            raise ValueError("a compiled lexicon cut short")

    def __getitem__(self, name: str) -> memoryview:
        return self._sections[name]


def compile_sections(files: KnowledgeFiles, sections: Sequence[Section]) -> bytes:
    """The sections as the bytes of one file."""
    bodies = [(section.name, section.build(files)) for section in sections]
    # The index holds absolute offsets, whose size in msgpack depends on their value; a
    # second round with the real head size settles it.
    head_size = 0
    while True:
        offset, index = head_size, {}
        for name, body in bodies:
            index[name] = (offset, len(body))
            offset += len(body)
        packed = msgspec.msgpack.encode(index)
        if _HEAD.size + len(packed) == head_size:
            return b"".join([_HEAD.pack(MAGIC, len(packed)), packed, *(body for _, body in bodies)])
        head_size = _HEAD.size + len(packed)


def cache_folder() -> Path:
    """Where compiled lexicons are kept: ``$RASD_CACHE`` or the user's cache folder."""
    chosen = os.environ.get("RASD_CACHE")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("rasd"))


def open_compiled(files: KnowledgeFiles, sections: Sequence[Section]) -> Compiled:
    """The compiled lexicon of these files, built if it is not in the cache.

    Raises `rasd.lexicon.KnowledgeError` where a source is wrong or of no kind that is read.
    """
    forms = " ".join(f"{s.name}:{s.version}" for s in sections)
    name = hashlib.sha256(f"{_code_digest()} {forms} {files.digest}".encode()).hexdigest()[:24]
    path = cache_folder() / f"lexicon-{name}.bin"
    with contextlib.suppress(OSError, ValueError, msgspec.MsgspecError, struct.error):
        return _mapped(path)
    content = compile_sections(files, sections)
    files.check_all_read()
    with contextlib.suppress(OSError, ValueError):
        _write(path, content)
        return _mapped(path)
    return Compiled(memoryview(content))


def _code_digest() -> str:
    """The version of the code that compiles: a development checkout rebuilds as it changes."""
    package = Path(__file__).resolve().parent.parent
    newest = max((p.stat().st_mtime_ns, p.stat().st_size) for p in package.rglob("*.py"))
    return f"{newest}"


def _mapped(path: Path) -> Compiled:
    with path.open("rb") as file:
        return Compiled(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _forget_old(path)


def _forget_old(current: Path, keep: int = 8) -> None:
    """Drop all but the latest few compiled lexicons, so that the cache does not grow."""
    with contextlib.suppress(OSError):
        others = sorted(current.parent.glob("lexicon-*.bin"), key=lambda p: p.stat().st_mtime, reverse=True)
        for path in others[keep:]:
            path.unlink()
