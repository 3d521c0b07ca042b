"""Alembic's way in: `rasd.store.migrating` hands over its connection, inside its transaction."""

from alembic import context

from rasd.store.migrating import VERSION_TABLE
from rasd.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=False,  # the transaction is the caller's
    render_as_batch=True,  # SQLite alters a table by making it anew
)
context.run_migrations()
