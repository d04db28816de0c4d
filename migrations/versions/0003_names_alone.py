"""Keys of names alone, for an agent's search without a birth date; people filed before are filed again.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from matching.keys import name_keys

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT_ONCE = 5_000


def upgrade() -> None:
    op.create_table(
        "register_name_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ssin", _NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "ssin"),
        sqlite_with_rowid=False,
    )
    keys = sa.table("register_name_keys", sa.column("key"), sa.column("ssin"))
    read = ("ssin", "surname", "given_names", "former_surname")
    columns: list[sa.ColumnClause[Any]] = [sa.column(name) for name in read]
    people = sa.table("register_people", *columns)
    last = -1
    while True:
        page = sa.select(*columns).select_from(people).where(people.c.ssin > last).order_by(people.c.ssin)
        rows = op.get_bind().execute(page.limit(_AT_ONCE)).all()
        if not rows:
            return
        last = rows[-1].ssin
        filed = ({"key": key, "ssin": ssin} for ssin, *names in rows for each in name_keys(*names) for key in each)
        while batch := list(islice(filed, _AT_ONCE)):
            op.get_bind().execute(sa.insert(keys), batch)


def downgrade() -> None:
    op.drop_table("register_name_keys")
