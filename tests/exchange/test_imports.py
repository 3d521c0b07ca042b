"""Event tables of others: what is read of a row, what is counted, and which rows are set aside."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.made_up import ANY_TEXT, occurrences, told
from rasd.chronicle import Occurrence, Report, Side
from rasd.exchange import BadRow, ExchangeError, Tally, Told, export, gdelt, mapped, of_record, polecat, read, to_record
from rasd.record import EventDate, Place, Record

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("tables.yaml").read_text("utf-8"))
ICEWS = ["Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
         "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
         "City", "District", "Province", "Country", "Latitude", "Longitude"]  # fmt: skip


def table(case: dict[str, Any]) -> str:
    """The table of one row, as its form writes it."""
    if case["form"] == "plover":
        return json.dumps(case["object"]) + "\n"
    cells: dict[str, str] = case["cells"]
    if case["form"] == "gdelt":
        return "\t".join(cells.get(name, "") for name in gdelt.columns(2)) + "\n"
    if case["form"] == "acled":
        quoted = [f'"{value}"' for value in cells.values()]
        return ",".join(cells) + "\n" + ",".join(quoted) + "\n"
    names = ICEWS if case["form"] == "icews" else [n for n in polecat.columns() if n != "Intensity"]
    names = [*names, *(n for n in cells if n not in names)]
    return "\t".join(names) + "\n" + "\t".join(cells.get(name, "") for name in names) + "\n"


def shown_side(side: Side) -> str:
    return f"{side.code}|{side.name.en}" if side.name.en else side.code


def shown_date(date: EventDate | None) -> str | None:
    if date is None:
        return None
    same = date.begin == date.end == date.value
    return f"{date.value}{'' if same else f' {date.begin} {date.end}'}{' about' if date.approximate else ''}"


def shown_place(place: Place | None) -> str | None:
    return None if place is None else f"{place.name.en}, {place.country}, {place.lat}, {place.lon}"


def shown(occurrence: Occurrence, report: Report) -> dict[str, Any]:
    source = report.source
    return {
        "id": occurrence.id,
        "act": occurrence.type + (f"/{occurrence.mode}" if occurrence.mode else ""),
        "contexts": occurrence.contexts,
        "actors": [shown_side(s) for s in occurrence.actors],
        "recipients": [shown_side(s) for s in occurrence.recipients],
        "date": shown_date(occurrence.date),
        "place": shown_place(occurrence.place),
        "source": f"{source.outlet} {source.published} {source.url}",
        "counts": [f"{c.role} {c.value:g}" for c in report.counts],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['form']}: {c['name']}")
def test_rows(case: dict[str, Any], tmp_path: Path):
    path, tally, bad = tmp_path / "table", Tally(), list[BadRow]()
    path.write_text(table(case), encoding="utf-8")
    found = list(read(case["form"], str(path), tally, on_bad=bad.append))
    assert sorted(tally.lost) == sorted(case.get("lost", []))
    assert sorted(tally.left_out) == sorted(case.get("left_out", []))
    assert [b.reason for b in bad] == ([case["bad"]] if "bad" in case else [])
    assert tally.rows == 1
    assert tally.bad == len(bad)
    if "act" not in case:
        assert found == []
        return
    (item,) = found
    seen = shown(item.occurrence, item.reports[0])
    assert {key: seen[key] for key in seen if key in case} == {key: case[key] for key in seen if key in case}
    assert item.occurrence.reports == [item.reports[0].id]


def gdelt_line(key: int, code: str = "042") -> str:
    cells = {"GLOBALEVENTID": str(key), "SQLDATE": "20140228", "EventCode": code, "Actor1Code": "NOR"}
    return "\t".join(cells.get(name, "") for name in gdelt.columns(2)) + "\n"


def test_a_bad_row_is_set_aside_with_its_line_and_the_rest_goes_on(tmp_path: Path):
    path = tmp_path / "table"
    lines = [gdelt_line(1), "\n", "a\tb\n", gdelt_line(2, "77"), gdelt_line(3)]
    path.write_text("".join(lines), encoding="utf-8")
    tally, bad = Tally(), list[BadRow]()
    found = list(read("gdelt", str(path), tally, on_bad=bad.append))
    assert [t.occurrence.id for t in found] == ["gdelt:1", "gdelt:3"]
    assert [(b.line, b.reason) for b in bad] == [
        (3, "2 columns, not 57, 58 or 61"),
        (4, "no code of CAMEO: 77"),
    ]
    assert (tally.rows, tally.occurrences, tally.bad) == (4, 2, 2)


def test_cells_of_a_csv_may_hold_line_breaks(tmp_path: Path):
    path = tmp_path / "table.csv"
    path.write_text(
        "event_id_cnty,event_date,event_type,actor1,country,notes\n"
        'A1,2020-01-01,Riots,Rioters (Peru),Peru,"one\ntwo"\n'
        "A2,never,Riots,Rioters (Peru),Peru,\n"
        "A3,2020-01-01,Riots,Rioters (Peru),Peru\n",
        encoding="utf-8",
    )
    bad = list[BadRow]()
    found = list(read("acled", str(path), Tally(), on_bad=bad.append))
    assert [t.reports[0].words.text for t in found] == ["one\ntwo"]
    assert [(b.line, b.reason) for b in bad] == [(4, "no date: never"), (5, "5 columns, not 6")]


@pytest.mark.parametrize(
    ("form", "content", "reason"),
    [
        ("icews", "Event ID\tEvent Date\n", "no table of ICEWS: its first line has no column Source Name"),
        ("acled", "id,date\n", "no table of ACLED: its first line has no column event_date"),
        ("csv", "id,id,type\n", "its first line has the column id twice"),
        ("icews", "", "empty"),
        ("plover", "[1, 2", "not JSON: Input data was truncated"),
        ("gdelt", "PK\0\0\0\1\2", "not text \\(binary data\\)"),
        ("parquet", "PAR1 and then nothing", "the Parquet is truncated or damaged"),
    ],
)
def test_a_file_of_another_form_is_refused(form: str, content: str, reason: str, tmp_path: Path):
    path = tmp_path / "table"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ExchangeError, match=reason):
        list(read(form, str(path), Tally()))


def test_files_that_cannot_be_had_are_refused(tmp_path: Path):
    whole = gzip.compress(gdelt_line(1).encode() * 2000)
    (tmp_path / "cut.gz").write_bytes(whole[: len(whole) // 2])
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a", "1")
        archive.writestr("b", "2")
    if not Path("/dev/zero").exists():
        pytest.skip("no /dev/zero here")
    for name, reason in (
        ("none", "no such file"),
        (".", "a folder, not a file"),
        ("cut.gz", "truncated or damaged"),
        ("two.zip", "a zip of 2 files, not of one"),
        ("/dev/zero", "not text"),
    ):
        with pytest.raises(ExchangeError, match=reason):
            list(read("gdelt", str(tmp_path / name), Tally()))


def test_a_parquet_of_others_is_refused(tmp_path: Path):
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "other.parquet"
    pq.write_table(pa.table({"id": [1, 2], "words": [["a"], [None]]}), path)
    with pytest.raises(ExchangeError, match=r"other\.parquet: no table of Rasd: it has no column type"):
        list(read("parquet", str(path), Tally()))
    pq.write_table(pa.table({"id": [[1, None], [2]], "type": ["CONSULT", "x"]}), path)
    tally = Tally()
    assert len(list(read("parquet", str(path), tally))) == 1
    assert (tally.rows, tally.bad) == (2, 1)


def test_a_zip_of_one_file_is_read(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "20140228.export.CSV.zip", "w") as archive:
        archive.writestr("20140228.export.CSV", gdelt_line(1))
    found = list(read("gdelt", str(tmp_path / "20140228.export.CSV.zip"), Tally()))
    assert [t.occurrence.id for t in found] == ["gdelt:1"]


def test_an_array_of_json_is_read(tmp_path: Path):
    path = tmp_path / "events.json"
    one = {"id": "M1", "date": "2016-07-24", "event_type": "AGREE", "source": [{"code": "NOR"}]}
    path.write_text(json.dumps([one, {"id": "M2"}, {**one, "id": "M3"}]), encoding="utf-8")
    bad = list[BadRow]()
    found = list(read("plover", str(path), Tally(), on_bad=bad.append))
    assert [t.occurrence.id for t in found] == ["plover:M1", "plover:M3"]
    assert [(b.line, b.reason) for b in bad] == [(2, "no date")]


MAPPING = """
name: observatory
delimiter: ";"
date_format: "%d.%m.%Y"
separator: "+"
columns: {id: No, date: Day, type: What, actor: Who, actor_sector: Sector, recipient: Whom, place: Where,
          country: Land, killed: Dead, text: Note, outlet: Paper}
types: {talks: CONSULT/multilateral, raid: ASSAULT, weather: null}
actors: {The Company: NOR/BUS}
countries: {Norge: NOR}
"""


def mapped_rows(tmp_path: Path, mapping: str, content: str) -> tuple[list[Told], Tally, list[BadRow]]:
    (tmp_path / "mapping.yaml").write_text(mapping, encoding="utf-8")
    (tmp_path / "table.csv").write_text(content, encoding="utf-8")
    tally, bad = Tally(), list[BadRow]()
    given = mapped.load(tmp_path / "mapping.yaml")
    return list(read("csv", str(tmp_path / "table.csv"), tally, mapping=given, on_bad=bad.append)), tally, bad


def test_a_csv_of_anybodys_is_read_by_its_mapping(tmp_path: Path):
    found, tally, bad = mapped_rows(
        tmp_path,
        MAPPING,
        "No;Day;What;Who;Sector;Whom;Where;Land;Dead;Note;Paper\n"
        "7;04.03.2019;talks;Norge+The Company;;Chile/GOV+Atlantis;Oslo;Norge;;They talked;Fjord Post\n"
        "8;05.03.2019;raid;PER;MIL;PERREB;;Peru;4;;\n"
        "9;06.03.2019;weather;PER;;;;;;;\n"
        "10;07.03.2019;dances;PER;;;;;;;\n"
        "11;2019-03-08;raid;PER;;;;;;;\n",
    )
    first, second = (shown(t.occurrence, t.reports[0]) for t in found)
    assert first["id"] == "observatory:7"
    assert first["act"] == "CONSULT/multilateral"
    assert first["actors"] == ["NOR|Norge", "NOR/BUS|The Company"]
    assert first["recipients"] == ["CHL/GOV|Chile/GOV"]
    assert first["place"] == "Oslo, NOR, None, None"
    assert second["actors"] == ["PER/MIL|PER"]
    assert second["recipients"] == ["PER/REB|PERREB"]
    assert second["counts"] == ["killed 4"]
    assert tally.left_out == {"weather": 1, "types not in the mapping: dances": 1}
    assert set(tally.lost) == {"actors: Atlantis"}
    assert [(b.line, b.reason) for b in bad] == [(6, "no date of the form %d.%m.%Y: 2019-03-08")]


def test_a_csv_of_cameo_codes_needs_no_types(tmp_path: Path):
    mapping = "columns: {date: d, cameo: c, actor: a, end: e, status: s}\n"
    content = (
        "d,c,a,e,s\n2019-03-04,042,NORGOV,2019-03-06,planned\n2019-03-04,010,NOR,,\n2019-03-04,042,NOR,2019-01-01,\n"
    )
    found, tally, bad = mapped_rows(tmp_path, mapping, content)
    (item,) = found
    assert shown(item.occurrence, item.reports[0])["date"] == "2019-03-04 2019-03-04 2019-03-06"
    assert item.occurrence.status == "planned"
    assert [s.code for s in item.occurrence.actors] == ["NOR/GOV"]
    assert list(tally.left_out) == ["010 Make statement, not specified below"]
    assert [b.reason for b in bad] == ["ends before it begins: 2019-03-04 to 2019-01-01"]


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ("columns: {date: d}", "neither type nor cameo"),
        ("columns: {date: d, type: t}\ntypes: {x: PONDER}", "types: x: PLOVER has no PONDER"),
        ("columns: {date: d, type: t}\ntypes: {x: AID/visit}", "types: x: PLOVER has no AID/visit"),
        ("columns: {date: d, type: t}\ncountries: {x: Atlantis}", "countries: x: no country: Atlantis"),
        ("columns: {date: d, type: t}\nstatus: done", "no status: done"),
        ("columns: {date: d, type: t}\ndelimiter: ab", "one character"),
        ("columns: {date: d, type: t, colour: c}", "unknown field `colour`"),
        ("columns: {type: t}", "missing required field `date`"),
        ("- a list", "Expected `object`"),
    ],
)
def test_a_mapping_that_is_wrong_is_refused(mapping: str, reason: str, tmp_path: Path):
    path = tmp_path / "mapping.yaml"
    path.write_text(mapping, encoding="utf-8")
    with pytest.raises(ExchangeError, match=reason):
        mapped.load(path)


@settings(max_examples=60)
@given(occurrences(ANY_TEXT))
def test_a_row_made_into_a_record_tells_the_same_event(item: Told):
    record = Record.from_json(to_record(item).to_json())
    (again,) = of_record(record, item.reports[0].source.key)
    one, two = again.occurrence, item.occurrence
    for name in (
        "type",
        "mode",
        "contexts",
        "quad",
        "score",
        "status",
        "date",
        "place",
        "confidence",
        "gloss",
        "ordinal",
    ):
        assert getattr(one, name) == getattr(two, name)
    assert {s.code for s in one.actors} <= {s.code for s in two.actors}
    assert [c.value for c in again.reports[0].counts] == [c.value for c in item.reports[0].counts]
    assert again.reports[0].words.text == item.reports[0].words.text


@settings(max_examples=80)
@given(st.binary(max_size=400), st.sampled_from(["gdelt", "icews", "polecat", "plover", "acled", "csv"]))
def test_any_bytes_are_read_or_refused_with_a_reason(tmp_path_factory: pytest.TempPathFactory, data: bytes, form: str):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(data)
    bad = list[BadRow]()
    with contextlib.suppress(ExchangeError):
        list(read(form, str(path), Tally(), on_bad=bad.append))
    assert all(b.reason for b in bad)


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_table_gives_events_or_rows_set_aside(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject):
    form = data.draw(st.sampled_from(["gdelt", "polecat", "plover", "csv"]))
    buffer = io.BytesIO()
    export(form, [told(), told(key="a8/e1", acting="UNO/IGO HTI/REB")], buffer)
    content = bytearray(buffer.getvalue())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(content)
    with contextlib.suppress(ExchangeError):
        for item in read(form, str(path), Tally()):
            to_record(item).to_json()
