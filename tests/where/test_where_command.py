"""``rasd where``: the places of a name, their facts, and which is meant; clear answers where there is none."""

from __future__ import annotations

import json
import sys

import pytest

from rasd import Reader, cli
from rasd.commands import shell


def run(
    arguments: list[str], reader: Reader, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> tuple[int, str, str]:
    monkeypatch.setattr(shell, "reader", lambda _lexicon: reader)
    monkeypatch.setattr(sys, "argv", ["rasd", "where", *arguments])
    with pytest.raises(SystemExit) as left:
        cli.main()
    out, err = capfd.readouterr()
    return int(left.value.code or 0), out, err


@pytest.mark.parametrize(
    ("name", "first", "countries"),
    [
        ("طرابلس", "Tripoli", ["LBY", "LBN"]),
        ("Tripoli", "Tripoli", ["LBY", "LBN"]),
        ("فلوجه", "Fallujah", ["IRQ"]),
        ("deir ez zor", "Deir ez-Zor", ["SYR"]),
        ("العراق", "Iraq", ["IRQ"]),
        ("  إدلب ", "Idlib", ["SYR"]),
    ],
)
def test_the_likeliest_comes_first(name: str, first: str, countries: list[str], reader: Reader) -> None:
    found = reader.where(name.strip())
    assert found[0].en == first
    assert [p.country for p in found][: len(countries)] == countries
    assert [p.chosen for p in found] == [True] + [False] * (len(found) - 1)


def test_what_a_name_needs_is_said(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(["حديثة"], reader, monkeypatch, capfd)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "Haditha  حديثة"
    assert "GeoNames 96309" in out
    assert out.splitlines()[-1] == "'حديثة' is a place only after a word such as مدينة."


def test_json_is_a_list_of_all(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(["طرابلس", "--json"], reader, monkeypatch, capfd)
    places = json.loads(out)
    assert code == 0
    assert (places[0]["en"], places[0]["country"], places[0]["geonames"]) == ("Tripoli", "LBY", 2210247)
    assert places[0]["chosen"]
    assert not places[1]["chosen"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Mosull", "rasd: no place is known as 'Mosull'; did you mean Mosul"),
        ("بغدااد", "rasd: no place is known as 'بغدااد'; did you mean بغداد"),
        ("", "rasd: no place is known as ''"),
    ],
)
def test_an_unknown_name_is_one_line(
    name: str, said: str, reader: Reader, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run([name], reader, monkeypatch, capfd)
    assert (code, out) == (1, "")
    assert err.startswith(said)
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("name", ["\0uy", "\0", "طرابلس\0", "\x01", "\ud800"])
def test_a_name_of_no_letters_is_no_place(name: str, reader: Reader) -> None:
    with pytest.raises(ValueError, match="no place is known"):
        reader.where(name)
