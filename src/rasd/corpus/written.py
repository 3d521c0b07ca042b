"""What a run writes, kept apart from what it reads: or it would read what it writes, or write over what it reads."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from rasd.corpus.coding import rejects_path
from rasd.sources.article import STDIN, SourceError, source_name


def written_by(output: Path) -> list[Path]:
    """All that a run with this ``output`` may write: that, what is unfinished of it, what stands beside it."""
    aside = rejects_path(output)
    beside = aside.name.removesuffix(".rejects.jsonl")
    return [
        output, output.with_name(f"{output.name}.part"), output.with_name(f"{output.name}.old"), aside,
        aside.with_name(f"{beside}.copies.jsonl"),
    ]  # fmt: skip


def check_apart(sources: Iterable[str], output: Path) -> None:
    """Raise `SourceError` where one of the ``sources`` is what a run would write over, or lies within."""
    aside = rejects_path(output)
    written = [(os.path.realpath(path), path) for path in written_by(output)]
    for source in sources:
        # Devices and pipes are not written over.
        if source == STDIN or not (os.path.isfile(source) or os.path.isdir(source)):
            continue
        real = os.path.realpath(source)
        for place, path in written:
            if real == place:
                what = "the lines set aside" if path == aside else "the output"
                raise SourceError(source_name(source), f"{what} would be written over this source")
            if real.startswith(place + os.sep):
                raise SourceError(source_name(source), f"it lies in what is written to {source_name(str(path))}")
