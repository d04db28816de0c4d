"""A PostgreSQL of the benchmark's own, with memory enough for a million people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.postgres import NoPostgres, postgres_server


@contextmanager
def databases(count: int = 1) -> Iterator[list[str]]:
    """URLs of so many empty databases on one server; nothing outlives the run."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(
                postgres_server(shared_buffers="512MB", work_mem="32MB", max_wal_size="4GB", jit="off")
            )
        except NoPostgres as none:
            raise SystemExit(f"bench.matching: {none}") from None
        yield [stack.enter_context(server.database(empty=True)) for _ in range(count)]
