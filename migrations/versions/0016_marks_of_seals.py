"""Marks of the rows of a seal: which of a thousand rows is wrong.

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("consultation_seals", sa.Column("marks", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("consultation_seals", "marks")
