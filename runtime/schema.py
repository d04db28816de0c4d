"""The schema of store and register: made and migrated by Alembic, in one transaction under the write lock."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from domain.errors import DatabaseUnavailable

_MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
#: Any number of ours: who migrates holds PostgreSQL's advisory lock of this name.
_LOCK = 6477051


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file: the connection is given."""
    made = Config()
    made.set_main_option("script_location", str(_MIGRATIONS))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def is_current(engine: Engine) -> bool:
    """Whether the database is at the newest revision."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def upgrade(engine: Engine) -> None:
    """Make or migrate the schema; several processes may do so at once: one does, the others wait.

    Raises DatabaseUnavailable where there is no database.
    """
    try:
        if not is_current(engine):
            move(engine, "head")
    except OperationalError as away:
        raise DatabaseUnavailable("the database does not answer") from away


def move(engine: Engine, revision: str) -> None:
    """Go up or down to a revision (`head`, `base`, `-1`, its name), whole or not at all."""
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = 0"))  # a migration takes as long as it takes
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        here = config(connection)
        if revision == "base" or revision.startswith("-"):
            command.downgrade(here, revision)
        else:
            command.upgrade(here, revision)
