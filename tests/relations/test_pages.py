"""Pages: both languages say everything, each form holds what the page has, nothing in an article can break a form."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.console import Console
from told import date, line

import rasd.relations
from rasd import Reader
from rasd.chronicle import Difference
from rasd.lexicon import KnowledgeFiles
from rasd.lexicon.files import OURS, load_yaml
from rasd.record import Amount, Attribution, EventDate, Name, Ordinal
from rasd.relations import Memory
from rasd.relations.dossier import Asked, Dossier, pair
from rasd.relations.dyad import Party
from rasd.relations.pages.compose import agenda_page, page
from rasd.relations.pages.html import html
from rasd.relations.pages.markdown import markdown
from rasd.relations.pages.page import LANGUAGES, Language
from rasd.relations.pages.wording import Wording
from rasd.relations.view_schema import Label
from rasd.terminal.dossier import show_page

FILES = KnowledgeFiles()
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "summit.txt"
ARABIC = re.compile("[\u0621-\u064a]")


@pytest.fixture(scope="module")
def dossier(reader: Reader) -> Dossier:
    record = reader.read(
        EXAMPLE.read_text(encoding="utf-8"), published="2024-05-14", title='<b>"قمة" & لقاء</b>', source="*Paper*",
        url="javascript:alert(1)",
    )  # fmt: skip
    return pair(Memory([record]), Party("TUR"), Party("IRQ"), Asked(), FILES)


class Closed(HTMLParser):
    """Fails where an element is not closed or closed twice."""

    VOID = ("meta", "br", "hr", "img", "link", "input", "line", "rect")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self.links.append(given.get("href") or "")
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_is_whole(dossier: Dossier, language: Language):
    text = html(page(dossier, language, FILES))
    parser = Closed()
    parser.feed(text)
    assert parser.open == []
    assert len(set(parser.ids)) == len(parser.ids)
    inner = {link[1:] for link in parser.links if link.startswith("#")}
    assert inner - set(parser.ids) == set()
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in text


def test_html_takes_nothing_from_elsewhere(dossier: Dossier):
    text = html(page(dossier, "en", FILES))
    assert "<script" not in text
    assert "javascript:" not in text
    assert not re.search(r'(src|href)="(?!#)', text)
    assert "<b>" not in re.sub(r"<b>[^<]*:</b>", "", text)


def test_the_drawing_is_well_formed(dossier: Dossier):
    text = html(page(dossier, "ar", FILES))
    drawing = ElementTree.fromstring(text[text.index("<svg") : text.index("</svg>") + 6])
    assert drawing.findall(".//{http://www.w3.org/2000/svg}rect")


def test_markdown_escapes_what_articles_say(dossier: Dossier):
    text = markdown(page(dossier, "en", FILES))
    assert "\\<b\\>" in text
    assert "\\*Paper\\*" in text
    assert "<javascript:" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_holds_what_a_terminal_obeys(language: Language, reader: Reader):
    odd = "\x1b[31m\x07\x9b2J\u202e\n"
    record = reader.read(
        f"أكد وزير الدفاع {odd} العراقي أن تركيا قصفت {odd} قرية في دهوك. وقال المتحدث {odd} إن العراق يدين القصف.",
        published="2024-05-14", title=f"قصف{odd}", source=f"المنبر{odd}", url=f"https://e.example/{odd}", id=f"a{odd}",
    )  # fmt: skip
    made = page(pair(Memory([record]), Party("TUR"), Party("IRQ"), Asked(), FILES), language, FILES)
    output = StringIO()
    show_page(made, Console(file=output, width=80, highlight=False, markup=False))
    for text in (output.getvalue(), markdown(made), html(made)):
        assert "المنبر" in text
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_terminal_shows_it(dossier: Dossier, language: Language):
    output = StringIO()
    show_page(page(dossier, language, FILES), Console(file=output, width=80, highlight=False, markup=False))
    assert all(len(line) <= 80 for line in output.getvalue().splitlines())
    assert page(dossier, language, FILES).title in output.getvalue()


def test_an_english_page_is_english_but_for_source_words(dossier: Dossier):
    made = page(dossier, "en", FILES)
    said = [made.title, made.kind, made.foot, *made.subtitle, *(t for pair in made.facts for t in pair)]
    for section in made.sections:
        said += [section.title, *section.notes]
        for group in section.groups:
            said += [group.title, *(i.text for i in group.items), *(i.head for i in group.items)]
            said += [t for i in group.items for t in (*i.tags, *(text for pair in i.details for text in pair))]
    assert [text for text in said if ARABIC.search(text)] == []


def test_an_agenda_alone(dossier: Dossier):
    made = agenda_page(dossier, "en", FILES, days=30)
    assert made.title == "Agenda"
    assert [s.id for s in made.sections] == ["agenda"]
    assert "within 30 days" in made.subtitle


def test_a_long_chronology_keeps_what_most_voices_tell(dossier: Dossier, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("rasd.relations.pages.compose._LONGEST", 2)
    made = page(dossier, "en", FILES)
    chronology = next(s for s in made.sections if s.id == "chronology")
    assert sum(len(g.items) for g in chronology.groups) == 2
    assert f"{len(dossier.lines) - 2} events that fewest tell are left out." in chronology.notes


def test_both_languages_fill_the_same_blanks():
    labels = [e for p in OURS.glob("relations/labels*.yaml") for e in load_yaml(p, list[Label])]
    blanks = re.compile(r"{(\w+)}")
    assert [e.id for e in labels if set(blanks.findall(e.en)) != set(blanks.findall(e.ar))] == []


def test_every_label_that_the_code_asks_for_is_there():
    say = Wording("en", FILES)
    folder = Path(rasd.relations.__file__).parent
    text = "\n".join(p.read_text(encoding="utf-8") for p in folder.rglob("*.py"))
    asked = set(re.findall(r'label\(\s*"([\w.-]+)"', text))
    assert asked
    assert {key for key in asked if not say.has(key)} == set()


COUNTS = [
    (1, "1 event", "حدث واحد"), (2, "2 events", "حدثان"), (3, "3 events", "3 أحداث"), (10, "10 events", "10 أحداث"),
    (11, "11 events", "11 حدثا"), (99, "99 events", "99 حدثا"), (100, "100 events", "100 حدث"),
    (103, "103 events", "103 أحداث"), (1200, "1,200 events", "1,200 حدث"), (0, "0 events", "0 حدث"),
]  # fmt: skip


@pytest.mark.parametrize(("n", "english", "arabic"), COUNTS)
def test_counts(n: int, english: str, arabic: str):
    assert Wording("en", FILES).count(n, "event") == english
    assert Wording("ar", FILES).count(n, "event") == arabic


def test_dates_in_words():
    say = Wording("en", FILES)
    assert say.date(date("2031-05-02")) == "2 May 2031"
    assert say.date(date("2031-05")) == "May 2031"
    assert say.date(date("2031-05-02..2031-05-09")) == "2 May 2031 – 9 May 2031"
    assert say.date(None) == "undated"
    clock = EventDate("2031-05-02", "2031-05-02", "2031-05-02", "16:00", "Asia/Baghdad", True)
    assert say.date(clock) == "about 2 May 2031, 16:00 (Baghdad)"
    assert Wording("ar", FILES).date(date("2031-05-02")) == "2 مايو 2031"


def test_numbers_in_words():
    say = Wording("en", FILES)
    assert say.amount(Amount(1e11, "USD", "year")) == "100 billion US dollars a year"
    assert say.amount(Amount(12, None, None)) == "12"
    assert [say.ordinal(Ordinal(n, None)) for n in (1, 2, 3, 4, 11, 13, 22)] == [
        "the 1st", "the 2nd", "the 3rd", "the 4th", "the 11th", "the 13th", "the 22nd",
    ]  # fmt: skip
    assert say.ordinal(Ordinal(3, "P2M")) == "the 3rd within 2 months"
    assert say.listed(["a", "b", "c"]) == "a, b and c"
    assert Wording("ar", FILES).listed(["أ", "ب", "ج"]) == "أ وب وج"


def test_who_says_so_and_where_it_was_are_named_in_arabic(dossier: Dossier):
    places = Difference("place", [("Bursa", ["1/e1"]), ("Izmir", ["2/e1"])])
    told = replace(line(differences=[places]), attribution=[Attribution("Reuters", None, "GBR/MED", None)])
    made = replace(dossier, lines=[told], towns={"Bursa": Name("بورصة", "Bursa"), "Izmir": Name("إزمير", "Izmir")})
    differ = next(s for s in page(made, "ar", FILES).sections if s.id == "differences")
    [(_, said)] = [d for d in differ.groups[0].items[0].details if "بورصة" in d[1]]
    assert "إزمير" in said
    assert not re.search("Bursa|Izmir", said)
    assert not [name for name in dossier.speakers.values() if not ARABIC.search(name.ar or "")]
