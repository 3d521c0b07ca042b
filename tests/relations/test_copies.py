"""Near-copies of one text are found among many, other texts are not."""

from __future__ import annotations

import random
import re

from hypothesis import example, given
from hypothesis import strategies as st

from rasd.relations import Identity, Memory
from rasd.relations.copies import held, sketch
from rasd.relations.wording import normalised
from rasd.text.letters import fold, western_digits
from relations.records import made

WORDS = "وصل غادر وزير رئيس مدينة ميناء اتفاق قمح سفينة جسر وفد بيان قرار لجنة نهر سوق مصنع طريق سد حدود"


def text(seed: int, length: int = 120) -> str:
    chosen, words = random.Random(seed), WORDS.split()
    return " ".join(chosen.choice(words) for _ in range(length))


def test_a_copy_with_another_opening_shares_its_voice() -> None:
    memory = Memory(identity=Identity())
    first, other = text(1), text(2)
    memory.add(made({"text": f"ميناء سردة (وكالة) {first}"}), "a")
    memory.add(made({"text": other}), "b")
    assert memory.add(made({"text": f"سردة ـ مراسلنا\n{first} انتهى"}), "c").voice == "a"
    assert memory.add(made({"text": text(3)}), "d").voice == "d"


def test_vowel_marks_and_hamzas_make_no_other_text() -> None:
    one, two = sketch("أعلنَ الوزيرُ " + text(4)), sketch("اعلن الوزير " + text(4))
    assert one is not None
    assert two is not None
    assert one == two


def test_a_text_cut_short_shares_its_voice() -> None:
    memory = Memory(identity=Identity())
    whole = text(7, 200)
    memory.add(made({"text": whole}), "a")
    assert memory.add(made({"text": " ".join(whole.split()[:100])}), "b").voice == "a"


def test_texts_that_share_a_paragraph_are_two() -> None:
    one, two = sketch(text(8) + " " + text(9, 60)), sketch(text(10) + " " + text(9, 60))
    assert one is not None
    assert two is not None
    assert held(one[0], two[0]) < 0.6


def test_a_digest_is_no_copy_of_what_it_holds() -> None:
    part, whole = sketch(text(5)), sketch(text(5) + " " + text(6, 600))
    assert part is not None
    assert whole is not None
    assert held(part[0], whole[0]) == 0.0


def test_a_text_of_a_few_words_has_no_sketch() -> None:
    assert sketch("وصل الوزير إلى سردة") is None


@given(st.text(alphabet="اأإآبىيةكگپ ٱﷺﻻﺍًُّـ\u200c\u200f\ufeff_-.,٣3٫٬aAÉ\n", max_size=60))
@example("المُتَخَصِّص ﷺ في الكـلام\u200cالقديم ٣٫٥ و٣٥")
def test_words_are_the_same_as_of_the_whole_text_folded(text: str) -> None:
    assert normalised(text) == re.findall(r"[^\W_]+", fold(western_digits(text)).lower())
