"""The subjects of sentences that speak of no politics: the file names what is there, words weigh as it says."""

from __future__ import annotations

import pytest

from rasd import Reader
from rasd.lexicon.files import OURS, KnowledgeFiles, load_yaml
from rasd.what.schema import Ontology, Predicate
from rasd.what.subjects import Subject

SUBJECTS = load_yaml(OURS / "subjects.yaml", list[Subject])


@pytest.mark.parametrize("entry", SUBJECTS, ids=lambda e: e.subject)
def test_a_subject_names_types_and_entries_that_exist(entry: Subject) -> None:
    types = {t.name for t in load_yaml(OURS / "ontology.yaml", Ontology).types}
    ids = {e.id for e in KnowledgeFiles().entries("predicates/*.yaml", Predicate, lambda e: e.id)}
    named = {*entry.spares, *(entry.refuses if entry.refuses != "all" else [])}
    assert named <= types | ids
    assert set(entry.words) <= {1, 2, 3}


def test_an_article_of_sport_lends_its_subject_to_its_sentences(reader: Reader) -> None:
    match = "فاز المنتخب المغربي على المنتخب الإسباني في مباراة الدوري، وسجل اللاعب الهدف في الشوط الأول. "
    attack = "هاجم فريق المغرب فريق إسبانيا."
    assert reader.read(match * 4 + attack).events == []
    assert [e.type for e in reader.read(attack).events] == ["ASSAULT"]


LOCAL = {
    "services": "دعت البلدية أصحاب الحدائق إلى صيانة المرافق ضمن مشروع الإنارة في المنتزه. ",
    "education": "طالب المعلمون الطلاب بمراجعة المناهج قبل الاختبارات في المدارس والكليات. ",
    "religion": "دعا الخطيب الناس إلى التقوى والاستغفار في خطبة عن فقه العبادة والزكاة. ",
    "home": "طالبت الزوجة زوجها بتغيير المطبخ والديكور قبل زواج العروس. ",
    "business": "وافق مدير الشركة على تسويق منتجات المصنع في متاجر جديدة للعملاء. ",
}


@pytest.mark.parametrize("subject", LOCAL)
def test_an_article_about_local_matters_holds_no_politics(reader: Reader, subject: str) -> None:
    assert reader.read(LOCAL[subject] * 4).events == []


@pytest.mark.parametrize("subject", LOCAL)
def test_two_powers_act_in_an_article_about_local_matters(reader: Reader, subject: str) -> None:
    talks = "بحث وزير التعليم العماني مع نظيره الهندي تبادل المعلمين ومشروع متاجر وخطبة العروس."
    assert "CONSULT" in {e.type for e in reader.read(LOCAL[subject] * 4 + talks).events}


def test_an_article_of_nothing_but_sport_lends_its_subject_to_every_sentence(reader: Reader) -> None:
    match = "فاز المنتخب المغربي على المنتخب الإسباني في مباراة الدوري، وسجل اللاعب الهدف في الشوط الأول. "
    resigned = "وقدم العلمي استقالته من رئاسة اللجنة. "
    assert reader.read(match * 4 + resigned).events == []
    bomb = "وانفجرت قنبلة في باريس فقتلت شرطيين فرنسيين."
    assert [e.type for e in reader.read(match * 4 + bomb).events] == ["ASSAULT"]
