"""What all pages share: the database, the knowledge files, the words of both languages."""

from __future__ import annotations

import datetime as dt
import threading

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
        self._left: Store | None = None
        self._leaving = threading.Lock()

    def words(self, language: Language) -> Words:
        """What pages in a language say."""
        return self._words[language]

    def party(self, text: str) -> Party | None:
        """The power that a code or a name in either language means; None where none is known."""
        return self.names.find(text)

    def today(self) -> dt.date:
        """The day of the clock."""
        return dt.date.today()

    def leave_sample(self) -> None:
        """Show the user's own database instead of the sample, once there is one. Raises `rasd.store.StoreError`."""
        with self._leaving:
            if not self.sample or _absent():
                return
            # Answers that have begun go on with the sample, which stays open until the end.
            self._left = self.store
            self.store = Store(None)
            self.sample = False

    def close(self) -> None:
        self.store.close()
        if self._left is not None:
            self._left.close()


def _absent() -> bool:
    """Whether the user's own database is a file that is not there yet."""
    url = database_url(None)
    if url.get_backend_name() != "sqlite":
        return False
    from pathlib import Path

    return not Path(str(url.database)).exists()
