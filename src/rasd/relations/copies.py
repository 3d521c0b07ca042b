"""Near-copies: one agency's text in several papers is one voice, however often it is printed.

Texts are compared by what runs of words they share (MinHash over runs of four words, normalised); a text is kept
under keys of which a near-copy shares one at least (locality-sensitive hashing), so that a new one is compared with
few. A paper cuts a dispatch short, so that most of the shorter text must be in the longer; but a digest that holds a
dispatch among much else is no copy of it.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Sequence
from typing import Protocol

from rasd.chronicle import Trace
from rasd.relations.wording import normalised

# Hashes of a sketch; the first of them, so many to a band, make the keys. Two texts that share a third of their runs
# meet in one of the bands with a likelihood of 0.84, those that share half nearly always, those that share a
# twentieth seldom.
HASHES, ROWS, BANDS = 128, 2, 16
SEED = 42
# Runs of words; what part of the shorter text's a copy shares at least, and how long it is at least by the longer.
RUN, HELD, LENGTH = 4, 0.65, 0.4
# A shorter text, in words, says too little to be told from others.
SHORTEST = 12
# Bytes of a sketch that say how long the text is, in words.
_SIZE = 4
_HASHES = struct.Struct(f"<{HASHES}H")


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
    hashed.update(list(map(" ".join, zip(*(words[i:] for i in range(RUN)), strict=False))))
    hashes = _HASHES.pack(*(h & 0xFFFF for h in hashed.digest()))
    keys = [f"{band:x}:{hashes[2 * ROWS * band : 2 * ROWS * (band + 1)].hex()}" for band in range(BANDS)]
    return len(words).to_bytes(_SIZE, "little") + hashes, keys


def likeness(one: bytes, two: bytes) -> float:
    """What part of their runs of words two texts share, by their sketches: 0 to 1."""
    if len(one) != len(two) or len(one) <= _SIZE:
        return 0.0
    same = sum(one[i : i + 2] == two[i : i + 2] for i in range(_SIZE, len(one), 2))
    return same / ((len(one) - _SIZE) // 2)


def held(one: bytes, two: bytes) -> float:
    """What part of the shorter text's runs the longer one holds, by their sketches; 0 where it is much shorter."""
    shorter, longer = sorted(int.from_bytes(packed[:_SIZE], "little") for packed in (one, two))
    if shorter < LENGTH * longer:
        return 0.0
    alike = likeness(one, two)
    return min(1.0, alike * (shorter + longer) / ((1 + alike) * max(1, shorter)))


def voice(packed: bytes, keys: Collection[str], archive: Texts) -> str | None:
    """The voice of the earlier text that this one is a copy of, the likest; ``None`` where there is none."""
    best: tuple[float, str] | None = None
    for trace in archive.like_texts(keys):
        alike = held(packed, trace.sketch)
        if alike >= HELD and (best is None or alike > best[0]):
            best = alike, trace.group
    return best[1] if best is not None else None
