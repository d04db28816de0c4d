"""The embedded register on SQL: SQLite or PostgreSQL, from the same tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Table, insert, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from domain.errors import RegisterAnsweredInPart, RegisterTimedOut, RegisterUnavailable
from domain.identification import (
    Candidate,
    Created,
    Decision,
    DecisionKind,
    ExistingPeople,
    Extent,
    RegisteredPerson,
    SearchAnswer,
    StatedPerson,
)
from domain.niss import Niss, date_parts, next_niss, series_for
from domain.replacement import NotReplaced, Replaced
from matching.by_hand import beside, beside_name, candidates_by_name
from matching.cautions import with_cautions
from matching.decide import Entry, Risk, Search, candidates, decide, look_alikes
from register import replacing, searching
from register.budget import Budget, ended_by_budget
from register.filing import PEOPLE, STATE, Filed, file_all, filed, settle, store
from register.rows import niss_of
from register.tables import metadata

_ASSIGNMENTS: Table = metadata.tables["register_assignments"]
_FIRST_STATE = "INSERT INTO register_state (id, revision, people) VALUES (1, 0, 0) ON CONFLICT DO NOTHING"
_LOADS: Table = metadata.tables["register_loads"]
_BRUSSELS = ZoneInfo("Europe/Brussels")
#: Seconds a question may take: a hundred times what one takes among a million people.
PATIENCE = 5.0


def _today() -> date:
    return datetime.now(_BRUSSELS).date()


class SqlRegister:
    """Implements domain.ports.Register. `number_series` is `bis` or `fictitious`.

    Every method is one transaction. Whoever writes holds the one lock (SQLite: the database's, taken when the
    transaction begins; PostgreSQL: the row of register_state), so that a number is searched for and given in one step.
    """

    def __init__(
        self,
        engine: Engine,
        number_series: str,
        *,
        risk: Risk | None = None,
        today: Callable[[], date] = _today,
        patience: float = PATIENCE,
    ) -> None:
        series_for(number_series, None)  # a wrong setting fails at the start, not at the first number
        self._engine = engine
        self._number_series = number_series
        self._risk = risk or Risk()
        self._today = today
        self._patience = patience

    def identify(self, stated: StatedPerson) -> Decision:
        """Search, score and decide."""
        with self._asking() as (connection, budget):
            found = searching.search(connection, stated, budget)
        decision = decide(stated, _whole(found), self._risk, today=self._today())
        if (found.cut or found.thinned) and decision.kind is DecisionKind.UNKNOWN:
            # Nobody is, of those who were looked at.
            return replace(decision, reason="tooMany")
        return decision

    def search(self, stated: StatedPerson, *, limit: int = 50) -> SearchAnswer:
        """Candidates for an agent, best first: every look-alike and others."""
        with self._asking() as (connection, budget):
            found = searching.search(connection, stated, budget)
        return self._answer(candidates(stated, found, self._risk, limit=limit + 1), found, limit)

    def search_by_name(self, surname: str, given_names: str | None = None, *, limit: int = 50) -> SearchAnswer:
        """Candidates for an agent who knows no birth date, best first."""
        with self._asking() as (connection, budget):
            found = searching.search_by_name(connection, surname, given_names, budget)
        return self._answer(candidates_by_name(surname, given_names, found, limit=limit + 1), found, limit)

    def beside(self, ssin: Niss, stated: StatedPerson) -> Candidate | None:
        """Who has this number today, as a search for the stated person shows them."""
        with self._asking() as (connection, budget):
            asked = _entry(connection, ssin)
            if asked is None:
                return None
            found = searching.search(connection, stated, budget)
        if all(item.record.ssin != asked.record.ssin for item in found.entries):
            found = replace(found, entries=(*found.entries, asked))
        (candidate,) = with_cautions([beside(stated, asked, found, self._risk)], found, self._today())
        return candidate

    def beside_name(self, ssin: Niss, surname: str, given_names: str | None = None) -> Candidate | None:
        """The same beside a name alone."""
        with self._asking() as (connection, _):
            asked = _entry(connection, ssin)
            if asked is None:
                return None
            counted = searching.population(connection, searching.of_name(surname, given_names))
        shown = beside_name(surname, given_names, asked.latest or asked.record, counted)
        (candidate,) = with_cautions([shown], Search([asked]), self._today())
        return candidate

    def person(self, ssin: Niss) -> RegisteredPerson | None:
        """The record under exactly this number, or None."""
        with self._reading() as connection:
            return searching.person(connection, ssin)

    def latest(self, ssin: Niss) -> RegisteredPerson | None:
        """The record that holds today; None where the chain leads nowhere or in a circle."""
        with self._reading() as connection:
            record = searching.person(connection, ssin)
            return record and searching.latest(connection, record)

    def revision(self) -> int:
        """Grows with every change."""
        with self._reading() as connection:
            return connection.scalar(select(STATE.c.revision)) or 0

    def create(
        self, stated: StatedPerson, *, key: str, different_from: Iterable[Niss] = (), at: datetime
    ) -> Created | ExistingPeople:
        """Give a number, unless look-alikes outside `different_from` exist. Idempotent by `key`."""
        with self._writing() as connection:
            before = _given(connection, key)
            if before is not None:
                return Created(before)
            found = _whole(searching.search(connection, stated, Budget(self._patience)))
            existing = look_alikes(stated, found, different_from, self._risk)
            if existing:
                return ExistingPeople(existing)
            person = self._new_person(connection, stated)
            store(connection, [filed(person)])
            connection.execute(insert(_ASSIGNMENTS).values(key=key, ssin=int(person.ssin.digits), at=at))
            return Created(person)

    def given(self, key: str) -> RegisteredPerson | None:
        """Who was given a number under this key."""
        with self._reading() as connection:
            return _given(connection, key)

    def replace(self, ssin: Niss, *, by: Niss, at: datetime) -> Replaced | NotReplaced:
        """Let one number lead to another one that holds."""
        with self._writing() as connection:
            answer = replacing.look(connection, ssin, by)
            if isinstance(answer, RegisteredPerson):
                store(connection, [filed(replace(answer, replaced_by=by))], at)
                return replacing.replaced(connection, by)
            return answer

    def replaced_since(self, at: datetime | None) -> Sequence[Niss]:
        """Numbers replaced since an instant; all there are where none is given."""
        with self._reading() as connection:
            return replacing.since(connection, at)

    def add(self, people: Iterable[RegisteredPerson], *, mark: tuple[str, int] | None = None) -> int:
        """Add or update by number, in one transaction; how many. Of two with one number the later one holds.

        `mark` notes (a file's print, a line): how far it is loaded.
        """
        return self.add_filed(file_all(people), mark=mark)

    def add_filed(self, ready: Sequence[Filed], *, mark: tuple[str, int] | None = None) -> int:
        """As `add`, of what `file_all` made before the lock: a service waits for the writing only."""
        if ready:
            with self._writing() as connection:
                store(connection, ready)
                if mark:
                    connection.execute(_LOADS.delete().where(_LOADS.c.file == mark[0]))
                    connection.execute(insert(_LOADS).values(file=mark[0], line=mark[1]))
        return len(ready)

    def loaded_to(self, file: str) -> int:
        """The line to which a file was loaded before its load was interrupted, else 0."""
        with self._reading() as connection:
            return connection.scalar(select(_LOADS.c.line).where(_LOADS.c.file == file)) or 0

    def finish_load(self, file: str) -> None:
        """A file is loaded: nothing is left to go on with."""
        with self._writing() as connection:
            connection.execute(_LOADS.delete().where(_LOADS.c.file == file))

    def settle(self) -> None:
        """After many people were loaded: let the database do at once what it does by itself in time."""
        with _unavailable(), self._engine.connect().execution_options(write=True) as connection:
            settle(connection)

    def _answer(self, found: Sequence[Candidate], search: searching.Looked, limit: int) -> SearchAnswer:
        """At most so many; the weakest that nobody need rule out gives way."""
        extent = Extent.PARTIAL if search.partial else Extent.WHOLE
        if search.cut or search.thinned or len(found) > limit:
            extent = Extent.TOO_MANY
        kept = {item.person.ssin for item in sorted(found, key=lambda item: not item.look_alike)[:limit]}
        shown = [item for item in found if item.person.ssin in kept]
        return SearchAnswer(with_cautions(shown, search, self._today()), extent)

    @contextmanager
    def _asking(self) -> Iterator[tuple[Connection, Budget]]:
        """Reading, within the search budget."""
        with self._reading() as connection:
            budget = Budget(self._patience)
            with budget.over(connection):
                yield connection, budget

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _unavailable(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _unavailable(), self._engine.connect().execution_options(write=True) as connection, connection.begin():
            connection.execute(text(_FIRST_STATE))
            connection.execute(select(STATE.c.id).with_for_update())
            yield connection

    def _new_person(self, connection: Connection, stated: StatedPerson) -> RegisteredPerson:
        series = series_for(self._number_series, stated.sex)
        first, *_, last = date_parts(stated.birth_date, series)
        lowest, highest = int(f"{first}00000"), int(f"{last}99999")
        taken: set[int] = set()
        for column in (PEOPLE.c.ssin, _ASSIGNMENTS.c.ssin):
            taken.update(connection.scalars(select(column).where(column.between(lowest, highest))))
        return RegisteredPerson(
            ssin=next_niss(stated.birth_date, stated.sex, series, map(niss_of, taken)),
            surname=stated.surname,
            birth_date=stated.birth_date,
            given_names=stated.given_names,
            sex=stated.sex,
            birth_place=stated.birth_place,
            birth_country=stated.birth_country,
            nationality=stated.nationality,
            former_surname=stated.former_surname,
            official=stated.official,
        )


def _given(connection: Connection, key: str) -> RegisteredPerson | None:
    given = connection.scalar(select(_ASSIGNMENTS.c.ssin).where(_ASSIGNMENTS.c.key == key))
    record = None if given is None else searching.person(connection, niss_of(given))
    return record and (searching.latest(connection, record) or record)


def _entry(connection: Connection, ssin: Niss) -> Entry | None:
    record = searching.person(connection, ssin)
    return None if record is None else Entry(record, searching.latest(connection, record))


def _whole(found: Search) -> Search:
    """Nothing rests on a search that left somebody out."""
    if found.partial:
        raise RegisterAnsweredInPart("not everybody was looked at in time")
    return found


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except (OperationalError, PoolTimeoutError) as error:
        if isinstance(error, OperationalError) and ended_by_budget(error):
            raise RegisterTimedOut("the search took too long") from error
        raise RegisterUnavailable("the register does not answer") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise RegisterUnavailable("the connection to the register was lost") from error
        raise
