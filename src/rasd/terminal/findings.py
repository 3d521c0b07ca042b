"""The outcome of a check of knowledge files, line by line."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from rasd.checking import Report


def show_report(report: Report, console: Console) -> None:
    """Print each fault and each note on a line, then one line that sums up."""
    for fault in report.faults:
        console.print(Text(str(fault)), soft_wrap=True)
    for note in report.notes:
        console.print(Text(f"{note} (a note, no fault)"), soft_wrap=True)
    held = f"{_count(report.files, 'file', 'files')}, {_count(report.entries, 'entry', 'entries')}"
    said = f"{_count(len(report.faults), 'fault', 'faults')}" if report.faults else "OK"
    noted = f", {_count(len(report.notes), 'note', 'notes')}" if report.notes else ""
    console.print(Text(f"{report.folder}: {said}{noted} ({held})"), soft_wrap=True)


def _count(n: int, one: str, several: str) -> str:
    return f"{n} {one if n == 1 else several}"
