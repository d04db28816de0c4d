"""Requests of one company for what may be the same person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, or_
from sqlmodel import Session, col, select

from domain.identification import StatedPerson
from domain.request import Outcome
from domain.statement import PersonalData, Statement
from matching.keys import filing_keys, looking_keys
from matching.normalise import forms
from matching.scoring import stated_alike
from store.requests import statement_of, statement_row, statements_of
from store.tables import LikenessKeyRow, Request, StatementRow

_GONE = (Outcome.WITHDRAWN.value, Outcome.EXPIRED.value)
#: More than these are not told: a company asks for one person once or twice.
MOST = 50
#: Nor are more than these looked at, for all the requests of one answer.
MOST_AT_ONCE = 200


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

    Not the withdrawn and expired. Two queries, however many requests.
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
    keys = sorted({key for person in stated.values() for key in looking_keys(person)})
    companies = sorted({row.company_id for row in rows})
    alike = select(LikenessKeyRow.request_id).where(
        col(LikenessKeyRow.company_id).in_(companies), col(LikenessKeyRow.key).in_(keys)
    )
    numbers = sorted({row.ssin for row in rows if row.ssin})
    query = (
        select(Request, StatementRow)
        .join(StatementRow, col(StatementRow.request_id) == Request.id)
        .where(
            col(Request.company_id).in_(companies),
            or_(col(Request.outcome).is_(None), col(Request.outcome).not_in(_GONE)),
            or_(col(Request.id).in_(alike), col(Request.ssin).in_(numbers)) if numbers else col(Request.id).in_(alike),
        )
        .order_by(col(Request.created_at), col(Request.id))
        .limit(MOST_AT_ONCE)
    )
    others = [(other, statement_of(theirs)) for other, theirs in session.exec(query)]
    return {
        row.id: [
            other
            for other, theirs in others
            if other.id != row.id
            and other.company_id == row.company_id
            and ((row.ssin and other.ssin == row.ssin) or _alike(stated[row.id], theirs))
        ][:MOST]
        for row in rows
    }


def _alike(stated: StatedPerson, other: Statement) -> bool:
    return other.personal_data is not None and stated_alike(stated, stated_person(other))
