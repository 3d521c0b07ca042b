"""What events are about, and who has which part in it."""

from __future__ import annotations

import pytest
from affair_documents import affair_reader, cases, make, quantity_reader


def _fits(want: dict, affair) -> bool:
    place = affair.place.name.en if affair.place else None
    have = {(p.code.partition("/")[0], p.role) for p in affair.parties}
    amount = affair.quantity
    return (
        affair.kind == want["kind"]
        and want["name"] in affair.name.en
        and ("place" not in want or place == want["place"])
        and ("what" not in want or want["what"] in (affair.what or ""))
        and ("quantity" not in want or [amount.value, amount.unit, amount.per] == want["quantity"])
        and ("mentions" not in want or len(affair.mentions) == want["mentions"])
        and set(want.get("parties", {}).items()) <= have
    )


@pytest.mark.parametrize("case", cases("affairs.yaml"), ids=lambda c: c["text"][:40])
def test_affairs(case: dict) -> None:
    document = make(case)
    drafts = affair_reader().read(document, quantity_reader().read(document))
    affairs = [draft.affair for draft in drafts]
    for want in case["affairs"]:
        assert any(_fits(want, affair) for affair in affairs), (want, affairs)
    if not case["affairs"]:
        assert not affairs
    assert [a.id for a in affairs] == [f"a{n}" for n in range(1, len(affairs) + 1)]
    for affair in affairs:
        assert affair.name.en
        for mention in affair.mentions:
            assert case["text"][mention.start : mention.end] == mention.text


def test_spans_are_tokens_of_the_mentions() -> None:
    document = make({"text": "ناقش الوزراء سد النهضة والملف السوري"})
    for draft in affair_reader().read(document, []):
        for (first, last), mention in zip(sorted(draft.spans), draft.affair.mentions, strict=True):
            assert document.tokens[last - 1].end == mention.end
            assert document.tokens[first].start <= mention.start
            assert draft.sentence_of(first) == 0
