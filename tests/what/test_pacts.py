"""The sides of an agreement that the sentence does not name are its parties."""

from __future__ import annotations

import pytest

from facts import main_of
from rasd import Reader

CASES = [
    ("وتراجعت أسعار الخام بعد التوصل إلى الاتفاق النووي الإيراني.", {"IRN", "P51"}),
    ("قال الوزير النرويجي إن الاتفاق النووي الذي تم التوصل إليه العام الماضي يلزم طهران.", {"IRN", "P51"}),
    ("وقع وزير الخارجية القطري اتفاقا مع نظيره الكويتي.", {"QAT", "KWT"}),
]


@pytest.mark.parametrize(("text", "sides"), CASES)
def test_the_parties_of_an_agreement_are_its_sides(reader: Reader, text: str, sides: set[str]) -> None:
    events = [e for e in reader.read(text, published="2018-03-02").events if e.type in ("AGREE", "SUPPORT")]
    assert sides <= {main_of(code) for e in events for code in (*e.actor_codes, *e.recipient_codes)}


def test_the_parties_do_not_push_out_sides_that_are_named(reader: Reader) -> None:
    text = "وقعت الأردن ومصر اتفاقا للغاز، وذلك بعد سنوات من اتفاقية وادي عربة."
    events = [e for e in reader.read(text, published="2018-03-02").events if e.type in ("AGREE", "SUPPORT")]
    assert events
    assert "ISR" not in {main_of(code) for code in events[0].actor_codes}
