"""Occurrences of our own invention, single and generated."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from rasd.chronicle import Occurrence, Report, Side, Source, Words
from rasd.exchange import actors, countries, ontology
from rasd.exchange.told import Told
from rasd.record import Count, EventDate, Gloss, Name, Ordinal, Place, Span


def told(
    kind: str = "CONSULT", mode: str | None = "visit", *, acting: str = "NOR/GOV", receiving: str = "CHL/GOV",
    status: str = "occurred", day: str | None = "2019-03-04", contexts: tuple[str, ...] = ("diplomatic",),
    place: Place | None = None, key: str = "a7/e2", published: str | None = "2019-03-05", time: str | None = None,
    zone: str | None = None,
) -> Told:  # fmt: skip
    """One occurrence told by one report."""
    date = EventDate(day, day, day, time, zone, False) if day else None
    sides = [[Side(c, Name(None, None)) for c in given.split()] for given in (acting, receiving)]
    gloss = Gloss("زيارة وزير إلى سانتياغو", "A minister visits Santiago")
    source = Source("a7", "Fjord Post", "A visit", "https://fjord.example/a7", published)
    words = "زار الوزير سانتياغو"
    report = Report(
        key, source, "a7", kind, mode, list(contexts), ontology.quad(kind), ontology.score(kind, mode),
        sides[0], sides[1], [], status, date, place, [], [], [], Span(0, 3), Words("a7", 0, len(words), words),
        "consult.visit", 0.8, gloss,
    )  # fmt: skip
    occurrence = Occurrence(
        key, kind, mode, list(contexts), ontology.quad(kind), ontology.score(kind, mode), sides[0], sides[1],
        status, date, place, [], 0.8, gloss, [key], 1,
    )  # fmt: skip
    return Told(occurrence, [report])


SANTIAGO = Place(Name("سانتياغو", "Santiago"), "CHL", -33.45, -70.65, 3871336)

# Text that no form changes: no line breaks or tabs, no space at an end, nothing that stands for nothing.
_LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u2028\u2029\x85")
TEXT = st.text(_LETTERS, min_size=1, max_size=30).filter(lambda t: t == t.strip() and t not in ("None", "NA", "nan"))
# Any text at all, for the forms that hold it.
ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1, max_size=30)

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2040, 12, 31))
_STATES = [c for c in countries.countries() if c not in ("SUN", "YUG", "CSK", "DDR", "SCG", "YMD")]
# A code that is a state's and a body's with one sector is left to the tests of actors.
STATE_CODES = st.builds(
    lambda state, sector: actors.join(state, sector),
    st.sampled_from([s for s in _STATES if s != "HTI"]),
    st.one_of(st.none(), st.sampled_from(sorted(actors.sectors()))),
)
GROUP_CODES = st.sampled_from([c for c, g in actors.groups().items() if g.group and c != "UNSC/IGO"])
CODES = st.one_of(STATE_CODES, GROUP_CODES)
STATUSES = st.sampled_from(["occurred", "ongoing", "planned", "possible", "denied"])


@st.composite
def acts(draw: st.DrawFn) -> tuple[str, str | None, list[str]]:
    """A type, a mode of it, contexts."""
    kind = draw(st.sampled_from(ontology.types()))
    mode = draw(st.one_of(st.none(), st.sampled_from(ontology.modes(kind)))) if ontology.modes(kind) else None
    contexts = draw(st.lists(st.sampled_from(sorted(ontology.contexts())), unique=True, max_size=3))
    return kind, mode, contexts


@st.composite
def dates(draw: st.DrawFn) -> EventDate:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    if draw(st.booleans()):
        last = first
    time = draw(st.one_of(st.none(), st.sampled_from(["09:30", "16:00"]))) if first == last else None
    zone = "Europe/Oslo" if time else None
    value = first.isoformat() if first == last else first.strftime("%Y-%m")
    return EventDate(value, first.isoformat(), last.isoformat(), time, zone, draw(st.booleans()))


@st.composite
def places(draw: st.DrawFn, text: st.SearchStrategy[str] = TEXT) -> Place:
    lat = draw(st.one_of(st.none(), st.integers(-9000, 9000).map(lambda n: n / 100)))
    lon = None if lat is None else draw(st.integers(-18000, 18000).map(lambda n: n / 100))
    name = Name(draw(st.one_of(st.none(), text)), draw(text))
    return Place(name, draw(st.sampled_from(_STATES)), lat, lon, draw(st.one_of(st.none(), st.integers(1, 10**8))))


@st.composite
def sides(draw: st.DrawFn, text: st.SearchStrategy[str] = TEXT) -> Side:
    names = Name(draw(st.one_of(st.none(), text)), draw(st.one_of(st.none(), text)))
    return Side(draw(CODES), names, draw(st.one_of(st.none(), st.integers(1, 10**6).map(lambda n: f"Q{n}"))))


@st.composite
def occurrences(draw: st.DrawFn, text: st.SearchStrategy[str] = ANY_TEXT) -> Told:
    """An occurrence with one report, any of its fields unknown."""
    kind, mode, contexts = draw(acts())
    acting, receiving = draw(st.lists(sides(text), max_size=3)), draw(st.lists(sides(text), max_size=2))
    status, key = draw(STATUSES), draw(st.integers(0, 10**6).map(lambda n: f"a{n}/e1"))
    date, place = draw(st.one_of(st.none(), dates())), draw(st.one_of(st.none(), places(text)))
    affairs = draw(st.lists(text, max_size=2))
    confidence = draw(st.integers(1, 100).map(lambda n: n / 100))
    gloss = Gloss(draw(text), draw(text))
    ordinal = draw(st.one_of(st.none(), st.builds(Ordinal, st.integers(1, 40), st.sampled_from([None, "P2M"]))))
    counts = draw(st.lists(st.builds(lambda n: Count("killed", float(n), None, None, 0, 0), st.integers(1, 900)),
                           max_size=1))  # fmt: skip
    published = draw(st.one_of(st.none(), DAYS.map(dt.date.isoformat)))
    source = Source(key, draw(st.one_of(st.none(), text)), draw(st.one_of(st.none(), text)), None, published)
    quad, score = ontology.quad(kind), ontology.score(kind, mode)
    words = draw(text)
    report = Report(
        key, source, key, kind, mode, contexts, quad, score, acting, receiving, [], status, date, place, affairs, [],
        counts, Span(0, 0), Words(key, 0, len(words), words), "rule", confidence, gloss, ordinal,
    )  # fmt: skip
    occurrence = Occurrence(
        key, kind, mode, contexts, quad, score, acting, receiving, status, date, place, affairs, confidence, gloss,
        [key], draw(st.integers(1, 9)), ordinal=ordinal,
    )  # fmt: skip
    return Told(occurrence, [report])
