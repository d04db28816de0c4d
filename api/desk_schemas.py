"""The shapes of the desk's answers."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

from api.answer import Answer, BirthDate, Ssin, SsinFormatted
from api.schemas import Page, PersonAnswer, RequestAnswer

#: There are more candidates than are shown, or not all could be looked at; left out where that is not so.
Extent = Literal["partial", "tooMany"]


class EvidenceAnswer(Answer):
    """One field's say in a candidate's score."""

    field: str
    stated: str | None = None
    registered: str | None = None
    agreement: Literal["same", "similar", "different", "missing"]
    weight: float
    why: str


class CautionAnswer(Answer):
    """Something to look at twice: a code, and what it means."""

    code: str
    why: str


class DecisionAnswer(Answer):
    """What the register answered last, in codes; `documents` is what the zones then said of each field stated."""

    at: datetime
    finding: str
    reason: str
    documents: dict[str, Literal["same", "different"]] | None = None


class CandidateAnswer(Answer):
    """A person of the register who may be the stated one."""

    ssin: Ssin
    ssin_formatted: SsinFormatted
    surname: str
    given_names: str | None = None
    sex: Literal["M", "F"] | None = None
    birth_date: BirthDate
    birth_place: str | None = None
    birth_country: str | None = None
    nationality: str | None = None
    official: dict[str, str] | None = None
    former_surname: str | None = None
    deceased_on: str | None = None
    score: float
    look_alike: bool
    evidence: list[EvidenceAnswer]
    cautions: list[CautionAnswer] | None = None


class DocumentCheckAnswer(Answer):
    """One field of one document beside what was stated. `missing`: one side says nothing that could be compared."""

    document: Literal["passport", "identityCard", "drivingLicence"]
    field: str
    stated: str | None = None
    printed: str | None = None
    agreement: Literal["same", "different", "missing"]
    confirmed: bool


class StatisticsAnswer(Answer):
    """Counts of submitted requests; ages in seconds, 0 where nothing waits; `outcomes` of the last 30 days."""

    phases: dict[str, int]
    reasons: dict[str, int]
    unclaimed: int
    late: int
    to_confirm: int
    oldest_review_seconds: float
    oldest_answer_seconds: float
    outcomes: dict[str, int]


class RulingAnswer(Answer):
    """A ruling with the members of its body, flat."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="allow", hide_input_in_errors=True)

    kind: Literal["identify", "createNumber", "requestInformation", "reject"]
    by: PersonAnswer
    at: datetime
    confirmed_by: PersonAnswer | None = None
    state: Literal["proposed", "confirmed", "delivered"]
    needs_confirmation: bool
    deliver_at: datetime | None = None


class DeskAnswer(RequestAnswer):
    """The file an agent works on: the request, flat, and what the desk adds. In the queue without candidates."""

    review_reason: (
        Literal["ambiguous", "unknown", "registerUnavailable", "lookAlikesFound", "objection", "documentDoubt"] | None
    ) = None
    doubt: CautionAnswer | None = None
    decision: DecisionAnswer | None = None
    assignee: PersonAnswer | None = None
    claimed_until: datetime | None = None
    escalated_at: datetime | None = None
    document_check: list[DocumentCheckAnswer] | None = None
    candidates: list[CandidateAnswer] | None = None
    extent: Extent | None = None
    ruling: RulingAnswer | None = None


class DeskPage(Page):
    """The queue."""

    items: list[DeskAnswer]


class ReplacementAnswer(Answer):
    """A number that was replaced, the one that holds today, and how many requests had been answered with it."""

    ssin: Ssin
    ssin_formatted: SsinFormatted
    replaced_by: Ssin
    replaced_by_formatted: SsinFormatted
    requests: int


class CandidatePage(Page):
    """People of the register who may be meant, best first."""

    items: list[CandidateAnswer]
    extent: Extent | None = None
