"""The weights that ship: small, the same each time, and a clear word where what runs them is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rasd import Reader
from rasd.learned import MissingExtraError
from rasd.learned.model import WEIGHTS

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.txt"))
MOST = 40 * 1024 * 1024


@pytest.fixture(scope="module")
def careful() -> Reader:
    pytest.importorskip("onnxruntime", reason="the extra rasd[careful] is not installed")
    pytest.importorskip("tokenizers", reason="the extra rasd[careful] is not installed")
    return Reader(careful=True)


def test_the_weights_are_small_enough_to_ship() -> None:
    assert sum(f.stat().st_size for f in WEIGHTS.iterdir()) <= MOST


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_same_record_each_time_with_offsets_into_its_text(careful: Reader, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    record = careful.read(text, published="2024-05-14")
    assert record.to_json() == Reader(careful=True).read(text, published="2024-05-14").to_json()
    assert record.events
    for event in record.events:
        assert text[event.trigger.start : event.trigger.end] == event.trigger.text
        assert 0 < event.confidence < 1
    known = {entity.id for entity in record.entities}
    assert {n for e in record.events for n in (*e.actors, *e.recipients)} <= known


@pytest.mark.parametrize("text", ["", " ", "\n\n", "؟", "نص", "abc", "أ" * 3000, "كلمة " * 800])
def test_any_text_is_read(careful: Reader, text: str) -> None:
    assert careful.read(text).article.text == text


def test_an_explanation_names_both_readers_and_the_words_that_weighed(careful: Reader) -> None:
    explanation = careful.explain("قصفت الطائرات الروسية مواقع الجيش الأوكراني في خاركيف أمس.", published="2024-05-14")
    (predicate,) = [p for s in explanation.sentences for p in s.predicates if p.event_id]
    assert predicate.grounds[0].startswith("rules and network: rules ")
    assert any(ground.startswith("words that weighed most: قصفت") for ground in predicate.grounds)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'rasd\[careful\]'"):
        Reader(careful=True)


def test_without_the_extra_nothing_of_it_is_loaded() -> None:
    import subprocess

    code = (
        "import sys, rasd; rasd.read('التقى الوزيران'); print('onnxruntime' in sys.modules or 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
