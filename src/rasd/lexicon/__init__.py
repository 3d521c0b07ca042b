"""Knowledge files: finding them, laying a user's over ours, compiling and caching them."""

from rasd.lexicon.compiled import Compiled, Section, open_compiled
from rasd.lexicon.files import KnowledgeError, KnowledgeFiles

__all__ = ["Compiled", "KnowledgeError", "KnowledgeFiles", "Section", "open_compiled"]
