"""The documents say what is so: links lead somewhere, fields, types and commands are all there."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

import rasd.record
from rasd.lexicon.files import OURS, load_yaml
from rasd.what.schema import Ontology

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def headings(text: str) -> set[str]:
    """The anchors that a document's headings make."""
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_links_lead_somewhere(path: Path):
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if target.startswith("http"):
            continue
        name, _, anchor = target.partition("#")
        file = path.parent / name if name else path
        assert file.is_file(), target
        assert not anchor or anchor in headings(file.read_text(encoding="utf-8")), target


def test_each_field_of_the_record_is_explained():
    text = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    classes = [c for c in vars(rasd.record).values() if dataclasses.is_dataclass(c)]
    fields = {field.name for c in classes for field in dataclasses.fields(c)}
    named = set(re.findall(r"`(\w+)`", text)) | headings(text)
    assert fields - named == set()


def test_the_ontology_is_all_there():
    text = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    ontology = load_yaml(OURS / "ontology.yaml", Ontology)
    for kind in ontology.types:
        row = next(line for line in text.splitlines() if line.startswith(f"| {kind.name} "))
        assert f"| {kind.quad} | {kind.score:g} |" in row
        assert all(f"{mode} ({score:g})" in row for mode, score in kind.modes.items())
    for entry in (*ontology.quads, *ontology.contexts, *ontology.sectors):
        assert f"| {entry.name} |" in text


def test_the_readmes_command_lines_are_those_that_are_run():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8").replace("--quiet ", "")
    for command in (
        "pip install . && rasd read examples/summit.txt --published 2024-05-14",
        'pip install -e ".[test]" && pytest',
    ):
        assert f"\n{command}\n" in readme
        assert command in run


def test_the_map_names_every_package():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    parts = [p for p in (ROOT / "src" / "rasd").iterdir() if p.name[0] != "_" and p.suffix in ("", ".py")]
    assert [p.name for p in parts if not re.search(rf"^  {re.escape(p.name)}/? ", text, re.MULTILINE)] == []
