"""Earlier reports and texts that may be like a new one: those kept under the same keys."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection

from rasd.chronicle import Trace
from rasd.store.engine import is_sqlite
from rasd.store.rows import hashed

# Of those under one key so many are given, the latest: what a key of everyday finds grows without end.
PER_KEY = 60

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


def like_reports(connection: Connection, keys: Collection[str]) -> list[Trace]:
    """The traces of earlier reports under one of these keys, the oldest first."""
    found = _latest(connection, "report", "id, article_id, number, occurrence_id, sketch", keys)
    return [
        Trace(f"{article}/e{number}", f"o{occurrence}", sketch or b"")
        for _, article, number, occurrence, sketch in found
    ]


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
