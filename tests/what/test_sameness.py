"""One event told several times in an article: which telling is the same as which."""

from __future__ import annotations

import pytest

from invented import invented_reader

# A text, the triggers of two tellings, and whether they are one event.
CASES = [
    ("زار بالوك زارستان أمس. وقال زركلي إن الزيارة ناجحة", "زار", "الزيارة", True),
    ("شن الجيش الميراني هجوما على ليندور. وأدانت بلغوفيا الهجوم", "هجوما", "الهجوم", True),
    ("نفذت جبهة صهركان تفجيرا في ليندور. وأسفر الهجوم عن مقتل عشرة", "تفجيرا", "الهجوم", True),
    ("التقى زركلي فوديك في ليندور الاثنين. والتقى زركلي فوديك في كيلمار الثلاثاء", "التقى", "والتقى", False),
    ("شن الجيش الميراني هجوما على ليندور. وأدانت بلغوفيا الهجومين", "هجوما", "الهجومين", False),
    ("زار بالوك زارستان أمس. وأجرى زركلي وفوديك محادثات في كيلمار", "زار", "محادثات", False),
    ("فرضت زارستان عقوبات على الميران. وقال بالوك إن العقوبات لا تؤثر", "فرضت", "العقوبات", True),
    ("شن الجيش الميراني هجوما على ليندور. وأسفر هجوم آخر في ليندور عن مقتل جندي ميراني", "هجوما", "هجوم", False),
    ("نفذ الجيش الميراني قصفا وهجوما على ليندور أمس", "قصفا", "هجوما", False),
    ("اغتيل هولدان في هجوم ميراني على ليندور", "اغتيل", "هجوم", True),
    ("وصل بالوك إلى زارستان الاثنين. واختتم بالوك زيارته لزارستان الثلاثاء", "وصل", "زيارته", True),
    ("لم يزر بالوك زارستان أمس. والتقى بالوك زركلي قبل عام", "يزر", "والتقى", False),
]


@pytest.mark.parametrize(("text", "first", "later", "same"), CASES)
def test_two_tellings_are_one_event(text: str, first: str, later: str, same: bool) -> None:
    events = invented_reader().read(text, published="2016-05-18").events
    one = next((e for e in events if e.trigger.text.lstrip("و") == first.lstrip("و")), None)
    two = next((e for e in reversed(events) if e.trigger.text.lstrip("و") == later.lstrip("و")), None)
    assert one is not None, [e.trigger.text for e in events]
    assert two is not None, [e.trigger.text for e in events]
    assert (two.same_as == one.id) == same
