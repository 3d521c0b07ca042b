"""Near-copies: one agency's text in several papers is one voice, however often it is printed.

Texts are compared by what runs of words they share (MinHash over runs of four words, normalised); a text is kept
under keys of which a near-copy shares one at least (locality-sensitive hashing), so that a new one is compared with
few. A text that holds another whole, as a digest holds a dispatch, is no copy of it: both must be alike.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from rasd.chronicle import Trace
from rasd.relations.wording import normalised

# Hashes of a sketch; the first of them, so many to a band, make the keys. Two texts that share half their runs meet in
# one of the bands with a likelihood of 0.88, those that share 0.7 nearly always, those that share 0.2 seldom.
HASHES, ROWS, BANDS = 128, 3, 16
SEED = 42
# Runs of words; what part of their runs two copies share at least.
RUN, ALIKE = 4, 0.5
# A shorter text, in words, says too little to be told from others.
SHORTEST = 12


class Texts(Protocol):
    """The part of a `chronicle.Archive` that near-copies are looked for in."""

    def like_texts(self, keys: Collection[str]) -> Sequence[Trace]: ...


def sketch(text: str) -> tuple[bytes, list[str]] | None:
    """What is kept of a text to find its copies by, and the keys to keep it under; ``None`` of one too short."""
    words = normalised(text)
    if len(words) < SHORTEST:
        return None
    from rensa import RMinHash  # here, because reading an article needs none of it

    hashed = RMinHash(HASHES, SEED)
    hashed.update([" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)])
    packed = b"".join((h & 0xFFFF).to_bytes(2, "little") for h in hashed.digest())
    keys = [f"{band:x}:{packed[2 * ROWS * band : 2 * ROWS * (band + 1)].hex()}" for band in range(BANDS)]
    return packed, keys


def likeness(one: bytes, two: bytes) -> float:
    """What part of their runs of words two texts share, by their sketches: 0 to 1."""
    if len(one) != len(two) or not one:
        return 0.0
    same = sum(one[i : i + 2] == two[i : i + 2] for i in range(0, len(one), 2))
    return same / (len(one) // 2)


def voice(packed: bytes, keys: Collection[str], archive: Texts) -> str | None:
    """The voice of the earlier text that this one is a copy of, the likest; ``None`` where there is none."""
    best: tuple[float, str] | None = None
    for trace in archive.like_texts(keys):
        alike = likeness(packed, trace.sketch)
        if alike >= ALIKE and (best is None or alike > best[0]):
            best = alike, trace.group
    return best[1] if best is not None else None
