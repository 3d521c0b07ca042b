"""Numbers of an act: its dead and wounded, those arrested, those who march, its money."""

from __future__ import annotations

import pytest

from invented import invented_reader

# A text, the type of its act, and what is counted of it: role, value, unit, per.
CASES = [
    ("قصفت القوات الميرانية ليندور، ما أدى إلى مقتل 14 شخصا وإصابة 30 آخرين", "ASSAULT",
     [("killed", 14, "people", None)]),
    ("أسفرت غارة ميرانية على ليندور عن عشرين قتيلا وخمسة جرحى", "ASSAULT",
     [("killed", 20, "killed", None), ("wounded", 5, "wounded", None)]),
    ("قتل ثلاثة جنود ميرانيين في هجوم لجبهة صهركان", "ASSAULT", []),
    ("اعتقلت الشرطة البلغوفية 40 متظاهرا في فودغراد", "COERCE", [("arrested", 40, "people", None)]),
    ("تظاهر نحو 2000 شخص في زاركند ضد الميران", "PROTEST", [("protesters", 2000, "people", None)]),
    ("قدمت بلغوفيا مساعدات إلى زارستان بقيمة 50 مليون دولار سنويا", "AID", [("amount", 50e6, "USD", "year")]),
    ("التقى زركلي فوديك وبحثا مشروعا بقيمة مليار دولار", "CONSULT", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "wanted"), CASES)
def test_what_is_counted_of_an_act(text: str, kind: str, wanted: list[tuple[str, float, str, str | None]]) -> None:
    record = invented_reader().read(text, published="2016-05-18")
    events = [e for e in record.events if e.type == kind]
    assert events, [(e.type, e.trigger.text) for e in record.events]
    counts = [(c.role, c.value, c.unit, c.per) for e in events for c in e.counts]
    for want in wanted:
        assert want in counts
    if not wanted:
        assert not [c for c in counts if c[0] == "amount"]
    for event in events:
        for count in event.counts:
            assert 0 <= count.start < count.end <= len(text)
