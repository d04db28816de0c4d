"""Register and query files: CSV (UTF-8, with header) or Parquet, read row by row so that memory stays flat."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import pyarrow.parquet

from domain.errors import InvalidInput
from domain.identification import RegisteredPerson
from domain.niss import Niss
from register.records import REGISTER_COLUMNS, REGISTER_REQUIRED, Record, registered_person

#: People a transaction: short enough that a running service does not notice.
BATCH = 10_000
LEADS_NOWHERE = "replaced_by: leads nowhere: to its own number, in a circle, or to one that is not in the register"


class PeopleStore(Protocol):
    """What people are loaded into: SqlRegister."""

    def add(self, people: Iterable[RegisteredPerson], *, mark: tuple[str, int] | None = None) -> int:
        """Add or update by number; with a mark, note in the same transaction how far a file (its print) is loaded."""
        ...

    def loaded_to(self, file: str) -> int:
        """The line noted for a file, 0 where it is not under way."""
        ...

    def finish_load(self, file: str) -> None:
        """Forget the note: the file is loaded."""
        ...


class Replacements(Protocol):
    """Who knows what became of a replaced number: SqlRegister."""

    def latest(self, ssin: Niss) -> RegisteredPerson | None:
        """The record that holds today; None where the chain leads nowhere or in a circle."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file. `line` counts from 1 (in a Parquet file: rows); `done` is how much of the file is read, 0..1.

    `wrong` says why the row cannot be read at all.
    """

    line: int
    record: Record
    done: float
    wrong: str | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows were loaded and how many were bad; which numbers were replaced, by line.

    `from_line` is where an interrupted load of the same file went on, 0 where it began at the beginning.
    """

    people: int
    bad: int
    replaced: tuple[tuple[int, Niss], ...] = ()
    from_line: int = 0


Notify = Callable[[int, str], None]


def _nobody(_line: int, _reason: str) -> None:
    pass


def load(
    path: Path,
    into: PeopleStore,
    *,
    today: date,
    strict: bool = False,
    on_bad: Notify = _nobody,
    on_warning: Notify = _nobody,
    on_progress: Callable[[float], None] = lambda _done: None,
) -> Loaded:
    """Load a register file, adding or updating by number, in batches, beside a running service.

    Bad rows go to `on_bad` (line, reason) and do not stop the rest; with `strict` one bad row means that nothing is
    loaded. A load of the same content that was interrupted goes on where it was. Warnings of the whole file have line
    1. Raises InvalidInput where the file itself cannot be read.
    """
    if strict:
        bad = sum(1 for item in _people(path, today, on_bad, on_warning) if item[1] is None)
        if bad:
            return Loaded(0, bad)
        on_bad = on_warning = _nobody
    file = _print_of(path)
    begin = into.loaded_to(file)
    loaded = bad = 0
    replaced: list[tuple[int, Niss]] = []
    batch: list[RegisteredPerson] = []
    for row, person in _people(path, today, on_bad, on_warning):
        if person is None:
            bad += 1
            continue
        loaded += 1
        if row.line > begin:
            batch.append(person)
        if person.replaced_by is not None:
            replaced.append((row.line, person.ssin))
        if len(batch) == BATCH:
            into.add(batch, mark=(file, row.line))
            batch = []
            on_progress(row.done)
    into.add(batch)
    into.finish_load(file)
    on_progress(1.0)
    return Loaded(loaded, bad, tuple(replaced), begin)


def _print_of(path: Path) -> str:
    """What tells a file from another: its content's SHA-256."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InvalidInput(f"{path.name} cannot be read: {error.strerror or type(error).__name__}") from error


def dead_ends(register: Replacements, replaced: Iterable[tuple[int, Niss]]) -> Iterator[tuple[int, str]]:
    """A warning for each replaced number, by its line, that leads to nobody once everybody is loaded."""
    for line, ssin in replaced:
        if register.latest(ssin) is None:
            yield line, LEADS_NOWHERE


def _people(
    path: Path, today: date, on_bad: Notify, on_warning: Notify
) -> Iterator[tuple[Row, RegisteredPerson | None]]:
    for row in rows(path, REGISTER_COLUMNS, REGISTER_REQUIRED, on_warning=on_warning):
        try:
            if row.wrong:
                raise ValueError(row.wrong)
            person, warnings = registered_person(row.record, today=today)
        except ValueError as error:
            on_bad(row.line, str(error))
            yield row, None
            continue
        for warning in warnings:
            on_warning(row.line, warning)
        yield row, person


def rows(path: Path, columns: Sequence[str], required: Sequence[str], *, on_warning: Notify = _nobody) -> Iterator[Row]:
    """The rows of a CSV or Parquet file (by its content). InvalidInput where the file or its header is not usable."""
    try:
        with path.open("rb") as file:
            is_parquet = file.read(4) == b"PAR1"
        reader = _parquet_rows if is_parquet else _csv_rows
        yield from reader(path, columns, required, on_warning)
    except OSError as error:
        raise InvalidInput(f"{path.name} cannot be read: {error.strerror or type(error).__name__}") from error
    except pyarrow.ArrowInvalid as error:
        raise InvalidInput(f"{path.name} is not a Parquet file that can be read") from error


def _check_header(found: Sequence[str], columns: Sequence[str], required: Sequence[str], on_warning: Notify) -> None:
    missing = [name for name in required if name not in found]
    if missing:
        raise InvalidInput(f"the file has no column {', '.join(missing)}")
    twice = sorted({name for name in found if name and found.count(name) > 1})
    if twice:
        raise InvalidInput(f"the file has a column twice: {', '.join(twice)}")
    unknown = [name for name in found if name not in columns]
    if unknown:
        on_warning(1, f"unknown columns, not read: {', '.join(name or '(without a name)' for name in unknown)}")


def _csv_rows(path: Path, columns: Sequence[str], required: Sequence[str], on_warning: Notify) -> Iterator[Row]:
    """A line is a row: no cell of ours may hold a line break, and a quote left open must not swallow what follows."""
    size = path.stat().st_size or 1
    with path.open("rb") as raw:
        # A byte that is not UTF-8 spoils its row, not the file.
        lines = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
        header = [name.strip() for name in _cells(next(lines, ""))]
        _check_header(header, columns, required, on_warning)
        known = [(place, name) for place, name in enumerate(header) if name in columns]
        for line, text in enumerate(lines, start=2):
            try:
                cells = _cells(text)
            except csv.Error as error:
                yield Row(line, {}, raw.tell() / size, f"not CSV: {error}")
                continue
            if not any(cells):
                continue
            record = {name: cells[place] for place, name in known if place < len(cells)}
            yield Row(line, record, raw.tell() / size, _wrong(cells, len(header)))


def _cells(line: str) -> list[str]:
    """The cells of one line. What a quote leaves open ends in a line break."""
    return next(csv.reader([line.rstrip("\r\n") + "\n"]), [])


def _wrong(cells: Sequence[str], columns: int) -> str | None:
    if any("\n" in cell for cell in cells):
        return "a quote is not closed on this line"
    if len(cells) > columns:
        return "more cells than columns"
    if any("\udc80" <= char <= "\udcff" for cell in cells for char in cell if not cell.isascii()):
        return "not UTF-8"
    return None


def _parquet_rows(path: Path, columns: Sequence[str], required: Sequence[str], on_warning: Notify) -> Iterator[Row]:
    with pyarrow.parquet.ParquetFile(path) as file:
        names = [str(name) for name in file.schema_arrow.names]
        _check_header(names, columns, required, on_warning)
        total = file.metadata.num_rows or 1
        line = 0
        for batch in file.iter_batches(batch_size=BATCH, columns=[name for name in names if name in columns]):
            for values in batch.to_pylist():
                line += 1
                yield Row(line, {name: _cell(name, value) for name, value in values.items()}, line / total)


def _cell(name: str, value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, int) and name in ("ssin", "replaced_by"):
        return f"{value:011d}"  # a number column loses leading zeros
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(value)
