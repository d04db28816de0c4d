"""Which parts of a request are open, and what an accepted part does to the question that it answers."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto

from sqlmodel import Session

from domain.errors import Conflict
from domain.question import Question
from domain.request import Part, Phase
from store import requests, rulings
from store.tables import Request


class Answer(Enum):
    """What a PUT means to the open question: nothing, a part has arrived, or one that had arrived is open again."""

    NONE = auto()
    ARRIVED = auto()
    REOPENED = auto()


def open_for(row: Request, part: Part, now: datetime) -> None:
    """Raise Conflict where the row does not accept this part now."""
    if row.phase == Phase.CLOSED:
        raise Conflict("The request is closed.", code="requestClosed")
    if row.phase in (Phase.IDENTIFYING, Phase.IN_REVIEW):
        raise Conflict("The request was sent already.", code="alreadySubmitted")
    in_time(row, now)
    if row.phase == Phase.AWAITING_INFORMATION and part not in Question.of(row.asked or {}).parts:
        raise Conflict("This was not asked for.", code="notAskedFor")


def in_time(row: Request, now: datetime) -> None:
    """Raise Conflict once the deadline has passed, though nobody has written yet what follows from it.

    A draft and an answer expire; after an objection the request is an agent's again.
    """
    if row.deadline is None or now < row.deadline:
        return
    if objected(row):
        raise Conflict("The deadline has passed.", code="alreadySubmitted")
    raise Conflict("The deadline has passed.", code="requestClosed")


def objected(row: Request) -> bool:
    """Whether an objection waits for an agent."""
    return row.objection is not None and row.objection["state"] == "open"


def answer(session: Session, row: Request, part: Part, now: datetime) -> Answer:
    """Take an accepted part into the open question; where it was the last one, the round is over.

    What counts is what is filled now: a later PUT that leaves an asked field empty opens its part again.
    """
    if row.phase != Phase.AWAITING_INFORMATION or row.asked is None:
        return Answer.NONE
    before = [Part(name) for name in row.asked["arrived"]]
    put = {*Question.of(row.asked).put, part}
    asked = {**row.asked, "put": sorted(one.value for one in put)}
    question = Question.of(asked)
    statement = requests.statement_of(requests.statements_of(session, [row.id]).get(row.id))
    arrived = [one for one in question.parts if one in before]
    outcome = Answer.NONE
    if part in question.outstanding(statement):
        if part in before:
            arrived.remove(part)
            outcome = Answer.REOPENED
    elif part not in before:
        arrived.append(part)
        outcome = Answer.ARRIVED
    row.asked = {**asked, "arrived": [one.value for one in arrived]}
    row.updated_at = now
    if set(arrived) == set(question.parts):
        _round_ends(session, row, now)
    return outcome


def _round_ends(session: Session, row: Request, now: datetime) -> None:
    """Identify again or, after an objection, to an agent."""
    row.deadline = None
    row.asked = None
    if objected(row):
        row.phase = Phase.IN_REVIEW
        rulings.review_begins(session, row, now)
    else:
        row.phase = Phase.IDENTIFYING
