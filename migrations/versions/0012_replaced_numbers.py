"""Numbers replaced by others, the former number of a request, and an index of the mails that wait.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WAITING = sa.text("state = 'pending'")


def upgrade() -> None:
    op.create_table(
        "register_replacements",
        sa.Column("ssin", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("ssin"),
    )
    op.create_index("ix_register_replacements_at", "register_replacements", ["at"])
    # Whoever was given one of these before is told too.
    op.execute(
        "INSERT INTO register_replacements (ssin, at) "
        "SELECT ssin, CURRENT_TIMESTAMP FROM register_people WHERE replaced_by IS NOT NULL"
    )
    with op.batch_alter_table("requests") as requests:
        requests.add_column(sa.Column("former_ssin", sa.String(), nullable=True))
    op.create_index("ix_requests_former_ssin", "requests", ["former_ssin"])
    op.create_index("ix_mails_pending", "mails", ["at"], sqlite_where=_WAITING, postgresql_where=_WAITING)


def downgrade() -> None:
    op.drop_index("ix_mails_pending", "mails")
    op.drop_index("ix_requests_former_ssin", "requests")
    with op.batch_alter_table("requests") as requests:
        requests.drop_column("former_ssin")
    op.drop_table("register_replacements")
