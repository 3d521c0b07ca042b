"""What all pages share: the database, the knowledge files, the words of both languages."""

from __future__ import annotations

import datetime as dt

from rasd.desk.language import Words
from rasd.desk.sample import sample_database
from rasd.desk.settings import Settings
from rasd.lexicon import KnowledgeFiles
from rasd.relations.dyad import Party
from rasd.relations.naming import CodeNames
from rasd.relations.pages.page import LANGUAGES, Language
from rasd.store import Store
from rasd.store.location import database_url


class Desk:
    """Opened once for an application, used by many threads: the store hands each of them a connection of its own.

    ``sample`` says whether it is the sample that is shown, for want of a database. Raises `rasd.store.StoreError`
    where the database cannot be had.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.files = KnowledgeFiles(settings.lexicon)
        self.names = CodeNames(self.files)
        self._words = {language: Words(language, self.files, self.names) for language in LANGUAGES}
        self.sample = settings.database is None and _absent()
        place = sample_database(settings.lexicon) if self.sample else settings.database
        self.store = Store(place)

    def words(self, language: Language) -> Words:
        """What pages in a language say."""
        return self._words[language]

    def party(self, text: str) -> Party | None:
        """The power that a code or a name in either language means; None where none is known."""
        return self.names.find(text)

    def today(self) -> dt.date:
        """The day of the clock."""
        return dt.date.today()

    def close(self) -> None:
        self.store.close()


def _absent() -> bool:
    """Whether the user's own database is a file that is not there yet."""
    url = database_url(None)
    if url.get_backend_name() != "sqlite":
        return False
    from pathlib import Path

    return not Path(str(url.database)).exists()
