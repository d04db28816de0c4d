"""notifications in order: each person's are numbered as they are committed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NUMBER = """
UPDATE notifications SET seq = (
    SELECT count(*) FROM notifications AS earlier
    WHERE earlier.person_id = notifications.person_id
    AND (earlier.at < notifications.at OR (earlier.at = notifications.at AND earlier.id <= notifications.id))
)
"""
_COUNT = "UPDATE members SET told = (SELECT count(*) FROM notifications WHERE notifications.person_id = members.id)"


def upgrade() -> None:
    op.add_column("members", sa.Column("told", sa.Integer(), server_default="0", nullable=False))
    op.add_column("notifications", sa.Column("seq", sa.Integer(), server_default="0", nullable=False))
    op.execute(_NUMBER)
    op.execute(_COUNT)
    op.drop_index("ix_notifications_person_at", table_name="notifications")
    op.create_index("ix_notifications_person_seq", "notifications", ["person_id", "seq"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_notifications_person_seq", table_name="notifications")
    op.create_index("ix_notifications_person_at", "notifications", ["person_id", "at"])
    op.drop_column("notifications", "seq")
    op.drop_column("members", "told")
