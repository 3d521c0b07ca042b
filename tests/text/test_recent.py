"""What was looked up lately is kept, what was not asked for again goes, and never more than so much is there."""

from __future__ import annotations

from rasd import Reader
from rasd.text.recent import Recent


def ask(recent: Recent[str, int], key: str, found: list[str]) -> int:
    kept = recent.lately.get(key)
    if kept is None:
        kept = recent.recall(key)
    if kept is None:
        found.append(key)
        kept = recent.keep(key, len(key))
    return kept


def test_what_is_asked_for_again_stays():
    recent: Recent[str, int] = Recent(8)
    found: list[str] = []
    for n in range(40):
        assert ask(recent, "every day", found) == 9
        assert ask(recent, f"once {n}", found) == len(f"once {n}")
        assert len(recent.lately) <= 4
    assert found.count("every day") == 1
    assert len(found) == 41
    assert recent.recall("once 0") is None


def test_a_value_that_is_false_is_kept_too():
    recent: Recent[str, int] = Recent(2)
    recent.keep("a", 0)
    recent.keep("b", 1)
    assert recent.recall("a") == 0


def test_the_reader_reads_the_same_whatever_it_has_forgotten():
    reader, other = Reader(), Reader()
    for kept in (reader._words._recent, reader._events.lexemes._recent_hits, reader._tagger._recent):
        kept._half = 2
    text = "أعلن رئيس الوزراء البرتغالي أمس أن بلاده ستوقع اتفاقا مع أنغولا في لشبونة الأسبوع المقبل."
    for _ in range(3):
        assert reader.read(text, published="2019-03-05").to_json() == other.read(text, published="2019-03-05").to_json()
    assert len(reader._words._forms) <= 2
