"""Alembic's entry: runs in the transaction that runtime/schema.py opens, so that a migration is whole or not at all."""

from typing import Literal

from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from register.tables import metadata as register_metadata
from store.document_tables import metadata as store_metadata

TARGETS = [store_metadata, register_metadata]


def render_item(kind: str, item: object, _autogen_context: object) -> str | Literal[False]:
    """Our own types as the database knows them."""
    if kind == "type" and type(item).__name__ == "Instant":
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=TARGETS,
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
