"""Towns that agreements and talks are named after: ``اتفاق فيينا``, ``محادثات جنيف``.

A capital stands for its government in news, but not right after such a noun, where it is alone: there it
is the place where others met.
"""

from __future__ import annotations

from rasd.text.document import ActorMention, Document
from rasd.text.letters import fold
from rasd.what.lexemes import Lexemes

_WITH = fold("مع")
# Within how many tokens after a party the one that it dealt with is named.
_REACH = 3


class Seats:
    """Tells the seats of talks from their parties."""

    def __init__(self, lexemes: Lexemes) -> None:
        self._nouns = frozenset(lexemes.classes["seat"])

    def mark(self, document: Document) -> None:
        """Make places, in place, of the capitals of a document that are seats."""
        continued = {m.joined for m in document.actors if m.joined is not None}
        for mention in document.actors:
            alone = mention.joined is None and mention.index not in continued
            if mention.how == "metonym" and alone and self._is_seat(document, mention):
                mention.locative, mention.kind = True, "place"

    def _is_seat(self, document: Document, mention: ActorMention) -> bool:
        before = mention.first - 1
        if before < document.sentences[mention.sentence].first or mention.last - mention.first != 1:
            return False
        if document.tokens[mention.first].start != mention.start:
            return False
        noun = document.tokens[before].form
        if not any(split.stem in self._nouns and not split.enclitic for split in noun.stems):
            return False
        following = document.tokens[mention.last : mention.last + _REACH]
        return all(token.key != _WITH for token in following)
