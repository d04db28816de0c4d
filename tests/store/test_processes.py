"""API and worker processes beside each other on one SQLite file: nobody is ever told "database is locked"."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlmodel import func, select

from runtime.database import make_engine
from store.tables import ConsultationRow
from store.unit_of_work import Store

#: Reads, then writes what it read, for some seconds: a deferred transaction that upgrades would fail at once.
WRITER = """
import sys, time
from datetime import UTC, datetime
from sqlmodel import func, select
from runtime.database import make_engine
from store.tables import ConsultationRow
from store.unit_of_work import Store

store = Store(make_engine(f"sqlite:///{sys.argv[1]}", synchronous="NORMAL"))
until, written = time.monotonic() + float(sys.argv[3]), 0
while time.monotonic() < until:
    with store.reading() as session:
        session.execute(select(func.count()).select_from(ConsultationRow)).scalar_one()
    with store.writing() as session:
        seen = session.execute(select(func.count()).select_from(ConsultationRow)).scalar_one()
        session.add(ConsultationRow(at=datetime.now(UTC), person_id=sys.argv[2], role="agent", what=str(seen)))
    written += 1
print(written)
"""
SECONDS = 2.0


def test_three_processes_write_hard_and_none_is_refused(migrated_sqlite: Path, tmp_path: Path) -> None:
    database = tmp_path / "niss.db"
    database.write_bytes(migrated_sqlite.read_bytes())
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(database), name, str(SECONDS)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("api", "worker", "command")
    ]
    ended = [(*writer.communicate(timeout=60), writer.returncode) for writer in writers]
    assert [(errors, status) for _, errors, status in ended] == [("", 0)] * len(writers)
    counts = [int(written) for written, _, _ in ended]
    assert min(counts) > 0
    engine = make_engine(f"sqlite:///{database}")
    with Store(engine).reading() as session:
        total = session.execute(select(func.count()).select_from(ConsultationRow)).scalar_one()
        distinct = session.execute(select(func.count(func.distinct(ConsultationRow.what)))).scalar_one()
    engine.dispose()
    assert (total, distinct) == (sum(counts), sum(counts))
