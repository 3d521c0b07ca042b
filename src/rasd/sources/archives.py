"""Archives and packed files: gzip, Zstandard, bzip2, xz, zip, tar; what is in them is read as if it lay in a folder."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, BinaryIO, cast

from rasd.sources.article import source_name
from rasd.sources.forms import articles, form_of
from rasd.sources.libraries import library, missing
from rasd.sources.part import FormError, Gathered, Part, Reads, damage

# An archive in an archive in an archive is a wrapped one; deeper ones are made to do harm.
_DEPTH = 4
# A zip inside an archive is laid out first: in memory while it is small.
_IN_MEMORY, _LAID_OUT = 16 * 1024 * 1024, 4 * 1024 * 1024 * 1024
# What Zstandard may hold of what it has unpacked, the most that its command writes by itself.
_WINDOW = 1 << 27
# So little of it is unpacked at once: three bytes may be a block of 128 KB.
_PIECE = 512
_CALLED = {"gz": "the gzip", "zst": "the zst", "bz2": "the bz2", "xz": "the xz"}


def read(part: Part) -> Iterator[Gathered]:
    """The articles of what is in an archive or a packed file."""
    if part.depth >= _DEPTH:
        raise FormError(f"over {_DEPTH} archives in one another")
    form = form_of(part)
    if form == "zip":
        yield from _zip(part)
    elif form == "tar":
        yield from _tar(part)
    else:
        yield from _packed(part, form)


def _packed(part: Part, form: str) -> Iterator[Gathered]:
    """A single packed file: it keeps its own name, without the ending."""
    unpacked = _unpacking(part, form)
    name = part.name
    for end in (f".{form}", ".gzip", ".zstd"):
        name = name.removesuffix(end)
    if name.endswith((".tgz", ".tzst", ".tbz", ".txz")):
        name = f"{name.rpartition('.')[0]}.tar"
    inner = part.within(name, unpacked, packed=_CALLED[form])
    inner.path = part.path  # a packed page is still the only article of its file
    yield from articles(inner)


def _unpacking(part: Part, form: str) -> BinaryIO | Reads:
    if form == "gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=part.stream, mode="rb"))
    if form == "bz2":
        return bz2.BZ2File(part.stream, "rb")
    if form == "xz":
        return lzma.LZMAFile(part.stream, "rb")
    try:
        zstandard = library("zstandard")
    except ImportError:
        raise missing("Zstandard", "zstandard") from None
    return _Frames(part, zstandard.ZstdDecompressor(max_window_size=_WINDOW))


class _Frames:
    """What a row of Zstandard frames unpacks to. The library's own reader takes one that is cut off for a whole one."""

    def __init__(self, part: Part, decompressor: Any) -> None:
        self._part = part
        self._decompressor = decompressor
        self._frame: Any = None
        self._packed = b""
        self._ready = memoryview(b"")

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes. Raises `EOFError` where a frame has no end, and whatever the library does."""
        while not self._ready:
            self._packed = self._packed or self._part.some(_PIECE)
            if not self._packed:
                if self._frame is not None:
                    raise EOFError
                return b""
            self._frame = self._frame or self._decompressor.decompressobj()
            self._ready = memoryview(self._frame.decompress(self._packed))
            self._packed = b""
            if self._frame.eof:
                self._packed, self._frame = self._frame.unused_data, None
        piece = self._ready if size < 0 else self._ready[:size]
        self._ready = self._ready[len(piece) :]
        return bytes(piece)


def _tar(part: Part) -> Iterator[Gathered]:
    try:
        with tarfile.open(fileobj=part.stream, mode="r|", errorlevel=1) as archive:
            for member in archive:
                where = f"{part.origin}, {source_name(member.name)}"
                if member.isdir() or _hidden(member.name):
                    continue
                if not member.isreg():
                    yield Gathered(where, reason="not a regular file")
                    continue
                file = archive.extractfile(member)
                if file is not None:
                    yield from articles(part.within(member.name, cast(BinaryIO, file)))
    except FormError:
        raise
    except (tarfile.TarError, OSError, EOFError, ValueError, OverflowError) as error:
        raise FormError(damage(error)) from error


def _zip(part: Part) -> Iterator[Gathered]:
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(_seekable(part, stack)))
            members = archive.infolist()
        except FormError:
            raise
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError, EOFError) as error:
            raise FormError(damage(error)) from error
        if any(member.filename == "[Content_Types].xml" for member in members):
            if any(member.filename == "word/document.xml" for member in members):
                raise FormError("a Word document: name it .docx")
            raise FormError("not a form that is read: an Office document other than .docx")
        for member in members:
            if member.filename.endswith("/") or _hidden(member.filename):  # is_dir() wants a name
                continue
            # As written by most: UTF-8 is marked; the names of old ones are only shown.
            where = f"{part.origin}, {source_name(member.filename)}"
            try:
                opened = archive.open(member)
            except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError) as error:
                yield Gathered(where, reason=damage(error))
                continue
            with opened:
                yield from articles(part.within(member.filename, cast(BinaryIO, opened)))


def _hidden(name: str) -> bool:
    """Whether a member is hidden, or what macOS puts beside each file."""
    return any(piece.startswith(".") or piece == "__MACOSX" for piece in name.split("/") if piece not in (".", ".."))


def _seekable(part: Part, stack: ExitStack) -> BinaryIO:
    """The bytes of a zip, in which one must be able to go back: a plain file, else what is laid out of a stream."""
    if part.depth == 0 and part.stream.seekable():
        return cast(BinaryIO, part.stream)
    laid_out = stack.enter_context(tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115
    size = 0
    while chunk := part.read(1 << 20):
        size += len(chunk)
        if size > _LAID_OUT:
            raise FormError("too large for a zip in an archive")
        laid_out.write(chunk)
    laid_out.seek(0)
    return cast(BinaryIO, laid_out)
