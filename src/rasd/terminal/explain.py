"""What was seen in an article, sentence by sentence, as a page for those who work on the lexicon."""

from __future__ import annotations

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from rasd.explanation import Explanation, PredicateExplanation, SentenceExplanation, TokenExplanation
from rasd.terminal.wording import plain


def show_explanation(explanation: Explanation, console: Console) -> None:
    """Print what was seen in each sentence; each finding is one or two lines."""
    if not explanation.sentences:
        console.print(Text("No sentences were found in this text."))
    for number, sentence in enumerate(explanation.sentences, 1):
        title = Text(f"Sentence {number} · characters {sentence.start} to {sentence.end}", style="bold")
        console.print(Rule(title, align="left", style="dim"))
        console.print(Text(plain(sentence.text), overflow="fold"))
        console.print(Text(" ".join(_token(t) for t in sentence.tokens), style="dim", overflow="fold"))
        _findings(sentence, console)
        console.print()


def _token(token: TokenExplanation) -> str:
    """``word/tag`` with what was read off it: ``والتقى/verb(و+التقى)``."""
    shown = plain(token.text) or "⏎"
    if not token.tag:
        return shown
    parts = [plain(p) for p in (token.proclitics, token.lemma, token.enclitic)]
    read = "+".join(p for p in parts if p) if any(parts) and parts != ["", shown, ""] else ""
    return f"{shown}/{token.tag}" + (f"({read})" if read else "")


def _findings(sentence: SentenceExplanation, console: Console) -> None:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=6, style="cyan")
    grid.add_column(ratio=1, overflow="fold")

    def add(label: str, words: str, found: str, style: str = "") -> None:
        grid.add_row(label, Text.assemble((plain(words), "bold"), "\n  ", (plain(found), style), overflow="fold"))

    for time in sentence.times:
        add("time", time.text, f"{time.value} by {time.rule}")
    for mention in sentence.mentions:
        add("actor", mention.text, f"{mention.code or 'no code'} ({mention.how}) by {mention.rule}")
    for place in sentence.places:
        add("place", place.text, f"{place.name}, {place.country}" if place.country else place.name)
    for predicate in sentence.predicates:
        if predicate.event_id:
            found = f"{predicate.predicate} → event {predicate.event_id} by {predicate.verdict}"
            add("event", predicate.text, f"{found} ({predicate.score:.2f}){_grounds(predicate)}", "green")
        else:
            add(
                "–",
                predicate.text,
                f"{predicate.predicate}: no event: {predicate.verdict}{_grounds(predicate)}",
                "yellow",
            )
    if grid.row_count:
        console.print(grid)


def _grounds(predicate: PredicateExplanation) -> str:
    return f"; weighed: {', '.join(predicate.grounds)}" if predicate.grounds else ""
