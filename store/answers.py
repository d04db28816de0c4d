"""The register's answer on a request's row: the number, the registered name, and what was completed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session

from domain.identification import RegisteredPerson
from domain.statement import PERSONAL_DATA_FIELDS
from store.requests import statement_row
from store.similar import words_of
from store.tables import Request

_NAMES = ("surname", "givenNames", "formerSurname")


def answer_members(person: RegisteredPerson) -> dict[str, str]:
    """A registered person as API members, with `ssin`; absent ones left out."""
    members = {
        "ssin": person.ssin.digits,
        "surname": person.surname,
        "givenNames": person.given_names,
        "sex": person.sex,
        "birthDate": person.birth_date,
        "birthPlace": person.birth_place,
        "birthCountry": person.birth_country,
        "nationality": person.nationality,
        "formerSurname": person.former_surname,
    }
    return {name: str(value) for name, value in members.items() if value is not None}


def apply_answer(session: Session, row: Request, answer: Mapping[str, str]) -> None:
    """Take the number over, and what the requester left empty. What was stated is never overwritten.

    The given names count as part of the name, told as the registered one: they complete only a person who was
    stated without any.
    """
    statement = statement_row(session, row.id)
    stated = statement.personal_data or {}
    statement.words = words_of(
        [*(stated.get(name) for name in _NAMES), *(answer.get(name) for name in _NAMES)],
    )
    if answer["ssin"] != row.ssin:
        row.former_ssin = None
    row.ssin = answer["ssin"]
    row.registered_surname = answer["surname"]
    row.registered_given_names = answer.get("givenNames")
    row.completed = {
        name: answer[name] for name in PERSONAL_DATA_FIELDS if name in answer and name not in stated
    } or None
