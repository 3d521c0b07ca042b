"""Numbers of new rows, which are never given twice, so that none names what was removed since."""

from __future__ import annotations

from sqlalchemy import Connection, Table, delete, insert, select

from rasd.store.schema import state

_LAST = "last "


class Numbers:
    """Gives numbers inside a transaction that writes, the only one that does; `save` them before it ends.

    A database could number rows itself, but would say each number only after its row is written: with the numbers
    known before, many rows are written at once.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        found = connection.execute(select(state.c.name, state.c.value).where(state.c.name.startswith(_LAST)))
        self._last = {name.removeprefix(_LAST): int(value) for name, value in found}
        self._saved = dict(self._last)

    def next(self, table: Table) -> int:
        """The number of a new row of a table."""
        self._last[table.name] = self._last.get(table.name, 0) + 1
        return self._last[table.name]

    def save(self) -> None:
        """Write which numbers were given."""
        changed = {_LAST + name: n for name, n in self._last.items() if self._saved.get(name) != n}
        if changed:
            self._connection.execute(delete(state).where(state.c.name.in_(changed)))
            rows = [{"name": name, "value": str(n)} for name, n in changed.items()]
            self._connection.execute(insert(state), rows)
            self._saved = dict(self._last)
