"""What an issuer calls a session and its person, and the logout tokens that counted.

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("sub", "sid"):
        op.add_column("sessions", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.create_table(
        "logouts",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("ix_logouts_ends_at", "logouts", ["ends_at"])


def downgrade() -> None:
    op.drop_index("ix_logouts_ends_at", "logouts")
    op.drop_table("logouts")
    for name in ("sid", "sub"):
        op.drop_column("sessions", name)
