"""What zones of documents say, by which documents are known again, and what was confirmed against a zone.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "zone_readings",
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("upload", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("printed", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"]),
        sa.PrimaryKeyConstraint("request_id", "kind"),
    )
    op.create_index(
        "ix_zone_readings_pending",
        "zone_readings",
        ["tried_at"],
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "document_marks",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"]),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"]),
        sa.PrimaryKeyConstraint("mark", "company_id", "request_id", "source"),
    )
    op.create_index("ix_document_marks_request_id", "document_marks", ["request_id"])
    with op.batch_alter_table("statements") as statements:
        statements.add_column(sa.Column("confirmed", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("statements") as statements:
        statements.drop_column("confirmed")
    op.drop_table("document_marks")
    op.drop_table("zone_readings")
