"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import gzip
import os
import secrets
import shutil
import stat
from pathlib import Path
from typing import BinaryIO, cast


class PlacedFile:
    """A file written out of sight and put at ``target`` by `place`, complete and on disk.

    Where the system can (Linux), the file has no name until then, so that even a killed process
    leaves nothing behind; elsewhere it is a hidden file beside the target, removed by `discard`.
    A name ending in ``.gz`` is compressed. A target that is no regular file (``/dev/null``, a
    pipe) is written directly. Raises `OSError`.
    """

    def __init__(self, target: Path) -> None:
        # A link stays a link: what it points to is replaced.
        self.target = target.resolve()
        self._temporary: Path | None = None
        self._raw = self._open()
        gzipped = target.suffix == ".gz"
        # No time and no name inside, so that the same records give the same bytes.
        self._file = cast(BinaryIO, gzip.GzipFile("", "wb", 6, self._raw, 0) if gzipped else self._raw)
        self.write = self._file.write

    def _open(self) -> BinaryIO:
        self._direct = self.target.exists() and not stat.S_ISREG(self.target.stat().st_mode)
        if self._direct:
            if self.target.is_dir():
                raise IsADirectoryError(None, "a folder, not a file")
            return self.target.open("wb")
        folder = self.target.parent
        if hasattr(os, "O_TMPFILE"):
            with contextlib.suppress(OSError):  # a file system that has no nameless files
                return os.fdopen(os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o666), "w+b")
        self._temporary = self._hidden_name()
        return self._temporary.open("xb")

    def _hidden_name(self) -> Path:
        return self.target.with_name(f".{self.target.name}.{secrets.token_hex(4)}.tmp")

    def finish(self) -> None:
        """Write out everything; what can fail for want of space fails here, not in `place`."""
        if self._file is not self._raw:
            self._file.close()
        self._raw.flush()
        if not self._direct:
            os.fsync(self._raw.fileno())

    def place(self) -> None:
        """Put the file at its target, in place of what was there. Call `finish` first."""
        if not self._direct:
            if self._temporary is None:
                # From here to the rename the file has a hidden name: for a few system calls.
                self._temporary = self._hidden_name()
                self._name_it(self._temporary)
            if self.target.exists():
                os.chmod(self._temporary, stat.S_IMODE(self.target.stat().st_mode))
            os.replace(self._temporary, self.target)
            self._temporary = None
            sync_folder(self.target.parent)
        self._raw.close()

    def _name_it(self, name: Path) -> None:
        """Give the nameless file a name; where the system will not, copy it to one."""
        folder = os.open(self.target.parent, os.O_RDONLY)
        try:
            # Only with a folder given does Python follow the link under /proc to the file itself.
            os.link(f"/proc/self/fd/{self._raw.fileno()}", name, src_dir_fd=folder, follow_symlinks=True)
        except OSError:
            self._raw.seek(0)
            with name.open("xb") as copy:
                shutil.copyfileobj(self._raw, copy, 1 << 20)
                copy.flush()
                os.fsync(copy.fileno())
        finally:
            os.close(folder)

    def discard(self) -> None:
        """Leave nothing behind. Harmless after `place`."""
        with contextlib.suppress(OSError, ValueError):
            self._raw.close()
        if self._temporary is not None:
            self._temporary.unlink(missing_ok=True)
            self._temporary = None


def sync_folder(folder: Path) -> None:
    """Have the new name on disk too; where folders cannot be synced, nothing is lost but haste."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
