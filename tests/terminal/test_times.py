"""The table of times."""

from __future__ import annotations

from rich.console import Console

from rasd.terminal.times import show_times
from rasd.when import find


def shown(text: str, width: int = 100) -> str:
    console = Console(width=width, record=True, file=None)
    with console.capture() as captured:
        show_times(find(text, at="2020-06-15"), console)
    return captured.get()


def test_a_row_a_time() -> None:
    page = shown("وصل مطلع الشهر الماضي، ويعود الساعة الثامنة مساء بتوقيت غرينتش")
    rows = [line.split() for line in page.splitlines()]
    assert rows[0] == ["type", "value", "from", "to", "text"]
    assert rows[1][:5] == ["DATE", "2020-05", "2020-05-01", "2020-05-11", "start"]
    assert rows[2][:5] == ["TIME", "2020-06-15T20:00Z", "2020-06-15", "2020-06-15", "UTC"]


def test_nothing_found() -> None:
    assert shown("وصل الوفد") == "No times were found in this text.\n"


def test_no_line_is_wider_than_the_page() -> None:
    assert all(len(line) <= 60 for line in shown("من الثالث من يناير 2015 إلى الخامس من فبراير 2017", 60).splitlines())
