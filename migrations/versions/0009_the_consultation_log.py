"""the consultation log: pseudonyms for numbers, an index by subject, seals, and triggers that keep rows as they are.

Revision ID: 0009
Revises: 0008

Rows written before name requests only: the numbers they held go, as a migration has no key to make pseudonyms with.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_FOR_EVER = "consultation_seals"
#: What goes after ten years, and how old it is.
_TEN_YEARS = {
    "consultations": "OLD.at",
    "consulted": "(SELECT at FROM consultations WHERE id = OLD.consultation_id)",
    "erased_subjects": "OLD.at",
}


def upgrade() -> None:
    op.execute("UPDATE consultations SET ssins = '[]'")
    op.add_column("consultations", sa.Column("fields", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("consultations") as batch:
        batch.alter_column("ssins", new_column_name="people")
        batch.alter_column("fields", server_default=None)
        batch.add_column(sa.Column("reason", sa.String(), nullable=True))
        batch.create_index("ix_consultations_person_id", ["person_id"])
    op.create_table(
        "consulted",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("consultation_id", _NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("subject", "consultation_id", name=op.f("pk_consulted")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_consulted_consultation_id", "consulted", ["consultation_id"])
    op.create_table(
        "erased_subjects",
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("request_id", "subject", name=op.f("pk_erased_subjects")),
    )
    op.create_table(
        "consultation_seals",
        sa.Column("number", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("members", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_consultation_seals")),
    )
    op.create_index(op.f("ix_consultation_seals_at"), "consultation_seals", ["at"])
    _found_again()
    _protect()


def downgrade() -> None:
    _unprotect()
    for table in ("consultation_seals", "erased_subjects", "consulted"):
        op.drop_table(table)
    op.execute("UPDATE consultations SET people = '[]'")
    with op.batch_alter_table("consultations") as batch:
        batch.alter_column("people", new_column_name="ssins")
        batch.drop_index("ix_consultations_person_id")
        batch.drop_column("fields")
        batch.drop_column("reason")


def _found_again() -> None:
    """File the rows that are there under their requests."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "INSERT INTO consulted (subject, consultation_id) "
            "SELECT DISTINCT json_array_elements_text(request_ids), id FROM consultations"
        )
    else:
        op.execute(
            "INSERT INTO consulted (subject, consultation_id) SELECT DISTINCT one.value, consultations.id "
            "FROM consultations, json_each(consultations.request_ids) AS one"
        )


def _protect() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END $$"
        )
    for table in (*_TEN_YEARS, _FOR_EVER):
        _refuse(table, "UPDATE")
        _refuse(table, "DELETE", _TEN_YEARS.get(table))
        if op.get_bind().dialect.name == "postgresql":
            op.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
            )


def _refuse(table: str, what: str, instant: str | None = None) -> None:
    """Refuse it on every row, or on those younger than ten years."""
    name = f"{table}_no_{what.lower()}"
    if op.get_bind().dialect.name == "sqlite":
        young = f"WHEN {instant} > strftime('%Y-%m-%d %H:%M:%f', 'now', '-10 years') " if instant else ""
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {what} ON {table} {young}"
            f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
        )
        return
    body = "RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME;"
    if instant is None:
        op.execute(f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION append_only()")
        return
    # A WHEN clause may not look into another table: the function does.
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {instant} > now() - interval '10 years' THEN {body} END IF; RETURN OLD; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _unprotect() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    for table in (*_TEN_YEARS, _FOR_EVER):
        for what in ("update", "delete", *(["truncate"] if postgres else [])):
            op.execute(f"DROP TRIGGER {table}_no_{what}" + (f" ON {table}" if postgres else ""))
    if postgres:
        for table in _TEN_YEARS:
            op.execute(f"DROP FUNCTION {table}_no_delete()")
        op.execute("DROP FUNCTION append_only()")
