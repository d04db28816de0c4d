"""Whether the consultation log is what it was when it was sealed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from store.logbook import ConsultationRow, ConsultedRow, SealRow
from store.seals import (
    COLUMNS,
    MARK,
    NOTHING,
    STRAGGLERS,
    Range,
    between,
    head_of,
    mark_of,
    merged,
    read_members,
    root_of,
    seals_after,
)
from store.unit_of_work import Store
from store.verified_index import erasures_differ, misfiled

_SEALS_AT_ONCE = 50
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """What is not as it was.

    `kind` is changed, deleted, inserted, sealBroken, tailCut, headDiffers, headsMissing, indexDiffers or erasedDiffers.

    `first` is the first wrong row where one can be told; `rows` names up to twenty, else the seal's.
    """

    kind: str
    seal: int | None
    rows: str
    detail: str
    first: int | None = None


@dataclass
class Verified:
    """The outcome. `rows` and `seals` were looked at; `expired` rows went after ten years.

    `unsealed` rows are protected by nothing yet, the oldest of them since `unsealed_since`.
    """

    rows: int = 0
    seals: int = 0
    expired: int = 0
    unsealed: int = 0
    unsealed_since: datetime | None = None
    head: str = NOTHING
    outside: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def first_wrong(self) -> int | None:
        """The number of the first row that is not as it was, where one can be told."""
        return min((one.first for one in self.findings if one.first is not None), default=None)


class _Chain:
    """The seals, one after the other, each compared with the rows it names."""

    def __init__(self, session: Session, expired_before: datetime, heads: Mapping[int, str]) -> None:
        self._session = session
        self._expired_before = expired_before
        self._heads = heads
        self.told = Verified(outside=len(heads))
        self.covered: list[Range] = []
        self.misfiled: list[int] = []
        self.last: SealRow | None = None

    def follow(self, on_progress: Callable[[float], None]) -> None:
        total = self._session.execute(select(func.sum(SealRow.count))).scalar_one() or 1
        while seals := seals_after(self._session, self.last.number if self.last else 0, _SEALS_AT_ONCE):
            named = {seal.number: self._link(seal) for seal in seals}
            together = merged(part for ranges in named.values() for part in ranges)
            self.covered = merged([*self.covered, *together])
            rows = self._rows(together)
            before = len(self.told.findings)
            for seal in seals:
                self._compare(seal, named[seal.number], rows)
            if len(self.told.findings) == before:
                # Of rows that are themselves not as they were, nobody knows under what they belong.
                self.misfiled += misfiled(self._session, together, rows)
            on_progress(min(1.0, (self.told.rows + self.told.expired) / total))
            self._session.expunge_all()
        self._ends()

    def _link(self, seal: SealRow) -> list[Range]:
        """Whether the link holds; the rows it names."""
        previous = self.last.head if self.last else NOTHING
        number = self.last.number + 1 if self.last else 1
        if seal.number != number:
            self._find("sealBroken", seal, "", f"seal {number} is missing")
        elif seal.previous != previous or seal.head != head_of(seal):
            self._find("sealBroken", seal, seal.members, "the seal itself was changed")
        if self._heads.get(seal.number, seal.head) != seal.head:
            self._find("headDiffers", seal, seal.members, "another head was noted outside the database")
        self.last = seal
        self.told.seals += 1
        self.told.head = seal.head
        try:
            ranges = read_members(seal.members)
        except ValueError:
            self._find("sealBroken", seal, "", "its members are not readable")
            return []
        return ranges

    def _rows(self, ranges: Sequence[Range]) -> dict[int, Sequence[Any]]:
        found: dict[int, Sequence[Any]] = {}
        for first, last in ranges:
            query = select(*COLUMNS).where(COLUMNS[0] >= first, COLUMNS[0] <= last)
            found.update((int(row[0]), row) for row in self._session.execute(query))
        return found

    def _compare(self, seal: SealRow, ranges: Sequence[Range], rows: Mapping[int, Sequence[Any]]) -> None:
        ids = [number for first, last in sorted(ranges) for number in range(first, last + 1)]
        there = [rows[number] for number in ids if number in rows]
        if not there and seal.at < self._expired_before:
            self.told.expired += seal.count
            return
        self.told.rows += len(there)
        if len(there) < len(ids):
            missing = [number for number in ids if number not in rows]
            self._find("deleted", seal, missing, f"{len(missing)} of {len(ids)} rows are gone")
        elif len(ids) != seal.count or root_of(there) != seal.root:
            wrong = _marked(seal, ids, there)
            told = f"{len(wrong)} of {len(ids)} rows are not as they were sealed"
            self._find("changed", seal, wrong or seal.members, told if wrong else "one of its rows, or its root")

    def _ends(self) -> None:
        """What the heads outside know beyond the last seal."""
        newest = max(self._heads, default=0)
        number = self.last.number if self.last else 0
        if newest > number:
            detail = f"seals {number + 1} to {newest} were noted outside the database and are gone"
            after = self.last.reached if self.last else 0
            self.told.findings.append(Finding("tailCut", None, f"{after + 1} and later", detail, after + 1))

    def _find(self, kind: str, seal: SealRow, rows: str | Sequence[int], detail: str) -> None:
        """`rows` by number where they can be told, else the members of the seal that they are among."""
        text, first = (rows, None) if isinstance(rows, str) else (_some(rows), rows[0])
        self.told.findings.append(Finding(kind, seal.number, text, detail, first))


def verify(
    store: Store,
    now: datetime,
    *,
    expired_before: datetime,
    heads: Mapping[int, str],
    on_progress: Callable[[float], None] = lambda _: None,
) -> Verified:
    """Compare every sealed row with its seal, the seals with each other, and with the heads noted outside.

    Args:
        store: the database; all is read in one picture of it.
        now: an aware instant.
        expired_before: rows of seals older than this may be gone.
        heads: by number of the seal, what was noted outside the database.
        on_progress: told how much is done, 0..1.
    """
    with store.reading() as session:
        chain = _Chain(session, expired_before, heads)
        chain.follow(on_progress)
        _unsealed(session, chain, now)
        _index(session, chain)
        _erased(session, chain.told, expired_before)
        return chain.told


def _unsealed(session: Session, chain: _Chain, now: datetime) -> None:
    """Rows that no seal names: those of the last seconds, or inserted among sealed ones."""
    reached = chain.covered[-1][1] if chain.covered else 0
    told = chain.told
    beyond = select(func.count(), func.min(ConsultationRow.at)).where(COLUMNS[0] > reached)
    told.unsealed, told.unsealed_since = session.execute(beyond).one()
    among = between(chain.covered, 1, reached)
    inserted: list[int] = []
    while numbers := list(islice(among, 500)):
        late = select(COLUMNS[0], COLUMNS[1]).where(COLUMNS[0].in_(numbers))
        for number, at in session.execute(late):
            if at > now - STRAGGLERS:
                told.unsealed += 1
                told.unsealed_since = min(at, told.unsealed_since or at)
            else:
                inserted.append(number)
    if inserted:
        detail = f"{len(inserted)} rows stand among sealed ones and were never sealed"
        told.findings.append(Finding("inserted", None, _some(inserted), detail, inserted[0]))


def _index(session: Session, chain: _Chain) -> None:
    """Whether every row can be found under all it names: a row missing from the index would hide a consultation."""
    wrong, told = sorted(chain.misfiled), chain.told
    if wrong:
        detail = f"{len(wrong)} rows are not found under what they name: searches are not complete"
        told.findings.append(Finding("indexDiffers", None, _some(wrong), detail, wrong[0]))
        return
    there = session.execute(select(func.count()).select_from(ConsultedRow)).scalar_one()
    json_array = func.json_array_length
    named = func.sum(json_array(ConsultationRow.request_ids) + json_array(ConsultationRow.people))
    expected = session.execute(select(named)).scalar_one() or 0
    if there != expected:
        detail = f"the index has {there} entries for {expected}: searches are not complete"
        told.findings.append(Finding("indexDiffers", None, "", detail))


def _erased(session: Session, told: Verified, expired_before: datetime) -> None:
    """Whether erased requests are still found by their people: what is kept beside them is what the erasures noted."""
    gone, unknown = erasures_differ(session, expired_before)
    if gone or unknown:
        detail = f"of erased requests {gone} people are gone and {unknown} were noted by no erasure"
        told.findings.append(Finding("erasedDiffers", None, "", detail))


def _marked(seal: SealRow, ids: Sequence[int], there: Sequence[Sequence[Any]]) -> list[int]:
    """The rows whose marks differ; none where the seal has no marks, or where those were changed alike."""
    if seal.marks is None or len(seal.marks) != MARK * len(ids):
        return []
    marks = (seal.marks[place : place + MARK] for place in range(0, len(seal.marks), MARK))
    return [number for number, mark, row in zip(ids, marks, there, strict=True) if mark_of(row) != mark]


def _some(numbers: Sequence[int]) -> str:
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return ", ".join(map(str, numbers[:_SHOWN])) + more
