"""A stated person against the register: candidates, evidence, and the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.niss import Niss
from domain.people import PartialDate, Sex
from domain.statement import Address


class Agreement(StrEnum):
    """How a stated value compares with the registered one."""

    SAME = "same"
    SIMILAR = "similar"
    DIFFERENT = "different"
    MISSING = "missing"


class DecisionKind(StrEnum):
    """unknown: nobody is a look-alike; ambiguous: somebody is, and it is not sure; identified: sure."""

    IDENTIFIED = "identified"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


class Extent(StrEnum):
    """How much of what there is an answer to a search holds: what asks for a finer question is said as such."""

    WHOLE = "whole"
    PARTIAL = "partial"
    TOO_MANY = "tooMany"


class Caution(StrEnum):
    """Why a candidate needs a second look, however well the data agree."""

    DECEASED = "deceased"
    REPLACED = "replaced"
    UNDER_SIXTEEN = "underSixteen"
    NAMESAKE = "namesake"


class ReviewReason(StrEnum):
    """Why a request is before an agent."""

    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    REGISTER_UNAVAILABLE = "registerUnavailable"
    LOOK_ALIKES_FOUND = "lookAlikesFound"
    OBJECTION = "objection"
    DOCUMENT_DOUBT = "documentDoubt"


@dataclass(frozen=True, slots=True)
class StatedPerson:
    """What is searched for. The official address counts; the contact address says nothing about who somebody is."""

    surname: str
    birth_date: PartialDate
    given_names: str | None = None
    sex: Sex | None = None
    birth_place: str | None = None
    birth_country: str | None = None
    nationality: str | None = None
    former_surname: str | None = None
    official: Address | None = None


@dataclass(frozen=True, slots=True)
class RegisteredPerson:
    """A person of the register. `replaced_by` leads to the number that holds today."""

    ssin: Niss
    surname: str
    birth_date: PartialDate
    given_names: str | None = None
    sex: Sex | None = None
    birth_place: str | None = None
    birth_country: str | None = None
    nationality: str | None = None
    former_surname: str | None = None
    official: Address | None = None
    deceased_on: date | None = None
    replaced_by: Niss | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One field's say: `weight` is its signed contribution to the score, `why` one plain English sentence.

    `field` is an API name of personalData, or `official`.
    """

    field: str
    stated: str | None
    registered: str | None
    agreement: Agreement
    weight: float
    why: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registered person who may be the stated one. `score` in 0..1; a look-alike must be ruled out first."""

    person: RegisteredPerson
    score: float
    look_alike: bool
    evidence: tuple[Evidence, ...] = ()
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """Whom an agent may look at, best first. Not `whole`: there are more, or not all could be looked at."""

    candidates: tuple[Candidate, ...]
    extent: Extent = Extent.WHOLE


@dataclass(frozen=True, slots=True)
class Decision:
    """What the register says. `person` (the latest record) only when identified; candidates best first, at most 100.

    `reason` is a code for people and logs: `sure`, `none`, `notSure`, `deceased`, `namesakes`, `replacementBroken`…
    """

    kind: DecisionKind
    reason: str
    person: RegisteredPerson | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A decision as it is kept, in codes. `documents`: what zones said of each field stated, SAME or DIFFERENT."""

    at: datetime
    finding: str
    reason: str
    documents: Mapping[str, Agreement]


@dataclass(frozen=True, slots=True)
class Created:
    """The register gave a new number (or gave it before to the same key)."""

    person: RegisteredPerson


@dataclass(frozen=True, slots=True)
class ExistingPeople:
    """Nothing was created: these look-alikes have not been ruled out."""

    candidates: tuple[Candidate, ...]
