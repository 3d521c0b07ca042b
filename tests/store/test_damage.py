"""Files that are no database, or a damaged one: refused with one sentence, never with an error of a library."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from rasd import Reader
from rasd.store import Store, StoreError
from rasd.store.articles import Choice
from store.articles import ALL, put

# The first page holds the tables' own text.
_HEADER = 100


def asked(store: Store) -> list[Callable[[], object]]:
    """What readers ask of a database."""

    def ledger() -> None:
        with store.reading() as kept:
            found = list(kept.occurrences())
            kept.reports([r for o in found for r in o.reports])

    return [lambda: store.list(Choice()), lambda: store.search("وزير"), lambda: store.show("1"), ledger]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> bytes:
    """The bytes of a database of some articles."""
    path = tmp_path_factory.mktemp("sound") / "rasd.db"
    with Store(str(path), create=True) as store:
        put(store, reader, *ALL)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_database_is_read_or_refused(seed: int, sound: bytes, tmp_path: Path) -> None:
    chance = random.Random(seed)
    data = bytearray(sound)
    for _ in range(chance.choice([2, 40, 400])):
        data[chance.randrange(_HEADER * (seed % 2), len(data))] = chance.randrange(256)
    path = tmp_path / "rasd.db"
    path.write_bytes(data[: len(data) if seed % 4 else chance.randrange(len(data))])
    said: list[str] = []
    try:
        with Store(str(path)) as store:
            for ask in asked(store):
                try:
                    ask()
                except StoreError as error:
                    said.append(str(error))
    except StoreError as error:
        said.append(str(error))
    assert all(line.isprintable() for line in said), said


def test_words_of_a_table_that_are_no_text(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "rasd.db"
    path.write_bytes(sound.replace(b"CREATE TABLE", b"CREATE\xf8TABLE"))
    with pytest.raises(StoreError, match=r"rasd\.db: the file is damaged"):
        Store(str(path))


@pytest.mark.parametrize("packed", [b"", b"\x09abc", b"\x01abc", None])
def test_what_cannot_be_unpacked(packed: bytes | None) -> None:
    from rasd.store.packing import unpack_occurrence, unpack_text

    for unpack in (unpack_text, lambda data: unpack_occurrence(data, "1")):
        with pytest.raises(StoreError, match="the database is damaged"):
            unpack(packed)  # type: ignore[arg-type]


def test_a_device_is_no_database() -> None:
    if not Path("/dev/null").exists():
        pytest.skip("no /dev/null here")
    with pytest.raises(StoreError, match="/dev/null: not a file"):
        Store("/dev/null", create=True)


def test_what_the_database_says_comes_out_as_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "rasd.db"
    with Store(str(path), create=True) as store:
        with closing(sqlite3.connect(path)) as other:
            other.execute("DROP TABLE article")
        with pytest.raises(StoreError, match=r"rasd\.db: no such table: article"):
            store.list(Choice())
