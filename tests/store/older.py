"""A database put back into a form that it had before, to be brought to the latest anew."""

from __future__ import annotations

from sqlalchemy import Connection, text

from rasd.store.migrating import VERSION_TABLE
from rasd.store.traces import unpacked


def before_sketches(connection: Connection) -> None:
    """Form 0004: each report has its own sketch."""
    kind = "BLOB" if connection.dialect.name == "sqlite" else "BYTEA"
    connection.execute(text(f"ALTER TABLE report ADD COLUMN sketch {kind}"))
    for article, content in connection.execute(text("SELECT article_id, content FROM sketches")).all():
        for number, sketch in unpacked(bytes(content)).items():
            values = {"sketch": sketch, "article": article, "number": number}
            update = "UPDATE report SET sketch = :sketch WHERE article_id = :article AND number = :number"
            connection.execute(text(update), values)
    connection.execute(text("DROP TABLE sketches"))
    connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '0004'"))
