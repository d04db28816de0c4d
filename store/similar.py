"""Requests of one company for what may be the same person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, delete, insert, or_
from sqlmodel import Session, col, select

from domain.identification import StatedPerson
from domain.request import Outcome
from domain.statement import PersonalData, Statement
from matching.keys import date_keys, filing_keys, looking_keys
from matching.normalise import forms
from matching.scoring import stated_alike
from store.requests import statement_of, statement_row, statements_of
from store.tables import LikenessKeyRow, Request, StatementRow

_GONE = (Outcome.WITHDRAWN.value, Outcome.EXPIRED.value)
#: More than these are not told: a company asks for one person once or twice.
MOST = 50
#: Of those who share a single key with a request, and not the birth date, so many are looked at, the rarest key first.
MOST_OF_ONE_KEY = 50
#: Statements read in one query.
_AT_ONCE = 500


def stated_person(statement: Statement) -> StatedPerson:
    """What is searched for. A statement without personal data is a bug of ours: ValueError."""
    person = statement.personal_data
    if person is None:
        raise ValueError("nothing has been stated")
    return StatedPerson(
        surname=person.surname,
        birth_date=person.birth_date,
        given_names=person.given_names,
        sex=person.sex,
        birth_place=person.birth_place,
        birth_country=person.birth_country,
        nationality=person.nationality,
        former_surname=person.former_surname,
        official=statement.addresses.official if statement.addresses else None,
    )


def file_under_keys(session: Session, row: Request, stated: PersonalData) -> None:
    """File a statement anew: under the keys of its likeness, and the words of its names."""
    keys = filing_keys(stated_person(Statement(stated)))
    session.execute(delete(LikenessKeyRow).where(col(LikenessKeyRow.request_id) == row.id))
    session.execute(
        insert(LikenessKeyRow),
        [{"company_id": row.company_id, "key": key, "request_id": row.id} for key in sorted(keys)],
    )
    statement_row(session, row.id).words = words_of((stated.surname, stated.given_names, stated.former_surname))


def words_of(names: Iterable[str | None]) -> str:
    """The plain parts of some names, each once, between spaces: ` COENIG REUTER `."""
    parts = {part for name in names for form in forms(name or "") for part in form}
    return f" {' '.join(sorted(parts))} " if parts else ""


def similar_to(session: Session, rows: Sequence[Request]) -> dict[str, list[Request]]:
    """By request id: others of its company with the same number, or stated as look-alikes, oldest first.

    Not the withdrawn and expired. Two queries more for every 500 requests that share a key, mostly two in all.
    """
    statements = statements_of(session, [row.id for row in rows])
    stated = {
        request_id: stated_person(statement)
        for request_id, statement in ((key, statement_of(found)) for key, found in statements.items())
        if statement.personal_data is not None
    }
    rows = [row for row in rows if row.id in stated]
    if not rows:
        return {}
    worth = _worth_reading(session, rows, stated)
    others = _read(session, sorted({request_id for ids in worth.values() for request_id in ids}))
    same_number = _of_number(session, rows)
    return {row.id: _similar(row, stated[row.id], worth[row.id], others, same_number) for row in rows}


def _worth_reading(
    session: Session, rows: Sequence[Request], stated: Mapping[str, StatedPerson]
) -> dict[str, list[str]]:
    """By row, the ids of requests that share a key: all that share two or the birth date, and the likeliest others.

    A single key that more than `MOST_OF_ONE_KEY` requests of a company have (a frequent name, and a year) says nothing.
    """
    asked = {row.id: looking_keys(stated[row.id]) for row in rows}
    dates = {row.id: date_keys(stated[row.id].birth_date) for row in rows}
    wanted = select(LikenessKeyRow.company_id, LikenessKeyRow.key, LikenessKeyRow.request_id).where(
        col(LikenessKeyRow.company_id).in_(sorted({row.company_id for row in rows})),
        col(LikenessKeyRow.key).in_(sorted(frozenset().union(*asked.values()))),
    )
    filed: dict[tuple[str, int], list[str]] = defaultdict(list)
    for company, key, request_id in session.exec(wanted):
        filed[company, key].append(request_id)
    found: dict[str, list[str]] = {}
    for row in rows:
        shared: dict[str, list[int]] = defaultdict(list)
        for key in asked[row.id]:
            having = filed.get((row.company_id, key), ())
            weight = 0 if key in dates[row.id] else len(having)
            for request_id in having:
                if request_id != row.id:
                    shared[request_id].append(weight)
        sure = [one for one, weights in shared.items() if len(weights) > 1 or not weights[0]]
        alone = sorted((weights[0], one) for one, weights in shared.items() if len(weights) == 1 and weights[0])
        found[row.id] = sure + [one for _, one in alone[:MOST_OF_ONE_KEY]]
    return found


def _read(session: Session, ids: Sequence[str]) -> dict[str, tuple[Request, Statement]]:
    """Requests that still count, by id, with what was stated."""
    found: dict[str, tuple[Request, Statement]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        query = (
            select(Request, StatementRow)
            .join(StatementRow, col(StatementRow.request_id) == Request.id)
            .where(col(Request.id).in_(ids[start : start + _AT_ONCE]), _still_counts())
        )
        found |= {other.id: (other, statement_of(theirs)) for other, theirs in session.exec(query)}
    return found


def _of_number(session: Session, rows: Sequence[Request]) -> dict[tuple[str, str], list[Request]]:
    """By company and number: the requests of the rows' companies that were answered with one of their numbers."""
    numbers = sorted({row.ssin for row in rows if row.ssin})
    found: dict[tuple[str, str], list[Request]] = defaultdict(list)
    if numbers:
        companies = sorted({row.company_id for row in rows})
        query = select(Request).where(
            col(Request.ssin).in_(numbers), col(Request.company_id).in_(companies), _still_counts()
        )
        for other in session.exec(query):
            found[other.company_id, other.ssin or ""].append(other)
    return found


def _still_counts() -> ColumnElement[bool]:
    return or_(col(Request.outcome).is_(None), col(Request.outcome).not_in(_GONE))


def _similar(
    row: Request,
    stated: StatedPerson,
    worth: Iterable[str],
    others: Mapping[str, tuple[Request, Statement]],
    same_number: Mapping[tuple[str, str], Sequence[Request]],
) -> list[Request]:
    """Oldest first."""
    alike = {other.id: other for other in same_number.get((row.company_id, row.ssin or ""), ()) if other.id != row.id}
    for request_id in worth:
        if request_id in others and request_id not in alike:
            other, theirs = others[request_id]
            if _alike(stated, theirs):
                alike[request_id] = other
    return sorted(alike.values(), key=lambda other: (other.created_at, other.id))[:MOST]


def _alike(stated: StatedPerson, other: Statement) -> bool:
    return other.personal_data is not None and stated_alike(stated, stated_person(other))
