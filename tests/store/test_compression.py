"""JSON as few bytes: whatever it says comes back, also what earlier versions packed."""

from __future__ import annotations

import zlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasd import Reader
from rasd.store import StoreError, compression, packing
from rasd.store.compression import BESIDE, FACT, RECORD, TEXT, Way
from store.articles import ATTACK

TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('ابتي\u06a9٤\u200f\\"🙂\n\x1a\x85'))
DECODER = msgspec.json.Decoder(list[str])


@given(st.lists(TEXTS), st.sampled_from([TEXT, RECORD, FACT, BESIDE]), st.binary(max_size=50_000))
def test_what_is_packed_comes_back(said: list[str], way: Way, beside: bytes):
    content = compression.packed(msgspec.json.encode(said), way, beside)
    assert compression.unpacked(DECODER, content, beside) == said


@given(TEXTS)
def test_a_text_comes_back(said: str):
    assert packing.unpack_text(packing.pack_text(said)) == said


def test_an_arabic_letter_takes_one_byte():
    said = "وقعت مصر واليونان الأحد اتفاقية"
    assert len(compression.inflated(packing.pack_text(said))) == len(said) + len('""')


def test_what_earlier_versions_packed_is_read(reader: Reader):
    record = reader.read(ATTACK.text, published=ATTACK.published)
    assert packing.unpack_text(earlier(b"\x01", "texts-1", ATTACK.text.encode())) == ATTACK.text
    text, record.article.text = record.article.text, ""
    content = earlier(b"\x02", "records-1", msgspec.json.encode(record))
    record.article.text = text
    assert packing.unpack_record(content, text) == record


@pytest.mark.parametrize("content", [b"", None, b"\x09abc", TEXT.mark + b"abc", RECORD.mark + zlib.compress(b"{}")])
def test_what_is_damaged_is_said_to_be(content: bytes):
    with pytest.raises(StoreError, match="damaged"):
        compression.unpacked(DECODER, content)


def earlier(mark: bytes, dictionary: str, content: bytes) -> bytes:
    """As the first version packed it."""
    against = (Path(compression.__file__).parent / f"{dictionary}.dictionary").read_bytes()
    packer = zlib.compressobj(9, zdict=against)
    return mark + packer.compress(content) + packer.flush()
