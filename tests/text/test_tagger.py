"""Tags: which reading of a form is meant, by the words beside it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasd import Reader
from rasd.lexicon import Compiled
from rasd.text.document import WORD
from rasd.text.forms import WordTable
from rasd.text.particles import Particles
from rasd.text.tagger import Tagger
from text.conftest import Read

VERB = {"VP", "VI", "VC"}
TAGS = {*VERB, "M", "A", "U", "J", "R", "X", "N", "P"}

# The word in brackets is a verb, a noun or a particle here.
CASES = [
    ("[قتل] الجنود ثلاثة مسلحين.", "verb"),
    ("تم [قتل] ثلاثة مسلحين.", "noun"),
    ("بعد [قتل] الحارس هرب اللصوص.", "noun"),
    ("قال الوزير إنه [بحث] الملف مع نظيره.", "verb"),
    ("جرى [بحث] الملف أمس.", "noun"),
    ("من المقرر أن [يبحث] الوفد الملف.", "verb"),
    ("لم [يحضر] الوزير الاجتماع.", "verb"),
    ("[قصف] الجيش البلدة ليلا.", "verb"),
    ("[قصف] على البلدة يوقع جرحى.", "noun"),
    ("[استقبل] الملك السفير في القصر.", "verb"),
    ("وصل [وزير] الدفاع إلى العاصمة.", "noun"),
    ("وصل الوفد [إلى] العاصمة.", "particle"),
    ("الجنود الذين [قتل] أحدهم عادوا.", "verb"),
    ("عقد الجانبان [اجتماعا] مغلقا.", "noun"),
    ("سوف [يزور] الأمير مسقط.", "verb"),
    ("كرر [دعوة] المجلس إلى الحوار.", "noun"),
    ("هذا ما توصل [إليه] الطرفان.", "particle"),
    ("البلد الذي خرج [منه] الجنود.", "particle"),
    ("عقد مجلس جديد [وعليه] أن يختار رئيسا.", "particle"),
    ("اشترى [تسعين] حافلة.", "noun"),
]


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_the_words_beside_decide(read: Read, text: str, kind: str):
    at = text.index("[")
    token = next(t for t in read(text.replace("[", "").replace("]", "")).tokens if t.start == at)
    found = "verb" if token.tag in VERB else "particle" if token.tag == "P" else "noun"
    assert found == kind


def test_every_word_is_tagged_and_nothing_else(read: Read):
    for token in read("قال 3 نواب من NATO، في «هلسنكي»: زقزقنبطج.\nنعم").tokens:
        assert (token.tag in TAGS) if token.kind == WORD else (token.tag == "")


def test_the_reading_is_of_the_tag(read: Read, compiled: Compiled):
    tagger = Tagger(Particles(compiled))
    for token in read("وأجرى الوزير محادثات مع نظيره، وبحث الملف معه.").tokens:
        if token.kind == WORD and token.form.readings:
            reading = tagger.reading(token)
            assert reading is not None
            assert reading.tag == token.tag


def test_forms_are_looked_up_once(compiled: Compiled):
    words = WordTable(compiled)
    assert words.form("محادثات") is words.form("محادثات")
    assert words.form("مُحادثات").readings == words.form("محادثات").readings
    assert words.form("زقزقنبطج").readings == ()


@pytest.mark.parametrize(("written", "stem", "cut"), [("وَبِالبَرلمان", "برلمان", 6), ("والبرلمان", "برلمان", 3)])
def test_marks_do_not_shift_a_cut(compiled: Compiled, written: str, stem: str, cut: int):
    form = WordTable(compiled).form(written)
    assert form.cut_at(next(s for s in form.splits if s.stem == stem and s.definite)) == cut


@settings(deadline=None)
@given(st.text("اأإبتدرسفقكلمنهويةى َّـ.،\n", max_size=60))
def test_any_words_are_tagged(read: Read, text: str):
    assert all(t.tag in TAGS for t in read(text).tokens if t.kind == WORD)


@pytest.mark.parametrize("word", ["تركي", "روسي", "وألماني", "بتركيا"])
def test_names_of_states_are_no_verbs(compiled: Compiled, word: str):
    names = frozenset({"تركي", "روسي", "الماني", "تركيا"})
    tagger = Tagger(Particles(compiled), names)
    assert tagger.choice(WordTable(compiled).form(word)).verb is None


def test_the_reader_knows_the_names_of_states(reader: Reader):
    record = reader.read("أدانت بغداد القرار بعد قصف تركي استهدف قرية في دهوك.", published="2024-05-14")
    shelling = next(e for e in record.events if e.trigger.text == "قصف")
    assert "TUR" in [code.split("/")[0] for code in shelling.actor_codes]
