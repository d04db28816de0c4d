"""A PostgreSQL of the tests' own, from its binaries: nothing of it outlives the run."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from runtime import schema
from runtime.database import make_engine
from runtime.ports import free_ports
from runtime.processes import guarded, stop

PATIENCE_SECONDS = 30.0
_TEMPLATE = "migrated"
#: Fast rather than safe: the data live as long as the tests.
_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    "shared_buffers": "64MB",
    "listen_addresses": "127.0.0.1",
    "autovacuum": "off",
}


class NoPostgres(Exception):
    """There are no binaries, or nobody who may run them; the text says which."""


class Kept:
    """A database that can be made again what it was: a tenth of the time that a copy takes."""

    def __init__(self, url: str) -> None:
        self.url = url
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE SCHEMA kept")
            names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            self._tables = sorted(str(name) for (name,) in names)
            for name in self._tables:
                connection.execute(_of("CREATE TABLE kept.{0} AS SELECT * FROM {0}", name))

    def put_back(self) -> None:
        """As it was at first; whoever is still connected must be idle."""
        with psycopg.connect(self.url) as connection:
            # Without foreign keys, in whatever order.
            connection.execute("SET LOCAL session_replication_role = replica")
            every = sql.SQL(", ").join(map(sql.Identifier, self._tables))
            connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(every))
            for name in self._tables:
                connection.execute(_of("INSERT INTO {0} SELECT * FROM kept.{0}", name))


def _of(statement: LiteralString, table: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(table))


@dataclass
class PostgresServer:
    """One server with databases by name; `url` needs no password."""

    binaries: Path
    folder: Path
    port: int
    options: dict[str, str] = field(default_factory=lambda: dict(_OPTIONS))
    process: subprocess.Popen[bytes] | None = None
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        options = [part for name, value in self.options.items() for part in ("-c", f"{name}={value}")]
        command = [str(self.binaries / "postgres"), "-D", str(self.folder / "data"), "-p", str(self.port)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                _as_somebody([*command, "-k", str(self.folder), *options], dies_with_us=True),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                process_group=0,
            )
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise NoPostgres((self.folder / "log").read_text("utf-8")[-2_000:]) from None
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        """At once: whoever is connected is cut off."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                stop([self.process])

    def execute(self, statement: sql.SQL | sql.Composed, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)

    @contextmanager
    def database(self, *, empty: bool = False) -> Iterator[str]:
        """The URL of a database of one's own, migrated unless `empty`; dropped afterwards, whoever is connected."""
        name = sql.Identifier(f"test_{next(self.numbers)}")
        template = sql.Identifier("template1" if empty else _TEMPLATE)
        self.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, template))
        try:
            yield self.url(name.as_string().strip('"'))
        finally:
            self.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))

    @contextmanager
    def kept(self, fill: Callable[[str], None]) -> Iterator[Kept]:
        """A migrated database that `fill` (given its URL) has put something into, to be put back test by test."""
        with self.database() as url:
            fill(url)
            yield Kept(url)

    def prepare_template(self) -> None:
        self.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_TEMPLATE)))
        engine = make_engine(self.url(_TEMPLATE))
        schema.upgrade(engine)
        engine.dispose()


@contextmanager
def postgres_server(**options: str) -> Iterator[PostgresServer]:
    """Make a server, use it, forget it; `options` beside or instead of ours. Raises NoPostgres with the reason."""
    binaries = _binaries()
    # A short path of everybody's: sockets allow about a hundred characters, and another user must get there.
    folder = Path(tempfile.mkdtemp(prefix="niss-pg-", dir="/tmp"))
    server = PostgresServer(binaries, folder, free_ports(1)[0], {**_OPTIONS, **options})
    try:
        if os.getuid() == 0:
            somebody = _somebody()
            os.chown(folder, somebody.pw_uid, somebody.pw_gid)
        made = [
            str(binaries / "initdb"),
            "-D",
            str(folder / "data"),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-N",
            "-E",
            "UTF8",
        ]
        subprocess.run(_as_somebody([*made, "--locale=C"]), check=True, cwd=folder, capture_output=True)
        server.start()
        server.prepare_template()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    """Of the newest version that Debian has installed, else of PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = installed[-1] if installed else shutil.which("initdb")
    if not found:
        raise NoPostgres("no PostgreSQL here: install Debian's postgresql, or put initdb on PATH")
    return Path(found).resolve().parent


def _somebody() -> pwd.struct_passwd:
    """PostgreSQL refuses to run as root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _as_somebody(command: list[str], *, dies_with_us: bool = False) -> list[str]:
    if os.getuid() != 0:
        return guarded(command) if dies_with_us else command
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise NoPostgres("PostgreSQL does not run as root, and there is no setpriv to become somebody else")
    somebody = _somebody()
    dies = ["--pdeathsig=KILL"] if dies_with_us else []
    return [setpriv, f"--reuid={somebody.pw_uid}", f"--regid={somebody.pw_gid}", "--clear-groups", *dies, *command]
