"""Large files: interrupted and gone on with, filed ahead, and what the database then knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from domain.errors import RegisterUnavailable
from domain.identification import RegisteredPerson
from domain.niss import check_digits
from register.files import load
from register.loading import FilingAhead
from register.sql import SqlRegister
from tests.register.test_files import _write as write

TODAY = date(2026, 3, 1)


def test_an_interrupted_load_goes_on_where_it_was(
    register: SqlRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("register.files.BATCH", 2)
    numbers = [f"876617{serial:03d}" for serial in range(2, 14, 2)]
    lines = [f"{nine}{check_digits(nine, 1900)},Horvat,1987-06-17" for nine in numbers]
    file = write(tmp_path, "ssin,surname,birth_date", *lines)

    class Interrupted(Exception):
        pass

    written: list[int] = []

    class Store:
        """Dies at the third batch; later tells what it is given."""

        dies = True

        def add(self, people: Iterable[RegisteredPerson], *, mark: tuple[str, int] | None = None) -> int:
            batch = list(people)
            if self.dies and len(written) == 2:
                raise Interrupted
            written.append(len(batch))
            return register.add(batch, mark=mark)

        loaded_to = staticmethod(register.loaded_to)
        finish_load = staticmethod(register.finish_load)

    store = Store()
    with pytest.raises(Interrupted):
        load(file, store, today=TODAY)
    store.dies = False
    done = load(file, store, today=TODAY)
    assert (done.people, done.from_line) == (6, 5)
    assert written == [2, 2, 2, 0]
    assert len(register.search_by_name("Horvat").candidates) == 6
    assert load(file, store, today=TODAY).from_line == 0


def test_a_large_file_is_filed_ahead(
    engine: Engine, register: SqlRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("register.files.BATCH", 2)
    monkeypatch.setattr("register.loading._WORTH_A_PROCESS", 2)
    numbers = [f"876617{serial:03d}" for serial in range(2, 12, 2)]
    lines = [f"{nine}{check_digits(nine, 1900)},Horvat,1987-06-17" for nine in numbers]
    with FilingAhead(register) as ahead:
        done = load(write(tmp_path, "ssin,surname,birth_date", *lines), ahead, today=TODAY)
    assert (done.people, done.bad) == (5, 0)
    assert len(register.search_by_name("Horvat").candidates) == 5
    assert counted(engine) == 5
    with FilingAhead(register) as ahead:
        assert load(tmp_path / "people.csv", ahead, today=TODAY).from_line == 0


def test_a_database_too_busy_to_count_has_the_people_all_the_same(
    register: SqlRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("register.loading._WORTH_A_PROCESS", 1)

    def busy() -> None:
        raise RegisterUnavailable("the register does not answer")

    monkeypatch.setattr(register, "settle", busy)
    path = write(tmp_path, "ssin,surname,birth_date", f"876617002{check_digits('876617002', 1900)},Horvat,1987-06-17")
    with FilingAhead(register) as ahead:
        assert load(path, ahead, today=TODAY).people == 1
    assert len(register.search_by_name("Horvat").candidates) == 1


def counted(engine: Engine) -> object:
    """How many people the planner believes there are."""
    sqlite = engine.dialect.name == "sqlite"
    counts = (
        "SELECT CAST(stat AS INTEGER) FROM sqlite_stat1 WHERE tbl = 'register_people'"
        if sqlite
        else "SELECT CAST(reltuples AS integer) FROM pg_class WHERE relname = 'register_people'"
    )
    with engine.connect() as connection:
        return connection.exec_driver_sql(counts).scalar()
