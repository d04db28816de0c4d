"""software that calls in the name of a company, and the tokens it holds.

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clients",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("employer_id", sa.String(), nullable=True),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rotated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_clients_company_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["companies.id"], name=op.f("fk_clients_employer_id")),
        sa.ForeignKeyConstraint(["person_id"], ["members.id"], name=op.f("fk_clients_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clients")),
        sa.UniqueConstraint("person_id", name=op.f("uq_clients_person_id")),
    )
    op.create_index(op.f("ix_clients_company_id"), "clients", ["company_id"])
    op.create_table(
        "client_tokens",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_client_tokens_client_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_client_tokens")),
    )
    op.create_index(op.f("ix_client_tokens_client_id"), "client_tokens", ["client_id"])
    op.create_index(op.f("ix_client_tokens_expires_at"), "client_tokens", ["expires_at"])


def downgrade() -> None:
    op.drop_table("client_tokens")
    op.drop_table("clients")
