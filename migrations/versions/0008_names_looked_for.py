"""The name that somebody looks for in their history, kept with their session.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sessions", sa.Column("searched", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("sessions", "searched")
