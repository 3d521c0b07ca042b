"""Each form as its readers expect it: columns, folding, pairs, codes, nothing half-written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from icalendar import Calendar

from exchange.made_up import SANTIAGO, told
from rasd.exchange import ExchangeError, Tally, Told, chosen, export, exports, flat, gdelt, jsonld
from rasd.exchange.cameo_table import COLUMNS as CAMEO_COLUMNS
from rasd.record import EventDate, Name, Place


def written(form: str, *items: Told) -> tuple[str, Tally]:
    buffer = io.BytesIO()
    tally = export(form, items, buffer)
    return buffer.getvalue().decode("utf-8"), tally


def gdelt_rows(*items: Told, version: int = 2) -> list[dict[str, str]]:
    text, _ = written("gdelt" if version == 2 else "gdelt1", *items)
    return [dict(zip(gdelt.columns(version), line.split("\t"), strict=True)) for line in text.splitlines()]


@pytest.mark.parametrize(("version", "columns"), [(1, 58), (2, 61)])
def test_gdelt_has_its_columns_in_order(version: int, columns: int):
    (row,) = gdelt_rows(told(place=SANTIAGO), version=version)
    assert len(row) == columns
    assert row["GLOBALEVENTID"].isdigit()
    expected = {
        "SQLDATE": "20190304", "MonthYear": "201903", "Year": "2019", "FractionDate": "2019.1753",
        "Actor1Code": "NORGOV", "Actor1Name": "NORWAY", "Actor1CountryCode": "NOR", "Actor1Type1Code": "GOV",
        "Actor2Code": "CHLGOV", "Actor2CountryCode": "CHL", "EventCode": "042", "EventBaseCode": "042",
        "EventRootCode": "04", "QuadClass": "1", "GoldsteinScale": "1.9", "NumMentions": "1", "NumArticles": "1",
        "ActionGeo_Type": "4", "ActionGeo_FullName": "Santiago, Chile", "ActionGeo_CountryCode": "CI",
        "ActionGeo_Lat": "-33.45", "ActionGeo_Long": "-70.65",
        "DATEADDED": "20190305" if version == 1 else "20190305000000", "SOURCEURL": "https://fjord.example/a7",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_gdelt_tells_actors_by_pairs():
    rows = gdelt_rows(told(acting="NOR/GOV SWE/GOV", receiving="CHL/GOV PER/GOV"))
    pairs = [(r["Actor1CountryCode"], r["Actor2CountryCode"]) for r in rows]
    assert pairs == [("NOR", "CHL"), ("NOR", "PER"), ("SWE", "CHL"), ("SWE", "PER")]
    assert len({r["GLOBALEVENTID"] for r in rows}) == 4
    together = gdelt_rows(told(acting="NOR/GOV CHL/GOV", receiving=""))
    assert [(r["Actor1CountryCode"], r["Actor2CountryCode"]) for r in together] == [("NOR", "CHL"), ("CHL", "NOR")]
    alone = gdelt_rows(told("PROTEST", "demo", acting="None/CVL", receiving=""))
    assert [(r["Actor1Code"], r["Actor2Code"]) for r in alone] == [("CVL", "")]


def test_an_event_has_the_same_number_each_time():
    assert gdelt_rows(told()) == gdelt_rows(told())


def test_a_country_as_a_place_is_told_as_one():
    place = Place(Name(None, "Chile"), "CHL", -33.45, -70.65, None)
    (row,) = gdelt_rows(told(place=place))
    assert (row["ActionGeo_Type"], row["ActionGeo_FullName"], row["ActionGeo_FeatureID"]) == ("1", "Chile", "CI")


@pytest.mark.parametrize(
    ("kind", "mode", "contexts", "status", "plover", "code"),
    [
        ("CONSULT", "visit", (), "planned", ("AGREE", []), "036"),
        ("CONSULT", "visit", (), "occurred", ("CONSULT", ["visit"]), "042"),
        ("COOPERATE", None, ("economic",), "planned", ("AGREE", []), "0311"),
        ("AID", None, ("military",), "planned", ("AGREE", []), "0332"),
        ("RETREAT", "release", (), "planned", ("CONCEDE", []), "0353"),
        ("SANCTION", "expel", (), "planned", ("THREATEN", ["expel"]), "136"),
        ("ASSAULT", "aerial", (), "planned", ("THREATEN", ["violence"]), "138"),
        ("ASSAULT", "aerial", ("military",), "ongoing", ("ASSAULT", ["aerial"]), "195"),
        ("ASSAULT", None, ("military",), "occurred", ("ASSAULT", []), "190"),
        ("REQUEST", "meet", (), "planned", ("REQUEST", ["meet"]), "106"),
    ],
)
def test_what_is_still_to_come_is_folded(
    kind: str, mode: str | None, contexts: tuple[str, ...], status: str, plover: tuple[str, list[str]], code: str
):
    item = told(kind, mode, contexts=contexts, status=status)
    text, _ = written("plover", item)
    found = json.loads(text)
    assert (found["event_type"], found["event_mode"]) == plover
    assert gdelt_rows(item)[0]["EventCode"] == code
    cells = csv.DictReader(io.StringIO(written("cameo", item)[0]), delimiter="\t")
    assert [r["code"] for r in cells] == [code]
    row = written("polecat", item)[0].splitlines()[1].split("\t")
    assert (row[2], row[3]) == (plover[0], plover[1][0] if plover[1] else "None")


@pytest.mark.parametrize("status", ["possible", "denied"])
@pytest.mark.parametrize("form", ["plover", "polecat", "cameo", "gdelt", "gdelt1"])
def test_what_did_not_happen_is_left_out_and_counted(form: str, status: str):
    _, tally = written(form, told(status=status), told(key="a8/e1"))
    assert tally.occurrences == 1
    assert tally.left_out == {f"{status} acts": 1}
    assert tally.lines() == [f"left out: 1 {status} acts"]


@pytest.mark.parametrize("form", ["plover", "polecat", "cameo", "gdelt"])
def test_an_event_without_a_day_gets_that_of_its_report_or_is_left_out(form: str):
    text, tally = written(form, told(day=None), told(day=None, published=None, key="a8/e1"))
    assert "20190305" in text.replace("-", "")
    assert tally.left_out == {"without a day": 1}
    assert tally.lost == {"events without a day (that of the report is written)": 1}


def test_plovers_json_has_the_keys_of_its_coder():
    text, _ = written("plover", told(place=SANTIAGO, acting="NOR/GOV UNO/IGO"))
    found = json.loads(text)
    assert found["date"] == "2019-03-04"
    assert found["pub_date"] == "2019-03-05"
    assert found["contexts"] == ["diplomatic"]
    assert found["quad_code"] == 1
    assert found["intensity"] == 4
    norway, united_nations = found["attributes"]["ACTOR"]
    assert (norway["country"], norway["code_1"], norway["cow"]) == ("NOR", "GOV", 385)
    assert (united_nations["country"], united_nations["code"], united_nations["cow"]) == ("IGO", "UNO", None)
    assert found["attributes"]["RECIP"][0]["country_name"] == "Chile"
    geo = found["event_geolocation"]["geo"]
    assert (geo["country_code3"], geo["geonameid"], geo["lat"]) == ("CHL", "3871336", -33.45)


def test_polecats_table_writes_states_by_cow_on_the_day():
    text, _ = written("polecat", told(acting="DEU/GOV YEM/GOV PSE/GOV", day="1980-06-01"))
    header, row = (line.split("\t") for line in text.splitlines())
    cells = dict(zip(header, row, strict=True))
    assert len(header) == 40
    assert cells["Actor Country"] == "DEU; YEM; PSE"
    assert cells["Actor COW"] == "260; 678; None"
    assert cells["Primary Actor Sector"] == "GOV; GOV; GOV"
    assert cells["Quad Code"] == "VERBAL COOPERATION"
    assert cells["Placename"] == "None"


def test_cameos_table_has_its_documented_columns():
    text, tally = written("cameo", told(place=SANTIAGO, acting="NAT/IGO"))
    (row,) = csv.DictReader(io.StringIO(text), delimiter="\t")
    assert list(row) == list(CAMEO_COLUMNS)
    assert (row["source"], row["source_group"], row["target"], row["target_cow"]) == (
        "IGOWSTNAT",
        "NAT",
        "CHLGOV",
        "155",
    )
    assert (row["root"], row["name"], row["goldstein"], row["quad"]) == ("04", "Make a visit", "1.9", "1")
    assert tally.rows == 1


def test_the_flat_table_is_the_same_as_csv_and_parquet():
    items = [told(place=SANTIAGO), told(acting="NOR/GOV HTI/REB", status="denied", key="a8/e1", day=None)]
    text, _ = written("csv", *items)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == [c.name for c in flat.COLUMNS]
    assert (rows[1]["actors"], rows[1]["actor_countries"], rows[1]["actor_cow"]) == (
        "NOR/GOV; HTI/REB",
        "NOR; YEM",
        "385; 679",
    )
    buffer = io.BytesIO()
    export("parquet", items, buffer)
    table = pq.read_table(io.BytesIO(buffer.getvalue()))
    assert table.column_names == [c.name for c in flat.COLUMNS]
    assert table.schema.field("actors").metadata[b"says"] == b"codes, `MAIN/SECTOR`"
    assert [{n: flat.text(v) for n, v in row.items()} for row in table.to_pylist()] == rows


def test_json_ld_uses_only_terms_of_its_context():
    text, tally = written("jsonld", told(place=SANTIAGO), told(status="planned", key="a8/e1"))
    document = json.loads(text)
    assert tally.rows == 2
    terms = set(document["@context"])

    def keys(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for key, part in value.items():
                yield key
                yield from keys(part)
        elif isinstance(value, list):
            for part in value:
                yield from keys(part)

    used = set(keys(document["@graph"]))
    assert used - terms <= {"@id", "@type", "@language", "@value"}
    assert terms >= set(jsonld.context())
    event = document["@graph"][0]
    assert event["eventType"] == "plover:CONSULT"
    assert event["startDate"] == "2019-03-04"
    assert event["wasDerivedFrom"][0]["@id"] == "https://fjord.example/a7"
    assert event["location"]["@id"] == "https://sws.geonames.org/3871336/"
    assert document["@graph"][1]["eventStatus"] == "schema:EventScheduled"


def test_a_calendar_holds_what_is_to_come():
    items = [
        told(status="planned", place=SANTIAGO),
        told(status="planned", day="2019-05-01", time="16:00", zone="Europe/Oslo", key="a8/e1"),
        told(status="possible", key="a9/e1"),
        told(status="occurred", key="a10/e1"),
        told(status="planned", day=None, key="a11/e1"),
    ]
    weeks = told(status="planned", key="a12/e1")
    weeks.occurrence.date = EventDate("2019-W20", "2019-05-13", "2019-05-19", None, None, False)
    buffer = io.BytesIO()
    tally = export("ics", [*items, weeks], buffer)
    calendar = Calendar.from_ical(buffer.getvalue())
    found = {str(e["uid"]): e for e in calendar.walk("VEVENT")}
    assert list(found) == ["a7/e2@rasd", "a8/e1@rasd", "a9/e1@rasd", "a12/e1@rasd"]
    assert found["a7/e2@rasd"]["dtstart"].to_ical() == b"20190304"
    assert found["a7/e2@rasd"]["dtend"].to_ical() == b"20190305"
    assert str(found["a7/e2@rasd"]["location"]) == "Santiago"
    assert found["a8/e1@rasd"]["dtstart"].to_ical() == b"20190501T140000Z"
    assert str(found["a9/e1@rasd"]["status"]) == "TENTATIVE"
    assert found["a12/e1@rasd"]["dtend"].to_ical() == b"20190520"
    assert tally.left_out == {"occurred: not to come": 1, "without a day": 1}
    again = io.BytesIO()
    export("ics", [*items, weeks], again)
    assert again.getvalue() == buffer.getvalue()


@pytest.mark.parametrize("form", list(exports()))
def test_a_form_of_nothing_is_whole(form: str, tmp_path: Path):
    path = tmp_path / "out"
    tally = export(form, [], path)
    assert path.exists()
    assert (tally.rows, tally.occurrences) == (0, 0)


@pytest.mark.parametrize("form", list(exports()))
def test_a_file_appears_whole_or_not_at_all(form: str, tmp_path: Path):
    def broken() -> Iterator[Told]:
        yield told()
        raise RuntimeError("a source that breaks off")

    path = tmp_path / "out"
    path.write_text("what was there")
    with pytest.raises(RuntimeError, match="breaks off"):
        export(form, broken(), path)
    assert path.read_text() == "what was there"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_form_that_is_none_is_refused():
    with pytest.raises(ExchangeError, match="no form dbf: plover"):
        export("dbf", [], io.BytesIO())


def test_events_are_chosen_by_powers_and_days():
    items = [
        told(),
        told(acting="PER/GOV", key="a8/e1"),
        told(day="2021-01-01", key="a9/e1"),
        told(day=None, key="a10/e1"),
    ]
    first = items[0].occurrence.date
    assert first is not None
    day = __import__("datetime").date
    assert [t.occurrence.id for t in chosen(items, ["NOR", "CHL"])] == ["a7/e2", "a9/e1", "a10/e1"]
    assert [t.occurrence.id for t in chosen(items, begin=day(2020, 1, 1))] == ["a9/e1"]
    assert [t.occurrence.id for t in chosen(items, ["NOR"], end=day(2019, 12, 31))] == ["a7/e2"]
