"""What all pages share: the database, the knowledge files, the words of both languages."""

from __future__ import annotations

import datetime as dt
import threading
import time
from pathlib import Path

from rasd.desk.answers import Answers
from rasd.desk.language import Words
from rasd.desk.sample import sample_database
from rasd.desk.settings import Settings
from rasd.lexicon import KnowledgeFiles
from rasd.relations.dyad import Party
from rasd.relations.naming import CodeNames
from rasd.relations.pages.page import LANGUAGES, Language
from rasd.store import Store
from rasd.store.location import database_url

# Names are learned anew after so many seconds.
_RENAMED = 300.0


class Desk:
    """Opened once for an application, used by many threads: the store hands each of them a connection of its own.

    ``sample`` says whether it is the sample that is shown, for want of a database. Raises `rasd.store.StoreError`
    where the database cannot be had.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.files = KnowledgeFiles(settings.lexicon)
        self._names = CodeNames(self.files)
        self._named_at = 0.0
        self._naming = threading.Lock()
        self._words = {language: Words(language, self.files, lambda: self.names) for language in LANGUAGES}
        self.sample = settings.database is None and _absent()
        place = sample_database(settings.lexicon) if self.sample else settings.database
        self.store = Store(place)
        self._left: Store | None = None
        self._leaving = threading.Lock()
        self.answers = Answers(self._revision)
        self._names = self._learned()
        # Read now what else the first who asks would wait for.
        _ = self._names.states

    @property
    def names(self) -> CodeNames:
        """What codes are called, by the knowledge files and by which powers the articles tell of."""
        due = time.monotonic() - self._named_at > _RENAMED
        if due and self._naming.acquire(blocking=False):
            try:
                self._names = self._learned()
            finally:
                self._naming.release()
        return self._names

    def _revision(self) -> str | None:
        revision = self.store.revision()
        return None if revision is None else f"{self.store.name} {revision}"

    def _learned(self) -> CodeNames:
        names = CodeNames(self.files)
        with self.store.reading() as ledger:
            names.learn_codes(ledger.codes())
        self._named_at = time.monotonic()
        return names

    def words(self, language: Language) -> Words:
        """What pages in a language say."""
        return self._words[language]

    def party(self, text: str) -> Party | None:
        """The power that a code or a name in either language means; None where none is known."""
        return self.names.find(text)

    def state_names(self, language: Language) -> list[str]:
        """What states are called in a language."""
        return [name for known in self.names.states.values() if (name := getattr(known, language))]

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
            self._names = self._learned()
            self.answers.forget()

    def close(self) -> None:
        self.store.close()
        if self._left is not None:
            self._left.close()


def _absent() -> bool:
    """Whether the user's own database is a file that is not there yet."""
    url = database_url(None)
    if url.get_backend_name() != "sqlite":
        return False
    return not Path(str(url.database)).exists()
