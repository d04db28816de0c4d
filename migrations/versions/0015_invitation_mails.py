"""the outbox of mails to people who are invited into a company.

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_PENDING = sa.text("state = 'pending'")


def upgrade() -> None:
    op.create_table(
        "invitation_mails",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_invitation_mails_company_id_companies")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_invitation_mails_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_mails")),
    )
    op.create_index(op.f("ix_invitation_mails_member_id"), "invitation_mails", ["member_id"])
    op.create_index(
        "ix_invitation_mails_pending",
        "invitation_mails",
        ["try_at"],
        sqlite_where=_PENDING,
        postgresql_where=_PENDING,
    )


def downgrade() -> None:
    op.drop_table("invitation_mails")
