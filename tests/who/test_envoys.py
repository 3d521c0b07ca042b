"""Envoys: whose they are, of whom several serve at once, and the region that stands before their name."""

from __future__ import annotations

import pytest

from rasd import Reader


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("قال مبعوث الأمم المتحدة إلى الشرق الأوسط تيمور زيدان إن الوقت ضيق", "UNO/IGO", "تيمور زيدان"),
        ("قال مبعوث الأمم المتحدة إلى تشاد تيمور زيدان إن الوقت ضيق", "UNO/IGO", "تيمور زيدان"),
        ("زار المبعوث الأميركي إلى القرن الأفريقي تيمور زيدان نيروبي", "USA/GOV", "تيمور زيدان"),
        # Several hold the office: the title alone names none of them, and the land they are sent to is not theirs.
        ("وصل المبعوث الأممي إلى صنعاء", "UNO/IGO", "المبعوث الأممي"),
        ("وأكد مبعوث الأمم المتحدة ضرورة الهدنة", "UNO/IGO", "مبعوث الأمم المتحدة"),
    ],
)
def test_an_envoy_is_of_who_sends_him(reader: Reader, text: str, code: str, name: str) -> None:
    record = reader.read(text, published="2015-07-25")
    envoy = next(e for e in record.entities if any(m.how == "title" for m in e.mentions))
    assert (envoy.code, envoy.name.ar) == (code, name)
