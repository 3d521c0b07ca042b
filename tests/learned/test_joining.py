"""Joining, with a network that says what each test wants it to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from rasd import Reader

np = pytest.importorskip("numpy")

from rasd.learned.inputs import Row  # noqa: E402
from rasd.learned.model import Labels, Said  # noqa: E402
from rasd.learned.reading import Joining, LearnedReader  # noqa: E402

KINDS = ("ASSAULT", "CONSULT", "PROTEST", "REQUEST")
STATUSES = ("occurred", "ongoing", "planned", "possible", "denied")
JOINING = Joining(
    keep=0.4, propose=0.3, fill=0.4, sure=0.6, status=0.9, mode=0.5,
    rules={"rules": 0.7, "network": 0.7}, alone={"network": 1.0},
)  # fmt: skip


@dataclass
class Says:
    """A network that knows some words: their kind, its probability, their status; and who suits which side."""

    words: dict[str, tuple[str, float]] = field(default_factory=dict)
    status: dict[str, str] = field(default_factory=dict)
    sides: tuple[int | None, int | None] = (None, None)
    labels = Labels(KINDS, ("ASSAULT/beat",), STATUSES, 0, 1, 2, 3)
    _pieces: dict[int, str] = field(default_factory=dict)

    def pieces(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        ids: list[int] = []
        spans: list[tuple[int, int]] = []
        at = 0
        for word in text.split():
            at = text.index(word, at)
            for part in (word.rstrip(".،"), word[len(word.rstrip(".،")) :]):
                if part:
                    number = 10 + len(self._pieces)
                    self._pieces[number] = part
                    ids.append(number)
                    spans.append((at, at + len(part)))
                    at += len(part)
        return ids, spans

    def say(self, rows: Sequence[Row]) -> list[Said]:
        return [self._said(row) for row in rows]

    def _said(self, row: Row) -> Said:
        kind = np.zeros((len(row.tokens), len(KINDS) + 1), dtype=np.float32)
        status = np.full((len(row.tokens), len(STATUSES)), 0.2, dtype=np.float32)
        for n, (first, _) in enumerate(row.spans):
            word = self._pieces.get(row.ids[first], "")
            name, share = self.words.get(word, ("ASSAULT", 0.0))
            kind[n, 0], kind[n, 1 + KINDS.index(name)] = 1 - share, share
            if word in self.status:
                status[n] = 0
                status[n, STATUSES.index(self.status[word])] = 1
        empty = np.zeros((len(row.tokens), 1), dtype=np.float32)
        return Said(kind, np.zeros_like(empty), status, empty, empty)

    def shares(self, event, mentions, marks):
        found = np.full((len(mentions) + 1, 2), 0.01, dtype=np.float32)
        for side, chosen in enumerate(self.sides):
            found[len(mentions) if chosen is None else chosen, side] = 0.95
        return found


@pytest.fixture
def careful():
    reader = Reader()

    def read(text: str, says: Says):
        reader.read_with(LearnedReader(reader.compiled, says, JOINING))
        return reader.read(text, published="2024-05-14").events

    return read


def test_a_word_that_no_rule_knows_becomes_an_event(careful) -> None:
    text = "دكدكت القوات الإثيوبية بلدة حدودية."
    assert not careful(text, Says())
    (event,) = careful(text, Says({"دكدكت": ("ASSAULT", 0.95)}, sides=(0, None)))
    assert (event.type, event.rule, event.trigger.text) == ("ASSAULT", "learned.assault", "دكدكت")
    assert event.actor_codes == ["ETH/MIL"]
    assert event.gloss.en
    assert event.gloss.ar


def test_what_the_rules_see_and_the_network_does_not_is_less_likely(careful) -> None:
    text = "قصفت الطائرات الروسية مواقع الجيش الأوكراني في خاركيف."
    with_both = careful(text, Says({"قصفت": ("ASSAULT", 0.95)}))
    against = careful(text, Says())
    assert with_both
    assert not against or against[0].confidence < with_both[0].confidence


def test_a_side_that_a_frame_gives_stays(careful) -> None:
    text = "قصفت الطائرات الروسية مواقع الجيش الأوكراني في خاركيف."
    for sides in ((0, 2), (2, 0)):
        (event,) = careful(text, Says({"قصفت": ("ASSAULT", 0.95)}, sides=sides))
        assert (event.actor_codes, event.recipient_codes) == (["RUS/MIL"], ["UKR/MIL"])


def test_a_status_gives_way_where_the_network_is_sure(careful) -> None:
    text = "قصفت الطائرات الروسية مواقع الجيش الأوكراني في خاركيف."
    seen = {"قصفت": ("ASSAULT", 0.95)}
    assert careful(text, Says(seen))[0].status == "occurred"
    assert careful(text, Says(seen, {"قصفت": "denied"}))[0].status == "denied"


def test_who_has_no_code_is_the_same_as_nobody(reader: Reader) -> None:
    from dataclasses import replace

    from rasd.learned.reading import _mains, _same

    document = reader._read("التقى الرئيس الروسي نظيره التركي.", "2024-05-14", None, None, None, None)[1]
    known = document.actors[0]
    unknown = replace(known, codes=())
    assert _mains([unknown]) == set()
    assert not _same([unknown], [known])


def test_without_a_second_reader_all_is_as_before(reader: Reader, careful) -> None:
    text = "التقى وزير الخارجية التركي نظيره العراقي في بغداد أمس."
    before = reader.read(text, published="2024-05-14")
    careful(text, Says({"التقى": ("CONSULT", 0.9)}))
    assert reader.read(text, published="2024-05-14") == before
