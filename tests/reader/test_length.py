"""The cost of reading grows with the length of the text, not with its square."""

from __future__ import annotations

import time
from pathlib import Path

from rasd import Reader

ARTICLE = Path(__file__).resolve().parents[2] / "examples" / "summit.txt"


def test_ten_times_the_text_takes_some_ten_times_as_long(reader: Reader):
    text = ARTICLE.read_text(encoding="utf-8")

    def seconds(times: int) -> float:
        start = time.perf_counter()
        reader.read(text * times, published="2024-05-14")
        return time.perf_counter() - start

    seconds(30)
    # Ten is the aim and a hundred would be the square; a busy machine may be in between.
    assert seconds(300) < 35 * min(seconds(30), seconds(30))
