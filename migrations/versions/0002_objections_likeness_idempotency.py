"""objections, likeness, idempotency."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("resource_id", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["members.id"], name=op.f("fk_idempotency_keys_person_id")),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_idempotency_keys")),
    )
    with op.batch_alter_table("idempotency_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idempotency_keys_at"), ["at"], unique=False)

    op.create_table(
        "likeness_keys",
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_likeness_keys_company_id")),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_likeness_keys_request_id")),
        sa.PrimaryKeyConstraint("company_id", "key", "request_id", name=op.f("pk_likeness_keys")),
    )
    with op.batch_alter_table("likeness_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_likeness_keys_request_id"), ["request_id"], unique=False)

    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("objection", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("objections", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.add_column(sa.Column("words", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.drop_column("words")

    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.drop_column("objections")
        batch_op.drop_column("objection")

    with op.batch_alter_table("likeness_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_likeness_keys_request_id"))

    op.drop_table("likeness_keys")
    with op.batch_alter_table("idempotency_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idempotency_keys_at"))

    op.drop_table("idempotency_keys")
