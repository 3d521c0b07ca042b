"""What the network is shown: every piece where it belongs, whoever may stand on a side among the options."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from rasd import Reader
from rasd.learned.inputs import MOST_PIECES, RULE_MARKS, marks, options, powers, row, seen
from rasd.what.roles import Roles


class Syllables:
    """A tokenizer that cuts words into twos of letters."""

    def pieces(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        spans = [m.span() for m in re.finditer(r"\w{1,2}|[^\w\s]", text)]
        return [len(text[a:b]) for a, b in spans], spans


def documents(reader: Reader, text: str):
    return reader._read(text, "2024-05-14", None, None, None, None)[1:]


def test_each_word_has_the_pieces_that_it_is_written_with(reader: Reader) -> None:
    text = "التقى وزير الخارجية التركي نظيره العراقي في بغداد. وبحث الجانبان ملف المياه."
    document, _ = documents(reader, text)
    for sentence in document.sentences:
        found = row(document, sentence, Syllables())
        _, offsets = Syllables().pieces(text[sentence.start : sentence.end])
        for token, (first, last) in zip(found.tokens, found.spans, strict=True):
            begin, end = sentence.start + offsets[first][0], sentence.start + offsets[last - 1][1]
            assert text[begin:end] == document.tokens[token].text


@given(st.text(max_size=200))
def test_any_text_makes_rows_within_bounds(reader: Reader, text: str) -> None:
    document, _ = documents(reader, text)
    for sentence in document.sentences:
        found = row(document, sentence, Syllables())
        assert len(found.ids) <= MOST_PIECES
        assert all(0 <= first < last <= len(found.ids) for first, last in found.spans)
        assert found.tokens == sorted(set(found.tokens))


def test_options_are_those_of_the_sentence_and_the_two_before(reader: Reader) -> None:
    text = "زار الملك الأردني دمشق. ووصل وفد لبناني. وتحدث مسؤول كويتي. ثم عقد رئيس قبرص مباحثات."
    document, _ = documents(reader, text)
    codes = {code.partition("/")[0] for m in options(powers(document), 3, None) for code in m.codes}
    assert {"LBN", "KWT", "CYP"} <= codes
    assert not {"JOR", "SYR"} & codes


def test_whom_the_rules_fetch_from_further_away_is_an_option(reader: Reader) -> None:
    text = "زار الملك الأردني دمشق. ووصل وفد. وتحدث مسؤول. ثم عقد رئيس قبرص مباحثات."
    document, _ = documents(reader, text)
    king = next(m for m in document.actors if any(code.startswith("JOR") for code in m.codes))
    assert king in options(powers(document), 3, Roles([king]))
    assert king not in options(powers(document), 3, None)


def test_marks_say_what_the_rules_hold(reader: Reader) -> None:
    document, reading = documents(reader, "قصفت الطائرات الروسية مواقع الجيش الأوكراني في خاركيف.")
    verdict = next(v for v in reading.verdicts if v.event is not None and v.roles is not None)
    assert verdict.roles is not None
    at, told = verdict.candidate.at, seen(verdict.roles)
    found = options(powers(document), 0, verdict.roles)
    by_mention = {m.index: marks(document, at, m, told, len(found)) for m in found}
    actor, recipient = verdict.roles.actors[0], verdict.roles.recipients[0]
    assert by_mention[actor.index][-RULE_MARKS:][2] == 1
    assert by_mention[recipient.index][-RULE_MARKS:][3] == 1
    assert len({len(m) for m in by_mention.values()}) == 1
    assert marks(document, at, actor, None, 1)[-RULE_MARKS:] == [1, 0, 0, 0, 0, 0]
