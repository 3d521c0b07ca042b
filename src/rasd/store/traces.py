"""Earlier reports and texts that may be like a new one: those kept under the same keys.

Reports of one article share most of what they are known again by, so that their sketches are kept together, deflated.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert

from rasd.chronicle import Trace
from rasd.store.engine import is_sqlite
from rasd.store.rows import hashed
from rasd.store.schema import sketches

# Of those under one key so many are given, the latest: what a key of everyday finds grows without end.
PER_KEY = 60
# So many articles' sketches are kept as they are when inflated.
_INFLATED = 4_000
_SKETCHES = {
    "sqlite": "SELECT article_id, content FROM sketches WHERE article_id IN (SELECT value FROM json_each(?))",
    "postgresql": "SELECT article_id, content FROM sketches WHERE article_id = ANY(CAST(%s AS bigint[]))",
}

_LATEST = {
    "sqlite": (
        "WITH asked(key) AS (SELECT value FROM json_each(?)) SELECT DISTINCT {columns} FROM asked CROSS JOIN {table} "
        "WHERE {table}.id IN (SELECT {table}_id FROM {table}_key AS k WHERE k.key = asked.key "
        f"ORDER BY {{table}}_id DESC LIMIT {PER_KEY}) ORDER BY {{table}}.id"
    ),
    "postgresql": (
        "SELECT DISTINCT {columns} FROM unnest(CAST(%s AS bigint[])) AS asked(key) CROSS JOIN LATERAL "
        "(SELECT {table}_id AS id FROM {table}_key AS k WHERE k.key = asked.key "
        f"ORDER BY {{table}}_id DESC LIMIT {PER_KEY}) AS latest JOIN {{table}} USING (id) ORDER BY id"
    ),
}


def keep_sketches(connection: Connection, article: int, made: Mapping[int, bytes]) -> None:
    """Keep what an article's reports are known again by, each by the number of its event."""
    if made:
        connection.execute(insert(sketches), {"article_id": article, "content": packed(made)})


def drop_sketches(connection: Connection, article: int) -> None:
    """Forget what an article's reports are known again by."""
    connection.execute(delete(sketches).where(sketches.c.article_id == article))


def packed(made: Mapping[int, bytes]) -> bytes:
    """The sketches of one article's reports."""
    return zlib.compress(_encode(dict(made)))


def like_reports(connection: Connection, keys: Collection[str]) -> list[Trace]:
    """The traces of earlier reports under one of these keys, the oldest first."""
    found = _latest(connection, "report", "id, article_id, number, occurrence_id", keys)
    known = _sketches(connection, sorted({article for _, article, _, _ in found}))
    return [
        Trace(f"{article}/e{number}", f"o{occurrence}", known.get(article, {}).get(number, b""))
        for _, article, number, occurrence in found
    ]


def _sketches(connection: Connection, articles: list[int]) -> dict[int, dict[int, bytes]]:
    if not articles:
        return {}
    asked = json.dumps(articles) if is_sqlite(connection) else articles
    found = connection.exec_driver_sql(_SKETCHES[connection.dialect.name], (asked,))
    return {article: unpacked(bytes(content)) for article, content in found}


@lru_cache(maxsize=_INFLATED)
def unpacked(content: bytes) -> dict[int, bytes]:
    """The sketches that `packed` packed, by the numbers of their events; none where they are damaged."""
    try:
        return _decoder.decode(zlib.decompress(content))
    except (zlib.error, msgspec.DecodeError):  # the reports are there, and like none
        return {}


def like_texts(connection: Connection, keys: Collection[str]) -> list[Trace]:
    """The traces of earlier texts under one of these keys, the oldest first."""
    found = _latest(connection, "article", "id, voice, sketch", keys)
    return [Trace(str(number), voice, sketch or b"") for number, voice, sketch in found]


def _latest(connection: Connection, table: str, columns: str, keys: Collection[str]) -> list[tuple[Any, ...]]:
    numbers = sorted(set(map(hashed, keys)))
    if not numbers:
        return []
    statement = _LATEST[connection.dialect.name].format(table=table, columns=columns)
    asked = json.dumps(numbers) if is_sqlite(connection) else numbers
    return [tuple(row) for row in connection.exec_driver_sql(statement, (asked,))]


_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(dict[int, bytes])
