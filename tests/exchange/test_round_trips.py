"""What is written and read again is the same in all that the form holds."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from exchange.made_up import SANTIAGO, TEXT, occurrences, told
from rasd.chronicle import Occurrence
from rasd.exchange import BadRow, Tally, Told, actors, export, folding, ontology, read
from rasd.exchange.told import day_of
from rasd.record import Name

ALL = ("type", "mode", "contexts", "quad", "score", "actors", "recipients", "status", "date", "place", "affairs",
       "confidence", "gloss", "voices", "ordinal")  # fmt: skip
MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def there_and_back(form: str, item: Told, read_as: str | None = None) -> list[Told]:
    """What is read of what is written; nothing may be set aside."""
    buffer, bad = io.BytesIO(), list[BadRow]()
    export(form, [item], buffer)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(buffer.getvalue())
        found = list(read(read_as or form, str(path), Tally(), on_bad=bad.append))
    assert bad == []
    return found


def same(one: Occurrence, two: Occurrence, fields: tuple[str, ...]) -> None:
    assert {f: getattr(one, f) for f in fields} == {f: getattr(two, f) for f in fields}


@MANY
@given(occurrences())
def test_the_flat_table_holds_everything(item: Told):
    for form in ("csv", "parquet"):
        (found,) = there_and_back(form, item)
        same(found.occurrence, item.occurrence, ALL)
        assert found.occurrence.id.endswith(item.occurrence.id)
        assert found.reports[0].counts == item.reports[0].counts
        assert found.reports[0].words.text == item.reports[0].words.text
        assert found.reports[0].source.outlet == item.reports[0].source.outlet


@MANY
@given(occurrences())
def test_plovers_json_holds_everything_that_has_a_place_and_a_day_there(item: Told):
    found = there_and_back("plover", item)
    o = item.occurrence
    if folding.fold(o.type, o.mode, o.status, o.contexts) is None or not (o.date or item.reports[0].source.published):
        assert found == []
    else:
        same(found[0].occurrence, o, ALL)


@MANY
@given(occurrences(TEXT))
def test_polecats_table_holds_act_codes_place_and_day(item: Told):
    found = there_and_back("polecat", item)
    o = item.occurrence
    act = folding.fold(o.type, o.mode, o.status, o.contexts)
    if act is None or not (o.date or item.reports[0].source.published):
        assert found == []
        return
    again = found[0].occurrence
    assert (again.type, again.mode, again.contexts) == (act.type, act.mode, o.contexts)
    assert again.quad == ontology.quad(act.type)
    if o.date is not None:
        assert day_of(again.date) == day_of(o.date)
    assert (again.place is None) == (o.place is None)
    if o.place is not None and again.place is not None:
        kept = ("country", "lat", "lon", "geonames")
        assert [getattr(again.place, f) for f in kept] == [getattr(o.place, f) for f in kept]
        assert again.place.name.en == o.place.name.en


@pytest.mark.parametrize("code", [c for c in actors.groups() if c != "UNSC/IGO"])
@pytest.mark.parametrize("form", ["gdelt", "gdelt1", "polecat", "plover"])
def test_powers_beyond_states_keep_their_codes(form: str, code: str):
    found = there_and_back(form, told(acting=code), "gdelt" if form == "gdelt1" else None)
    groups = actors.groups()[code].group
    expected = code if groups or form in ("polecat", "plover") else "None/IGO"
    assert [s.code for s in found[0].occurrence.actors] == [expected]


@pytest.mark.parametrize("form", ["gdelt", "gdelt1", "polecat", "plover"])
@pytest.mark.parametrize("code", ["NOR", "NOR/GOV", "SSD/MIL", "PSE/CVL", "ROU/COP", "HTI/GOV", "TWN/LEG", "XKX/JUD"])
def test_states_keep_their_codes(form: str, code: str):
    found = there_and_back(form, told(acting=code), "gdelt" if form == "gdelt1" else None)
    assert [s.code for s in found[0].occurrence.actors] == [code]


@MANY
@given(occurrences(TEXT))
def test_gdelts_table_holds_act_day_place_and_states_of_each_pair(item: Told):
    for form in ("gdelt", "gdelt1"):
        found = there_and_back(form, item, "gdelt")
        o = item.occurrence
        act = folding.fold(o.type, o.mode, o.status, o.contexts)
        if act is None or not (o.date or item.reports[0].source.published):
            assert found == []
            continue
        acting, receiving = len(o.actors), len(o.recipients)
        assert len(found) == (acting * receiving or (acting * (acting - 1) if acting > 1 else 1))
        for again in (f.occurrence for f in found):
            assert act.event is not None
            assert act.event.plover is not None
            assert (again.type, again.mode) == act.event.plover[:2]
            assert again.type == act.type
            if o.date is not None:
                assert day_of(again.date) == day_of(o.date)
            assert (again.place is None) == (o.place is None)
            if o.place is not None and again.place is not None:
                same_point = [(p.country, p.lat, p.lon) for p in (o.place, again.place)]
                assert same_point[0] == same_point[1] or o.place.country == "ALA"
            main = {actors.state_of(s.code) for s in (*o.actors, *o.recipients)}
            assert {actors.state_of(s.code) for s in (*again.actors, *again.recipients)} <= main


def test_a_version_of_gdelt_may_be_named():
    for form in ("gdelt1", "gdelt2"):
        (found,) = there_and_back(form, told())
        assert found.occurrence.id.startswith("gdelt:")


def test_a_folded_meeting_is_a_meeting_again_in_plovers_json_alone():
    meeting = told(status="planned", place=SANTIAGO)
    for form, kind, mode in (("plover", "CONSULT", "visit"), ("polecat", "AGREE", None), ("gdelt", "AGREE", None)):
        (found,) = there_and_back(form, meeting)
        assert (found.occurrence.type, found.occurrence.mode) == (kind, mode)
        assert found.occurrence.status == ("planned" if form == "plover" else "occurred")


@pytest.mark.parametrize("wrap", [lambda b: b, __import__("gzip").compress], ids=["plain", "gzip"])
def test_a_compressed_table_is_read_as_it_is(tmp_path: Path, wrap: Callable[[bytes], bytes]):
    buffer = io.BytesIO()
    export("gdelt", [told()], buffer)
    path = tmp_path / "20190305.export.CSV"
    path.write_bytes(wrap(buffer.getvalue()))
    (found,) = read("gdelt", str(path), Tally())
    assert [s.name for s in found.occurrence.actors] == [Name(None, "Norway")]
