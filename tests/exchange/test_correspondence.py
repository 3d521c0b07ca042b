"""The tables of correspondence: whole, of their schemas, and true to PLOVER and CAMEO."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest

from rasd.exchange import (
    acled,
    actors,
    cameo,
    cameo_table,
    countries,
    flat,
    folding,
    forms,
    gdelt,
    icews,
    ontology,
    polecat,
)

TYPES_AND_MODES = [(kind, mode) for kind in ontology.types() for mode in (None, *ontology.modes(kind))]
# What CAMEO has no code of its own for comes back without its mode, or with the commoner one.
LOST_MODES = {
    ("CONSULT", "multilateral"), ("THREATEN", "arrest"), ("PROTEST", "boycott"), ("PROTEST", "vandalize"),
    ("MOBILIZE", "weapons"), ("MOBILIZE", "militia"), ("COERCE", "withhold"), ("COERCE", "misinformation"),
    ("ASSAULT", "primitive"),
}  # fmt: skip
# A sentence of a court is a verbal act to CAMEO, a material one to PLOVER.
OTHER_QUAD = {("SANCTION", "convict")}


@pytest.mark.parametrize(("kind", "mode"), TYPES_AND_MODES)
def test_every_type_and_mode_has_a_code_of_its_quad_that_means_it(kind: str, mode: str | None):
    event = cameo.code_of(kind, mode, [])
    assert event is not None
    if (kind, mode) not in OTHER_QUAD:
        assert event.quad == ontology.quad_number(ontology.quad(kind))
    assert event.plover is not None
    assert event.plover[0] == kind
    assert (event.plover[1] == mode) == ((kind, mode) not in LOST_MODES)


@pytest.mark.parametrize(("kind", "mode"), TYPES_AND_MODES)
def test_a_context_refines_a_code_and_does_not_change_its_type(kind: str, mode: str | None):
    for context in ontology.contexts():
        event = cameo.code_of(kind, mode, [context])
        assert event is not None
        assert event.plover is not None
        assert event.plover[0] == kind, context


def test_codes_mean_types_modes_and_contexts_that_plover_has():
    for event in cameo.events().values():
        assert -10 <= event.goldstein <= 10
        assert event.quad == (1 if event.root <= "05" else 2 if event.root <= "08" else 3 if event.root <= "13" else 4)
        if event.plover is None:
            assert event.root == "01"
            continue
        kind, mode, contexts = event.plover
        assert kind in ontology.types()
        assert mode is None or mode in ontology.modes(kind)
        assert set(contexts) <= ontology.contexts()


def test_every_heading_and_base_of_a_code_is_a_code():
    codes = cameo.events()
    assert {c[:2] for c in codes} == {f"{n:02}" for n in range(1, 21)}
    assert {c[:n] for c in codes for n in range(2, len(c))} <= set(codes)


@pytest.mark.parametrize("status", ["occurred", "ongoing", "planned", "possible", "denied"])
@pytest.mark.parametrize(("kind", "mode"), TYPES_AND_MODES)
def test_every_act_is_folded_or_left_out(kind: str, mode: str | None, status: str):
    folded = folding.fold(kind, mode, status, [])
    assert (folded is None) == (status in ("possible", "denied"))
    if folded is not None:
        assert folded.event is not None
        assert folded.type in ontology.types()
        assert folded.mode is None or folded.mode in ontology.modes(folded.type)
    if folded is not None and status in ("occurred", "ongoing"):
        assert (folded.type, folded.mode) == (kind, mode)


@pytest.mark.parametrize("kind", ontology.types())
def test_a_planned_act_is_told_by_words(kind: str):
    folded = folding.fold(kind, None, "planned", ["economic"])
    assert folded is not None
    assert folded.type in ("AGREE", "CONCEDE", "THREATEN", "REQUEST", "ACCUSE", "REJECT")
    assert folded.event is not None
    assert folded.event.root in ("03", "13", "10", "11", "12")


def test_groups_have_sectors_and_states_that_exist():
    for code, group in actors.groups().items():
        main, sector = actors.split(code)
        assert main is not None
        assert sector in actors.sectors()
        assert not group.state or group.state in countries.countries()
        assert len(group.cameo) % 3 == 0


def test_countries_have_one_meaning_in_each_alphabet():
    for column in ("iso3", "fips", "cameo"):
        values = [v for c in countries.countries().values() for v in getattr(c, column).split("|") if v]
        assert len(values) == len(set(values)), column
    for country in countries.countries().values():
        assert countries.of_name(country.name) == country.iso3
        assert not country.fips or countries.of_fips(countries.fips(country.iso3) or "") == country.iso3
        assert countries.of_cameo(countries.cameo(country.iso3) or "") == country.iso3


def test_a_country_is_one_state_of_cow_at_a_time():
    for iso3 in countries.countries():
        stretches = countries._stretches().get(iso3, [])
        for earlier, later in pairwise(stretches):
            assert earlier.end is not None
            assert earlier.end < later.begin
        for state in stretches:
            assert state.end is None or state.begin < state.end


@pytest.mark.parametrize(
    ("iso3", "day", "number"),
    [
        ("TUR", dt.date(2016, 10, 10), 640),
        ("DEU", dt.date(1975, 1, 1), 260),
        ("DEU", dt.date(1990, 10, 3), 255),
        ("YEM", dt.date(1985, 1, 1), 678),
        ("YEM", dt.date(2015, 1, 1), 679),
        ("SSD", dt.date(2011, 7, 8), None),
        ("SSD", dt.date(2011, 7, 9), 626),
        ("SYR", dt.date(1959, 1, 1), None),
        ("SUN", dt.date(1991, 12, 25), 365),
        ("SUN", dt.date(1992, 1, 1), None),
        ("SRB", dt.date(2010, 1, 1), 345),
        ("PSE", dt.date(2015, 1, 1), None),
        ("CZE", dt.date(1993, 1, 1), 316),
        ("CZE", None, 316),
        ("DDR", None, 265),
    ],
)
def test_cow_numbers_hold_while_a_state_did(iso3: str, day: dt.date | None, number: int | None):
    state = countries.cow(iso3, day)
    assert (state.number if state else None) == number
    if state is not None and iso3 != "SUN":
        assert countries.of_cow(state.number, day) == iso3
        assert countries.of_cow(state.abbreviation, day) == iso3


@pytest.mark.parametrize(
    ("name", "iso3"),
    [("Cote d'Ivoire", "CIV"), ("Russian Federation", "RUS"), ("the former Yugoslav Republic of Macedonia", "MKD"),
     ("Occupied Palestinian Territory", "PSE"), ("Türkiye", "TUR"), ("The Gambia", "GMB"), ("Atlantis", None)],
)  # fmt: skip
def test_names_of_countries(name: str, iso3: str | None):
    assert countries.of_name(name) == iso3


@pytest.mark.parametrize(
    ("digits", "label", "code"),
    [("42", "Make a visit", "042"), ("10", "Make statement", "010"), ("111", "Criticize or denounce", "111"),
     ("311", "", "0311"), ("190", "Use conventional military force", "190"), ("20", "", "020"),
     ("831", "", "0831"), ("nonsense", "", None), ("999", "", None)],
)  # fmt: skip
def test_codes_that_lost_their_zero(digits: str, label: str, code: str | None):
    event = cameo.of_digits(digits, label)
    assert (event.code if event else None) == code


@pytest.mark.parametrize(
    ("code", "letters", "again"),
    [("RUS/GOV", "RUSGOV", "RUS/GOV"), ("TUR", "TUR", "TUR"), ("NAT/IGO", "IGOWSTNAT", "NAT/IGO"),
     ("UNSC/IGO", "IGOUNO", "UNO/IGO"), ("HTI/REB", "YEMREBHTH", "HTI/REB"), ("HTI/GOV", "HTIGOV", "HTI/GOV"),
     ("NAT/MIL", "IGOWSTNATMIL", "NAT/MIL"), ("HAM/COP", "PSEHMSCOP", "HAM/COP"), ("None/UAF", "UAF", "None/UAF"),
     ("ROU/MIL", "ROMMIL", "ROU/MIL"), ("G20/IGO", "IGO", "None/IGO"), ("None", "", None)],
)  # fmt: skip
def test_actors_in_letters_of_cameo(code: str, letters: str, again: str | None):
    assert actors.to_cameo(code).code == letters
    assert actors.of_cameo(letters).code == again


@pytest.mark.parametrize(
    ("letters", "code", "passed_over"),
    [("IGOUNOREFHCR", "UNO/IGO", ["REF", "HCR"]), ("IGOUNOIAE", "IAE/IGO", []), ("TURGOVAKP", "TUR/GOV", ["AKP"]),
     ("USAGOVMIL", "USA/GOV", ["MIL"]), ("SYRKURREB", "SYR/REB", ["KUR"]), ("CHRCTH", None, ["CHR", "CTH"]),
     ("AFR", None, ["AFR"]), ("PAL", "PSE", []), ("INS", "None/REB", [])],
)  # fmt: skip
def test_letters_that_say_nothing_are_named(letters: str, code: str | None, passed_over: list[str]):
    read = actors.of_cameo(letters)
    assert (read.code, list(read.passed_over)) == (code, passed_over)


def test_tables_of_columns_have_their_numbers():
    assert len(gdelt.columns(1)) == 58
    assert len(gdelt.columns(2)) == 61
    assert len(polecat.columns()) == 40
    assert (gdelt.columns(1)[-1], gdelt.columns(2)[26], gdelt.columns(2)[39]) == (
        "SOURCEURL", "EventCode", "Actor1Geo_ADM2Code",
    )  # fmt: skip


def test_acled_and_icews_tables_mean_what_plover_has():
    for event in acled._events().values():
        assert not event.type or event.type in ontology.types()
        assert not event.mode or event.mode in ontology.modes(event.type)
        assert set(event.contexts.split(";")) - {""} <= ontology.contexts()
    assert {row.sector for row in icews._sectors().values()} <= set(actors.sectors())
    assert {*acled._kinds().values(), *(s for _, s in acled._beginnings())} <= set(actors.sectors())


def test_the_guide_shows_every_column_and_form():
    text = (Path(__file__).resolve().parents[2] / "docs" / "exchange.md").read_text(encoding="utf-8")
    missing = [c.name for c in flat.COLUMNS if f"| `{c.name}` | {c.kind} | {c.says} |" not in text]
    missing += [name for name, says in cameo_table.COLUMNS.items() if f"| `{name}` | {says} |" not in text]
    missing += [form for form in (*forms.exports(), *forms.IMPORTS) if f"`{form}`" not in text]
    missing += [f"{kind}/{mode}" for kind, mode in LOST_MODES if f"{kind}/{mode}" not in text]
    assert missing == []
