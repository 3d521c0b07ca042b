"""Places in sentences of our own, in the data, and on the globe."""

from pathlib import Path

import pytest
import yaml

from rasd.lexicon import KnowledgeFiles, open_compiled
from rasd.text import document
from rasd.text.document import ActorMention
from rasd.text.forms import WORDS, WordTable
from rasd.where import SECTIONS, PlaceReader
from rasd.where.bearing import away, between
from rasd.where.gazetteer import Gazetteer, gather
from rasd.where.nisba import nisba_forms
from rasd.who.schema import State

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reader() -> tuple[WordTable, PlaceReader]:
    compiled = open_compiled(KnowledgeFiles(), [WORDS, *SECTIONS])
    return WordTable(compiled), PlaceReader(compiled)


@pytest.mark.parametrize("case", CASES, ids=[c["text"] for c in CASES])
def test_places_of_a_sentence(case: dict, reader: tuple[WordTable, PlaceReader]) -> None:
    words, places = reader
    doc = document(case["text"], words)
    places.read(doc)
    seen = [{key: getattr(p, key) for key in want} for p, want in zip(doc.places, case["places"], strict=False)]
    assert seen == case["places"]
    assert len(doc.places) == len(case["places"])


def test_mention_leaves_out_proclitics(reader: tuple[WordTable, PlaceReader]) -> None:
    words, places = reader
    doc = document("عقد الاجتماع بجنيف", words)
    places.read(doc)
    [place] = doc.places
    assert (doc.text[place.start : place.end], place.prep) == ("جنيف", "ب")


def test_a_place_inside_a_persons_name_is_none(reader: tuple[WordTable, PlaceReader]) -> None:
    words, places = reader
    doc = document("قالت باريس هيلتون أمس", words)
    doc.actors.append(ActorMention(0, 1, 3, 1, 5, 17, 0, (), (), "name", "person"))
    places.read(doc)
    assert doc.places == []


def test_zone_and_lookup(reader: tuple[WordTable, PlaceReader]) -> None:
    words, places = reader
    doc = document("الرابعة عصرا في إسطنبول", words)
    places.read(doc)
    assert places.zone(doc.places[0]) == "Europe/Istanbul"
    assert {p.country for p in places.lookup("طرابلس")} >= {"LBY", "LBN"}
    assert places.lookup("لا مكان") == []


def test_every_place_has_names_and_a_point_or_is_a_large_region() -> None:
    drafts, adjectives = gather(KnowledgeFiles())
    lost = [d.en for d in drafts if d.lat is None and d.kind not in ("region", "country")]
    assert lost == []
    wrong = [d.en for d in drafts if d.lat is not None and not (-90 <= d.lat <= 90 and -180 <= (d.lon or 0) <= 180)]
    assert wrong == []
    assert adjectives["لبناني"] == "LBN"


def test_bearings() -> None:
    assert away(33.0, 44.0, 0, 111.2) == (34.0, 44.0)
    assert between(0, 270) == 315.0
    assert nisba_forms("العراق") == ["عراقي"]


# Micro-states and islands called like their capital, or whose capital no newspaper names.
NO_CAPITAL = {"ABW", "FRO", "FSM", "GRD", "KNA", "MCO", "NRU", "PLW", "PYF", "SMR", "VAT"}


def test_the_capital_of_every_state_is_known() -> None:
    gazetteer = Gazetteer(open_compiled(KnowledgeFiles(), SECTIONS))
    states = KnowledgeFiles().entries("actors/states*.yaml", State, lambda s: s.code)
    named = {s.code for s in states if s.capital}
    assert {c for c in named if gazetteer.country(c) and gazetteer.capital(c) is None} - NO_CAPITAL == set()
