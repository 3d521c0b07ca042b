"""Text to tokens and sentences, in one pass of one compiled pattern."""

from __future__ import annotations

import re

from rasd.text.document import BREAK, LATIN, NUMBER, PUNCT, WORD, Document, Sentence, Token
from rasd.text.forms import Form, WordTable

_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdfb\ufe70-\ufefc"
)
_MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c\u200d\u00ad"
_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"

_TOKEN = re.compile(
    rf"(?P<word>[{_LETTERS}][{_LETTERS}{_MARKS}]*)"
    rf"|(?P<number>[{_DIGITS}]+(?:[.,\u066b\u066c][{_DIGITS}]+)*)"
    r"|(?P<latin>[A-Za-z\u00c0-\u024f\u0370-\u052f][A-Za-z\u00c0-\u024f\u0370-\u052f'’.-]*(?<![.'’-]))"
    r"|(?P<break>\n\s*|\r\n?\s*|\u2028\s*|\u2029\s*)"
    r"|(?P<punct>\.\.+|[^\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff])"
)

# What ends a sentence. The Arabic semicolon does not: papers use it inside sentences.
_ENDS = {".", "!", "?", "؟", "…", "۔"}
_CLOSERS = {'"', "»", "”", "’", "'", ")", "]", "}", "“"}
# A single letter before a full stop is an initial or an agency's mark (أ.ف.ب), not an end.
_MAX_INITIAL = 1


def document(text: str, words: WordTable) -> Document:
    """The tokens and sentences of a text.

    ``text`` may be any Unicode without lone surrogates; offsets of tokens point into it.
    """
    tokens: list[Token] = []
    lookup = words.form
    forms: dict[str, Form] = {}
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or PUNCT
        start, end = match.span()
        written = match[0]
        if kind == WORD:
            form = lookup(written)
        else:
            form = forms.get(written)
            if form is None:
                form = forms[written] = Form(written, "\n" if kind == BREAK else written, ())
        tokens.append(Token(len(tokens), start, end, written, kind, form))
    return Document(text, tokens, _sentences(tokens))


def _sentences(tokens: list[Token]) -> list[Sentence]:
    """Split where a full stop, question or exclamation mark or a line break ends one."""
    found: list[Sentence] = []
    first = 0
    at = 0
    count = len(tokens)
    while at < count:
        token = tokens[at]
        kind = token.kind
        if kind == BREAK or (kind == PUNCT and token.text in _ENDS and not _is_initial(tokens, at)):
            last = at + 1
            if kind != BREAK:
                while last < count and (tokens[last].text in _CLOSERS or tokens[last].text in _ENDS):
                    last += 1
            _close(tokens, first, last, found)
            first = at = last
        else:
            at += 1
    _close(tokens, first, count, found)
    return found


def _close(tokens: list[Token], first: int, last: int, found: list[Sentence]) -> None:
    while first < last and tokens[first].kind == BREAK:
        first += 1
    while first < last and tokens[last - 1].kind == BREAK:
        last -= 1
    if any(t.kind in (WORD, NUMBER, LATIN) for t in tokens[first:last]):
        found.append(Sentence(len(found), first, last, tokens[first].start, tokens[last - 1].end))


def _is_initial(tokens: list[Token], at: int) -> bool:
    """A full stop within ``أ.ف.ب`` or after ``د``: one letter before it, close to what follows."""
    if tokens[at].text != "." or not at or at + 1 >= len(tokens):
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    if before.kind != WORD or len(before.text) > _MAX_INITIAL or before.end != tokens[at].start:
        return False
    if after.kind != WORD:
        return False
    # "جون ف. كنيدي": a letter after a word and before one; after a number it is a unit or an era (1436 ه.).
    among_words = at > 1 and tokens[at - 2].kind == WORD
    return after.start == tokens[at].end or before.text in ("د", "م", "أ", "ا") or among_words
