"""The network at work: ONNX Runtime over the shipped weights, and what it says of each word and pair.

``weights/`` holds the encoder with its heads (``events.onnx``, 8 bits), the tokenizer (``pieces.json``), the net
that judges pairs (``sides.npz``) and the names of what the heads say (``labels.json``). ``docs/learned.md`` is
their model card; ``training/`` makes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from rasd.errors import RasdError
from rasd.learned.inputs import Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WEIGHTS = Path(__file__).parent / "weights"
# Rows of about one length go through the network together, so many pieces at a time: more no longer fit the cache of
# a core (of 64, 128, 192, 256, 400, 512, 1536 the fastest are 192 to 400, by measure).
PIECES_AT_ONCE = 256
EXTRA = "careful reading needs more than is installed: pip install 'rasd[careful]'"


class MissingExtraError(RasdError):
    """What careful reading needs is not installed."""


class Labels(msgspec.Struct, frozen=True):
    """What each number of a head stands for; kind 0 is no event. ``begin``, ``end``, ``fill`` and ``unknown`` are
    ids of pieces.
    """

    kinds: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...]
    begin: int
    end: int
    fill: int
    unknown: int


class Said(msgspec.Struct):
    """What the network says of the words of a row: probabilities [words, labels], and vectors for pairs."""

    kind: Floats
    mode: Floats
    status: Floats
    event: Floats
    mention: Floats


class Model(Protocol):
    """A network: the shipped one, or one in training."""

    labels: Labels

    def pieces(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """The ids of a text's pieces, and the characters that each covers."""
        ...

    def say(self, rows: Sequence[Row]) -> list[Said]: ...

    def shares(self, event: Floats, mentions: Floats, marks: Floats) -> Floats:
        """Of an act, the share of its first and second side that goes to each mention and, last, to nobody.

        ``event`` is its vector, ``mentions`` and ``marks`` have a line for each mention; the answer has one more.
        """
        ...


class ShippedModel:
    """The model that ships with Rasd. Raises `MissingExtraError` where its libraries are not installed."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        try:
            import numpy
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise MissingExtraError(EXTRA) from error
        self._np = numpy
        self.labels = msgspec.json.decode((folder / "labels.json").read_bytes(), type=Labels)
        self._tokenizer = Tokenizer.from_file(str(folder / "pieces.json"))
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = THREADS
        self._session = onnxruntime.InferenceSession(
            str(folder / "events.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._folder = folder

    def pieces(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        return encoded.ids, encoded.offsets

    def say(self, rows: Sequence[Row]) -> list[Said]:
        """What the network says of each row, in their order."""
        found: dict[int, Said] = {}
        order = sorted((i for i, r in enumerate(rows) if r.tokens), key=lambda i: (len(rows[i].ids), i))
        for group in _groups(order, rows):
            parts = self._run([rows[i] for i in group])
            for n, i in enumerate(group):
                words = len(rows[i].tokens)
                kind, mode, status, event, mention = (part[n, :words] for part in parts)
                found[i] = Said(softmax(kind), softmax(mode), softmax(status), event, mention)
        nothing = self._nothing
        return [found.get(i, nothing) for i in range(len(rows))]

    def shares(self, event: Floats, mentions: Floats, marks: Floats) -> Floats:
        np, net = self._np, self._pair_net
        nobody = (event @ net["nobody"] + net["nobody_bias"])[None]
        one = np.broadcast_to(event, mentions.shape)
        shown = np.concatenate([one, mentions, one * mentions, marks], axis=1)
        scores = np.maximum(shown @ net["inner"] + net["inner_bias"], 0) @ net["outer"] + net["outer_bias"]
        return softmax(np.concatenate([scores, nobody]).T).T

    def _run(self, rows: Sequence[Row]) -> list[Floats]:
        np, labels = self._np, self.labels
        pieces = max(len(r.ids) for r in rows) + 2
        ids = np.full((len(rows), pieces), labels.fill, dtype=np.int64)
        pool = np.zeros((len(rows), max(len(r.tokens) for r in rows), pieces), dtype=np.float32)
        for n, row in enumerate(rows):
            ids[n, : len(row.ids) + 2] = [labels.begin, *row.ids, labels.end]
            for word, (first, last) in enumerate(row.spans):
                pool[n, word, first + 1 : last + 1] = 1 / (last - first)
        attend = (ids != labels.fill).astype(np.int64)
        return list(self._session.run(None, {"ids": ids, "attend": attend, "words": pool}))

    @cached_property
    def _nothing(self) -> Said:
        empty = self._np.zeros((0, 0), dtype=self._np.float32)
        return Said(empty, empty, empty, empty, empty)

    @cached_property
    def _pair_net(self) -> dict[str, Floats]:
        with self._np.load(self._folder / "sides.npz") as saved:
            return {name: saved[name] for name in saved.files}


# Sums in floating point depend on their order: a fixed number of threads keeps the output the same.
THREADS = 2


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    import numpy as np

    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def _groups(order: list[int], rows: Sequence[Row]) -> list[list[int]]:
    """Rows of rising length in groups of at most `PIECES_AT_ONCE` pieces, filled up."""
    groups: list[list[int]] = []
    for i in order:
        if groups and (len(groups[-1]) + 1) * (len(rows[i].ids) + 2) <= PIECES_AT_ONCE:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups
