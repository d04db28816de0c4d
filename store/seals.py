"""The hash chain over the consultation log: what is hashed, and how rows are sealed.

A row is written as a JSON array, `[id, at, person, role, company, what, requests, people, fields, reason, trace]`,
without spaces and in ASCII, its instant as `2026-03-02T12:00:00.000000Z`, its three lists as the text that is
stored. The root of a seal is the SHA-256 of its rows in the order of their numbers, a line feed after each; its head
that of `[number, at, members, count, root, previous]`, written alike. Anybody can compute both without this program.
A row's mark is the first eight bytes of the SHA-256 of that row. Root and head tell whether something is wrong, marks
only where.

On PostgreSQL a row may become visible after rows with higher numbers are sealed. A seal therefore names its members;
numbers left out are looked at again for an hour and sealed later, whoever comes after that is found by `niss audit
verify` as inserted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Text, cast, func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from store.logbook import ROWS, ConsultationRow, SealRow
from store.unit_of_work import Store

#: The head before the first seal.
NOTHING = "0" * 64
AT_MOST = 1_000
#: Bytes of a mark.
MARK = 8
#: No transaction of ours lasts so long.
STRAGGLERS = timedelta(hours=1)
_ASKED_AT_ONCE = 500

Range = tuple[int, int]
#: The columns of a row in the order of hashing. Lists are read as text: as fast to read, and nothing is lost in it.
COLUMNS = tuple(cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column for column in ROWS.c)


def written(values: Sequence[Any]) -> bytes:
    """A row's values, in the order of its columns, as they are hashed."""
    return _json([values[0], instant(values[1]), *values[2:]])


def instant(at: datetime) -> str:
    """An instant as it is hashed."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def root_of(rows: Iterable[Sequence[Any]]) -> str:
    """The hash of rows in the order of their numbers."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(written(row))
        digest.update(b"\n")
    return digest.hexdigest()


def mark_of(row: Sequence[Any]) -> bytes:
    """The mark of one row, by which the wrong one among a thousand is told."""
    return hashlib.sha256(written(row)).digest()[:MARK]


def head_of(seal: SealRow) -> str:
    """The hash of a link."""
    content = [seal.number, instant(seal.at), seal.members, seal.count, seal.root, seal.previous]
    return hashlib.sha256(_json(content)).hexdigest()


def _json(content: list[Any]) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode("ascii")


def ranges_of(numbers: Iterable[int]) -> list[Range]:
    """Ascending numbers as ranges, both ends included.

    >>> ranges_of([1, 2, 3, 5])
    [(1, 3), (5, 5)]
    """
    found: list[Range] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def members_text(ranges: Iterable[Range]) -> str:
    """Ranges as a seal holds them.

    >>> members_text([(1, 3), (5, 5)])
    '1-3,5'
    """
    return ",".join(f"{first}-{last}" if first != last else str(first) for first, last in ranges)


def read_members(text: str) -> list[Range]:
    """The ranges of a seal's members. Raises ValueError where they are none.

    >>> read_members("1-3,5")
    [(1, 3), (5, 5)]
    """
    found = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        found.append((int(first), int(last or first)))
    if not all(first <= last for first, last in found):
        raise ValueError("not a range")
    return found


def merged(ranges: Iterable[Range]) -> list[Range]:
    """Ranges in order, those that touch as one."""
    found: list[Range] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def between(covered: Sequence[Range], low: int, high: int) -> Iterator[int]:
    """Numbers from low to high that merged ranges do not cover."""
    going = low
    for first, last in covered:
        if last < going:
            continue
        yield from range(going, min(first, high + 1))
        going = last + 1
    yield from range(going, high + 1)


def waiting(store: Store) -> int:
    """How many rows may wait to be sealed."""
    with store.reading() as session:
        highest = session.execute(select(func.max(ConsultationRow.id))).scalar_one() or 0
        last = newest(session)
        return int(highest) - (last.reached if last else 0)


def unsealed_since(session: Session) -> datetime | None:
    """The instant of the oldest row beyond what is sealed."""
    last = newest(session)
    beyond = select(ConsultationRow.at).where(COLUMNS[0] > (last.reached if last else 0))
    return session.exec(beyond.order_by(COLUMNS[0]).limit(1)).first()


def seal_next(store: Store, now: datetime) -> SealRow | None:
    """Seal up to a thousand rows; None where none waits, or where another process was first."""
    with store.reading() as session:
        last = newest(session)
        rows = _unsealed(session, last, now)
    if not rows:
        return None
    ids = [row[0] for row in rows]
    seal = SealRow(
        number=last.number + 1 if last else 1,
        at=now,
        members=members_text(ranges_of(ids)),
        count=len(ids),
        reached=max(ids[-1], last.reached if last else 0),
        root=root_of(rows),
        previous=last.head if last else NOTHING,
        head="",
        marks=b"".join(map(mark_of, rows)),
    )
    seal.head = head_of(seal)
    try:
        with store.writing() as session:
            there = newest(session)
            if (there.head if there else NOTHING) != seal.previous:
                return None
            session.add(seal)
            session.flush()
    except IntegrityError:
        return None
    return seal


def seals_after(session: Session, number: int, limit: int) -> list[SealRow]:
    """Seals in order, after a number."""
    query = select(SealRow).where(SealRow.number > number).order_by(col(SealRow.number)).limit(limit)
    return list(session.exec(query))


def newest(session: Session) -> SealRow | None:
    """The last seal there is."""
    return session.exec(select(SealRow).order_by(col(SealRow.number).desc()).limit(1)).first()


def _unsealed(session: Session, last: SealRow | None, now: datetime) -> list[Sequence[Any]]:
    """Rows beyond what is sealed, and stragglers among the numbers left out lately."""
    reached = last.reached if last else 0
    found: list[Sequence[Any]] = []
    left_out = list(_left_out(session, now))
    for start in range(0, len(left_out), _ASKED_AT_ONCE):
        late = COLUMNS[0].in_(left_out[start : start + _ASKED_AT_ONCE])
        found += session.execute(select(*COLUMNS).where(late))
    beyond = select(*COLUMNS).where(COLUMNS[0] > reached).order_by(COLUMNS[0]).limit(AT_MOST)
    found += session.execute(beyond)
    return sorted(found, key=lambda row: int(row[0]))[:AT_MOST]


def _left_out(session: Session, now: datetime) -> Iterator[int]:
    lately = session.exec(select(SealRow).where(SealRow.at > now - STRAGGLERS)).all()
    if lately:
        covered = merged(part for seal in lately for part in read_members(seal.members))
        first = min(seal.number for seal in lately)
        before = session.get(SealRow, first - 1)
        yield from between(covered, (before.reached if before else 0) + 1, max(seal.reached for seal in lately))
