"""Search keys that carry the birth date, and counts of names, towns and dates; everybody is filed anew.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from register.filing import refile

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEYS = ("register_search_keys", "register_name_keys")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for name in _KEYS:
        op.drop_table(name)
        _keys_table(name, sa.Column("born", sa.Integer(), nullable=False))
    op.create_table(
        "register_counts",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "register_loads",
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("file"),
    )
    with op.batch_alter_table("register_state") as state:
        state.add_column(sa.Column("people", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("register_state") as state:
        state.alter_column("people", server_default=None)
    refile(op.get_bind())


def downgrade() -> None:
    with op.batch_alter_table("register_state") as state:
        state.drop_column("people")
    op.drop_table("register_loads")
    op.drop_table("register_counts")
    # The keys of today are those of before, and some more.
    for name in _KEYS:
        op.execute(f"CREATE TABLE keys_before AS SELECT key, ssin FROM {name}")
        op.drop_table(name)
        _keys_table(name)
        op.execute(f"INSERT INTO {name} SELECT key, ssin FROM keys_before")
        op.drop_table("keys_before")


def _keys_table(name: str, *more: sa.Column[int]) -> None:
    op.create_table(
        name,
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ssin", _NUMBER, autoincrement=False, nullable=False),
        *more,
        sa.PrimaryKeyConstraint("key", "ssin"),
        sqlite_with_rowid=False,
    )
