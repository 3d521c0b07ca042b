"""The quality gate: floors hold, rise by themselves only when asked, and fall only with a reason."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

import floors as gate
import quality

DAY = dt.date(2024, 5, 1)
LATER = dt.date(2024, 6, 1)


def pinned(**figures: float) -> gate.Floors:
    return gate.pin(gate.Floors({}, {}), figures, {"c": "abc"}, "first", DAY)


def test_a_figure_under_its_floor_fails() -> None:
    finding = gate.compare(pinned(a=0.5), {"a": 0.4999})[0]
    assert finding.fell
    assert not finding.rose


@pytest.mark.parametrize("value", [0.5, 0.5004])
def test_a_figure_at_its_floor_holds(value: float) -> None:
    finding = gate.compare(pinned(a=0.5), {"a": value})[0]
    assert not finding.fell
    assert not finding.rose


def test_a_floor_never_stands_above_the_figure_it_was_pinned_on() -> None:
    value = 0.68299999
    assert not gate.compare(pinned(a=value), {"a": value})[0].fell


def test_pinning_raises_and_never_lowers() -> None:
    floors = gate.pin(pinned(a=0.5, b=0.5), {"a": 0.6, "b": 0.4}, {}, "better", LATER)
    assert floors.figures["a"] == gate.Floor(0.6, 0.6, LATER, "better")
    assert floors.figures["b"] == gate.Floor(0.5, 0.5, DAY, "first")


def test_lowering_keeps_the_best_and_the_reason() -> None:
    floors = gate.lower(pinned(a=0.5), "a", {"a": 0.4}, "gold was corrected", LATER)
    assert floors.figures["a"] == gate.Floor(0.4, 0.5, LATER, "lowered: gold was corrected")


@pytest.mark.parametrize(
    ("name", "value", "reason", "message"),
    [
        ("a", 0.4, " ", "only with a reason"),
        ("b", 0.4, "why", "no floor or figure"),
        ("a", 0.5, "why", "nothing to lower"),
    ],
)
def test_lowering_is_refused(name: str, value: float, reason: str, message: str) -> None:
    with pytest.raises(gate.FloorError, match=message):
        gate.lower(pinned(a=0.5), name, {name: value}, reason, LATER)


def test_raising_after_lowering_still_says_that_it_is_under_its_best(tmp_path: Path) -> None:
    lowered = gate.lower(pinned(a=0.5), "a", {"a": 0.3}, "x", LATER)
    raised = gate.pin(lowered, {"a": 0.4}, {}, "some came back", LATER)
    file = tmp_path / "q.toml"
    gate.save(file, raised)
    assert gate.load(file).figures["a"].best == 0.5


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "q.toml"
    floors = pinned(**{"articles: typed F1": 0.683, "b": 1.0})
    gate.save(file, floors)
    assert gate.load(file) == floors


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[a", "not TOML"),
        ("[a]\nfloor = 0.5", "must have"),
        ('[a]\nfloor = "x"\nbest = 1.0\ndate = 2024-01-01\nreason = "r"', "wrong kind"),
        ('[a]\nfloor = 0.4\nbest = 0.5\ndate = 2024-01-01\nreason = "r"', "by hand"),
        ('[a]\nfloor = 0.6\nbest = 0.5\ndate = 2024-01-01\nreason = "r"', "above its best"),
        ('[a]\nfloor = 0.5\nbest = 0.5\ndate = 2024-01-01\nreason = ""', "no reason"),
    ],
)
def test_a_faulty_file_is_refused_with_what_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "q.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(gate.FloorError, match=message):
        gate.load(file)


def test_the_floors_of_the_project_are_sound() -> None:
    assert gate.load(quality.FLOORS).figures


def test_without_shared_data_it_says_that_nothing_was_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert quality.main(["--shared", str(tmp_path / "none")]) == 0
    assert "nothing was measured" in capsys.readouterr().out


class TestCommand:
    """The whole command over an invented collection of one figure."""

    @pytest.fixture
    def figure(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
        (tmp_path / "data.jsonl").write_text("{}\n", encoding="utf-8")
        value = {"F1": 0.5}
        invented = quality.Collection("invented", ("data.jsonl",), lambda shared, folder: dict(value))
        monkeypatch.setattr(quality, "COLLECTIONS", (invented,))
        assert self.call(tmp_path, "--pin", "--reason", "first") == 0
        return value

    def call(self, folder: Path, *more: str) -> int:
        return quality.main(["--shared", str(folder), "--floors", str(folder / "q.toml"), *more])

    def test_it_fails_when_a_figure_falls_and_names_it(
        self, tmp_path: Path, figure: dict[str, float], capsys: pytest.CaptureFixture[str]
    ) -> None:
        figure["F1"] = 0.49
        assert self.call(tmp_path) == 1
        assert "invented: F1" in capsys.readouterr().err

    def test_pinning_does_not_make_a_fallen_figure_pass(self, tmp_path: Path, figure: dict[str, float]) -> None:
        figure["F1"] = 0.49
        assert self.call(tmp_path, "--pin", "--reason", "try") == 1

    def test_lowering_needs_a_reason_and_then_passes(self, tmp_path: Path, figure: dict[str, float]) -> None:
        figure["F1"] = 0.49
        assert self.call(tmp_path, "--lower", "invented: F1") == 2
        assert self.call(tmp_path, "--lower", "invented: F1", "--reason", "gold corrected") == 0
        assert self.call(tmp_path) == 0

    def test_it_says_what_rose(
        self, tmp_path: Path, figure: dict[str, float], capsys: pytest.CaptureFixture[str]
    ) -> None:
        figure["F1"] = 0.6
        assert self.call(tmp_path) == 0
        assert "rose from 0.500" in capsys.readouterr().out

    def test_other_data_are_measured_and_not_held(
        self, tmp_path: Path, figure: dict[str, float], capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "data.jsonl").write_text("{}\n{}\n", encoding="utf-8")
        figure["F1"] = 0.1
        assert self.call(tmp_path) == 0
        assert "measured, not held" in capsys.readouterr().out

    def test_figures_alone_as_json(
        self, tmp_path: Path, figure: dict[str, float], capsys: pytest.CaptureFixture[str]
    ) -> None:
        capsys.readouterr()
        figure["F1"] = 0.1
        assert self.call(tmp_path, "--json") == 0
        assert json.loads(capsys.readouterr().out) == {"invented: F1": 0.1}


def test_the_scorers_lines_are_read() -> None:
    printed = """typed: P 0.655 R 0.714 F1 0.683
who: P 0.323 R 0.353 F1 0.337
status: 248 of 332 (0.747)
date: 58 of 117 (0.496)
place: 89 of 206 (0.432)
times: found F1 0.993, right F1 0.946
"""
    assert quality.event_figures(printed) == {
        "typed F1": 0.683, "who F1": 0.337, "status right": 0.747, "date right": 0.496, "place right": 0.432,
        "times found F1": 0.993, "times right F1": 0.946,
    }  # fmt: skip
    found = quality.gsr_figures("ASSAULT: P 0.166 R 0.944 F1 0.283  actors 1/2  recipients 1/4\n")
    assert found == {"ASSAULT F1": 0.283, "ASSAULT actors found": 0.5, "ASSAULT recipients found": 0.25}


def test_the_lines_of_mentions_are_read() -> None:
    printed = "nested\n  PERS  P 0.7  R 0.8  F1 0.75  of 42  (aim 0.75)\nflat\n  PERS  P 0.1  R 0.1  F1 0.10  of 40\n"
    assert quality.mention_figures(printed) == {"PERS F1": 0.75}


def test_the_lines_of_dating_are_read() -> None:
    printed = "one half\n  truth inside 9 of 10 (0.900)\nother half\n  truth inside 10 of 10 (1.000)\n"
    assert quality.dating_figures(printed) == {"truth inside": 0.95, "articles given an interval": 20.0}


def test_a_scorer_without_figures_is_an_error() -> None:
    with pytest.raises(quality.MeasureError):
        quality.event_figures("")
