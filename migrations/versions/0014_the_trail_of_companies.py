"""the audit trail of companies: who did what to whose access; append-only.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "company_trail",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("by_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("trace_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_trail")),
    )
    op.create_index(op.f("ix_company_trail_company_id"), "company_trail", ["company_id"])
    postgres = op.get_bind().dialect.name == "postgresql"
    for what in ("UPDATE", "DELETE"):
        # `append_only` is of migration 0009.
        does = (
            "FOR EACH ROW EXECUTE FUNCTION append_only()"
            if postgres
            else "BEGIN SELECT RAISE(ABORT, 'append-only: company_trail'); END"
        )
        op.execute(f"CREATE TRIGGER company_trail_no_{what.lower()} BEFORE {what} ON company_trail {does}")


def downgrade() -> None:
    op.drop_table("company_trail")
