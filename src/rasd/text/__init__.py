"""Arabic as written: letters, clitics, word forms, tokens, sentences, number words."""

from rasd.text.document import Document, Sentence, Token
from rasd.text.tokens import document

__all__ = ["Document", "Sentence", "Token", "document"]
