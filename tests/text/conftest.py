"""What the tests of the text layer share: the table of word forms and the tagger, without the rest of the reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rasd.lexicon import Compiled, KnowledgeFiles, open_compiled
from rasd.text import Document, document
from rasd.text.forms import WORDS, WordTable
from rasd.text.particles import PARTICLES, Particles
from rasd.text.tagger import Tagger

Read = Callable[[str], Document]


@pytest.fixture(scope="session")
def compiled() -> Compiled:
    return open_compiled(KnowledgeFiles(), [WORDS, PARTICLES])


@pytest.fixture(scope="session")
def read(compiled: Compiled) -> Read:
    """Text to a tagged document."""
    words, tagger = WordTable(compiled), Tagger(Particles(compiled))

    def tagged(text: str) -> Document:
        found = document(text, words)
        tagger.tag(found)
        return found

    return tagged
