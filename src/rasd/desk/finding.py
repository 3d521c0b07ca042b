"""What a search found, as it is shown: events with the words that were looked for marked, articles likewise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rasd.chronicle import Occurrence, place_key
from rasd.desk.asking import lines
from rasd.record import Span
from rasd.relations.lines import Line, Quote
from rasd.relations.pages.page import Language
from rasd.relations.pages.wording import clean
from rasd.store.ledger import Ledger
from rasd.store.query import Wanted, marks, passages
from rasd.store.terms import Terms

# A stretch of text, and whether it was looked for.
Pieces = list[tuple[str, bool]]
# Letters shown of words in which nothing is marked.
_SHOWN = 320


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event with its line, and of what it rests on the passage that says most of what was looked for.

    ``quote`` is empty where no article's words are kept; ``article`` is the key of the article that they stand in.
    """

    line: Line
    gloss: Pieces
    quote: Pieces
    article: str


def found_events(
    ledger: Ledger, terms: Terms, occurrences: Sequence[Occurrence], wanted: Wanted | None, language: Language
) -> list[FoundEvent]:
    """Events as a search shows them, in the order given."""
    return [_found(line, terms, wanted, language) for line in lines(ledger, occurrences)]


def marked(text: str, spans: Sequence[Span], start: int = 0) -> Pieces:
    """A text in pieces, those of the spans marked; ``start`` is where it stands in what the spans count in."""
    pieces: Pieces = []
    at = 0
    for span in spans:
        begin, end = span.start - start, span.end - start
        if begin > at:
            pieces.append((text[at:begin], False))
        pieces.append((text[begin:end], True))
        at = end
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces


def _found(line: Line, terms: Terms, wanted: Wanted | None, language: Language) -> FoundEvent:
    gloss = line.occurrence.gloss
    both = (gloss.ar, gloss.en) if language == "ar" else (gloss.en, gloss.ar)
    said = clean(both[0] or both[1])
    if wanted is None:
        quote = line.quotes[0] if line.quotes else None
        return FoundEvent(line, [(said, False)], _short(quote), quote.article if quote else "")
    text, said_at = _best(line.quotes, terms, wanted)
    return FoundEvent(line, marked(said, marks(said, wanted, terms)), text, said_at)


def _best(quotes: Sequence[Quote], terms: Terms, wanted: Wanted) -> tuple[Pieces, str]:
    """The passage of all quotes that has most of what is looked for, and its article; else the first words."""
    most, best = 0, (_short(quotes[0]), quotes[0].article) if quotes else (Pieces(), "")
    for quote in quotes:
        text = clean(quote.text)
        for passage in passages(text, wanted, terms, most=1):
            if len(passage.marks) > most:
                before: Pieces = [("… ", False)] if passage.start else []
                after: Pieces = [(" …", False)] if passage.end < len(text) else []
                shown = marked(passage.text, passage.marks, passage.start)
                most, best = len(passage.marks), ([*before, *shown, *after], quote.article)
    return best


def _short(quote: Quote | None) -> Pieces:
    if quote is None:
        return []
    text = clean(quote.text)
    return [(text if len(text) <= _SHOWN else f"{text[:_SHOWN].rpartition(' ')[0]} …", False)]


# What templates call, as ``tools``, to show what was found.
TOOLS: dict[str, object] = {"marked": marked, "place_key": place_key}
