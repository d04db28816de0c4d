"""ten years of consultations: on PostgreSQL their numbers get eight bytes; SQLite's have them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _number("bigint", sa.BigInteger())


def downgrade() -> None:
    _number("integer", sa.Integer())


def _number(name: str, kind: sa.types.TypeEngine[int]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("consultations", "id", type_=kind)
        op.execute(f"ALTER SEQUENCE consultations_id_seq AS {name}")
