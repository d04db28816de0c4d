"""PostgreSQL reads who is filed under a key from the index alone: the birth date stands in it.

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_TABLES = ("register_search_keys", "register_name_keys")


def upgrade() -> None:
    _keyed_with(" INCLUDE (born)")


def downgrade() -> None:
    _keyed_with("")


def _keyed_with(more: str) -> None:
    """On SQLite the table itself is the index."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey, ADD PRIMARY KEY (key, ssin){more}")
