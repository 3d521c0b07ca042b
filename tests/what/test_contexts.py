"""The contexts of an act: from single words and from phrases of its clause."""

from __future__ import annotations

import pytest

from rasd import Reader

CASES = [
    ("دعت فرنسا القوات المسلحة الليبية إلى ضبط النفس", "military"),
    ("التقى الرئيس الكيني رئيس الأركان التركي", "military"),
    ("طالب مجلس النواب الأردني الحكومة الإسرائيلية بالاعتذار", "legislative"),
    ("اتهمت المعارضة الكينية الحكومة بالتلاعب في صناديق الاقتراع", "election"),
    ("بحث وزير الخارجية العماني مع البيت الأبيض أزمة اليمن", "executive"),
]


@pytest.mark.parametrize(("text", "context"), CASES)
def test_a_phrase_gives_its_context(reader: Reader, text: str, context: str) -> None:
    found = {c for e in reader.read(text, published="2024-05-15").events for c in e.contexts}
    assert context in found


def test_part_of_a_phrase_gives_none(reader: Reader) -> None:
    text = "طالبت فرنسا إيطاليا بدعم مجلس أمناء الجامعة"
    assert all("legislative" not in e.contexts for e in reader.read(text, published="2024-05-15").events)
