"""Inflection: the written forms of verbs and nouns, from what a dictionary gives."""

from __future__ import annotations

from functools import cache

import pytest

from rasd.lexicon import KnowledgeFiles
from rasd.text.inflection import noun_forms, verb_forms
from rasd.text.letters import fold
from rasd.what.schema import Predicate

# Verb, then forms as "written:tense and person", with :p for passive, :j for jussive.
VERBS = {
    "كتب يكتب": "كتب:P3ms كتبت:P3fs كتبا:P3md كتبتا:P3fd كتبوا:P3mp كتبنا:P1p "
    "يكتب:I3ms تكتب:I3fs يكتبان:I3md يكتبون:I3mp نكتب:I1p",
    "زار يزور": "زارت:P3fs زاروا:P3mp زرنا:P1p زرت:P1s "
    "يزور:I3ms تزور:I3fs يزوران:I3md يزورون:I3mp يزر:I3ms:j تزر:I3fs:j زير:P3ms:p يزار:I3ms:p",
    "باع يبيع": "باعت:P3fs بعنا:P1p يبيع:I3ms يبع:I3ms:j يباع:I3ms:p",
    "أدان يدين": "أدانت:P3fs أدانوا:P3mp أدنا:P1p يدين:I3ms تدن:I3fs:j أدينت:P3fs:p يدان:I3ms:p",
    "استقال يستقيل": "استقالت:P3fs استقلنا:P1p يستقيل:I3ms يستقيلان:I3md يستقل:I3ms:j",
    "دعا يدعو": "دعت:P3fs دعوا:P3mp دعونا:P1p تدعو:I3fs يدعون:I3mp يدع:I3ms:j دعي:P3ms:p دعيت:P3fs:p يدعى:I3ms:p",
    "التقى يلتقي": "التقت:P3fs التقيا:P3md التقوا:P3mp التقينا:P1p يلتقي:I3ms يلتقيان:I3md يلتقون:I3mp يلتق:I3ms:j",
    "سعى يسعى": "سعت:P3fs سعوا:P3mp يسعى:I3ms تسعى:I3fs يسعيان:I3md يسعون:I3mp يسع:I3ms:j",
    "خشي يخشى": "خشيت:P3fs خشوا:P3mp يخشى:I3ms يخشون:I3mp يخش:I3ms:j",
    "شن يشن": "شنت:P3fs شنوا:P3mp شننا:P1p يشن:I3ms تشن:I3fs يشنون:I3mp",
    "احتل يحتل": "احتلت:P3fs احتلوا:P3mp احتللنا:P1p يحتل:I3ms يحتلون:I3mp",
    "استمر يستمر": "استمرت:P3fs استمروا:P3mp استمررنا:P1p يستمر:I3ms",
    "استلم يستلم": "استلمت:P3fs استلموا:P3mp استلمنا:P1p يستلم:I3ms",
    "أعد يعد": "أعدت:P3fs أعدوا:P3mp أعددنا:P1p يعد:I3ms تعد:I3fs",
    "أكد يؤكد": "أكدت:P3fs أكدوا:P3mp أكدنا:P1p يؤكد:I3ms أؤكد:I1s",
    "أخذ يأخذ": "أخذت:P3fs أخذنا:P1p يأخذ:I3ms",
    "بدأ يبدأ": "بدأت:P3fs بدأوا:P3mp بدؤوا:P3mp بدءوا:P3mp يبدأ:I3ms يبدآن:I3md يبدؤون:I3mp يبدأون:I3mp",
    "وضع يضع": "وضعت:P3fs وضعوا:P3mp يضع:I3ms يضعون:I3mp يوضع:I3ms:p توضع:I3fs:p",
    "قابل يقابل": "قابلت:P3fs قوبل:P3ms:p قوبلت:P3fs:p يقابل:I3ms",
    "تظاهر يتظاهر": "تظاهروا:P3mp يتظاهر:I3ms تتظاهر:I3fs يتظاهرون:I3mp",
}
# Noun and plurals, then forms as "written:number", c for construct.
NOUNS = {
    "زيارة زيارات": "زيارة:s زيارات:p زيارتان:d زيارتين:d زيارتا:dc زيارتي:dc",
    "اجتماع اجتماعات": "اجتماع:s اجتماعا:s اجتماعات:p اجتماعان:d اجتماعين:d",
    "هجوم هجمات": "هجوم:s هجوما:s هجمات:p هجومين:d",
    "لقاء لقاءات": "لقاء:s لقاءات:p لقاءين:d",
    "بدء": "بدء:s بدءا:s",
    "مستشفى مستشفيات": "مستشفى:s مستشفيات:p مستشفيين:d",
    "قرار قرارات": "قرار:s قرارا:s قرارات:p قرارين:d",
    "أمر أوامر": "أمر:s أمرا:s أوامر:p",
}


def said(table: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(entry, *form.split(":", 1)) for entry, forms in table.items() for form in forms.split()]  # type: ignore[misc]


@pytest.mark.parametrize(("verb", "written", "what"), said(VERBS))
def test_verb_forms(verb: str, written: str, what: str):
    past, imperfect = verb.split()
    form = verb_forms(past, imperfect).get(fold(written))
    assert form is not None
    person, _, kind = what.partition(":")
    assert form.tense + form.person == person
    assert (kind if kind == "p" else "a") in form.voice
    assert form.jussive == (kind == "j")


@pytest.mark.parametrize(
    ("verb", "never"),
    [
        ("زار يزور", "زورت"), ("زار يزور", "يزرون"), ("دعا يدعو", "دعاوا"), ("التقى يلتقي", "التقيت ا"),
        ("أكد يؤكد", "أكددنا"), ("شن يشن", "شنن نا"), ("أدان يدين", "أدننا"), ("قال يقول", "قول"),
    ],
)  # fmt: skip
def test_what_no_verb_writes(verb: str, never: str):
    assert fold(never) not in verb_forms(*verb.split())


@pytest.mark.parametrize(("past", "imperfect"), [("ز", "يزور"), ("زار", "زور"), ("زار", "ي"), ("زار", "يز")])
def test_what_is_no_verb_is_refused(past: str, imperfect: str):
    with pytest.raises(ValueError, match="not a past and an imperfect"):
        verb_forms(past, imperfect)


@pytest.mark.parametrize(("noun", "written", "number"), said(NOUNS))
def test_noun_forms(noun: str, written: str, number: str):
    singular, *plurals = noun.split()
    form = noun_forms(singular, tuple(plurals)).get(fold(written))
    assert form is not None
    assert form.number + ("c" if form.construct else "") == number


@cache
def verbs() -> list[str]:
    entries = KnowledgeFiles().entries("predicates/*.yaml", Predicate, lambda e: e.id)
    return sorted({verb for entry in entries for verb in entry.verbs})


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_of_the_knowledge_files_is_inflected(verb: str):
    past, imperfect = verb.split()
    forms = verb_forms(past, imperfect)
    assert {fold(past), fold(imperfect), fold("ت" + imperfect[1:])} <= set(forms)
    assert all(form == fold(form) and " " not in form and len(form) > 1 for form in forms)
    assert {f.person for f in forms.values()} >= {"3ms", "3fs", "3mp"}
