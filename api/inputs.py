"""The shapes of bodies and query parameters: what is not named here is refused. The domain judges what is in them."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from api.answer import Outcome, Phase
from domain.countries import COUNTRIES
from domain.enterprise import parse_enterprise_number
from domain.statement import MESSAGE_LENGTH, NAME_LENGTH, mail_address, text


def _message(value: str) -> str:
    return text(value, limit=MESSAGE_LENGTH, lines=True)


def _enterprise_number(value: str) -> str:
    try:
        return parse_enterprise_number(value)
    except ValueError:
        raise ValueError("must be an enterprise number of ten digits with its check digits") from None


def _day(value: str) -> str:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise ValueError("must be a date such as 2031-11-24")


#: Lengths count after trimming, so they are the domain's to judge; the schemas only say them.
Name = Annotated[str, AfterValidator(text), Field(json_schema_extra={"pattern": r"\S", "maxLength": NAME_LENGTH})]
Message = Annotated[
    str, AfterValidator(_message), Field(json_schema_extra={"pattern": r"\S", "maxLength": MESSAGE_LENGTH})
]
Email = Annotated[str, AfterValidator(mail_address), Field(json_schema_extra={"format": "email", "maxLength": 254})]
EnterpriseNumber = Annotated[
    str,
    AfterValidator(_enterprise_number),
    Field(description="with or without dots", json_schema_extra={"pattern": r"^[01]\d{3}\.?\d{3}\.?\d{3}$"}),
]
Day = Annotated[str, AfterValidator(_day), Field(json_schema_extra={"format": "date"})]
Country = Annotated[
    str,
    Field(
        description="ISO 3166-1 alpha-2, upper case, or XK",
        examples=["DE"],
        json_schema_extra={"enum": sorted(COUNTRIES)},
    ),
]
BirthDate = Annotated[
    str,
    Field(
        description="may be incomplete",
        examples=["1983-05-24", "1983-05", "1983"],
        json_schema_extra={"pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
    ),
]
PersonalDataField = Literal[
    "surname",
    "givenNames",
    "sex",
    "birthDate",
    "birthPlace",
    "birthCountry",
    "nationality",
    "documentNumber",
    "documentExpiry",
    "formerSurname",
]
DocumentName = Literal["documents.passport", "documents.identityCard", "documents.drivingLicence"]
#: One list: of a union an error would name every branch.
Confirmable = Literal[PersonalDataField, DocumentName]
Kind = Annotated[str, Field(json_schema_extra={"enum": ["passport", "identityCard", "drivingLicence"]})]


class Body(BaseModel):
    """Base of all bodies: unknown members are refused, input is never repeated in an error."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", hide_input_in_errors=True, strict=True)


class NewRequest(Body):
    """What opens a request; every member may be left out."""

    on_behalf_of: EnterpriseNumber | None = None
    reference: Name | None = None
    language: Literal["nl", "fr", "de", "en"] | None = None


class StatedPersonalData(Body):
    """The person as on the document."""

    surname: Name
    given_names: Name | None = None
    sex: Literal["M", "F"] | None = None
    birth_date: BirthDate
    birth_place: Name | None = None
    birth_country: Country | None = None
    nationality: Country | None = None
    document_number: Name | None = None
    document_expiry: Annotated[str, Field(json_schema_extra={"format": "date"})] | None = None
    former_surname: Name | None = None


class OfficialAddress(Body):
    """The official residence."""

    street: Name
    house_number: Name | None = None
    box: Name | None = None
    postal_code: Annotated[Name, Field(description="in BE: four digits")] | None = None
    municipality: Name
    country: Country


class ContactAddress(Body):
    """A contact address in Belgium."""

    street: Name
    house_number: Name | None = None
    box: Name | None = None
    postal_code: Annotated[str, Field(description="four digits", json_schema_extra={"pattern": r"^\d{4}$"})]
    municipality: Name
    country: Literal["BE"] | None = None


class Addresses(Body):
    """The official address and, where the residence is abroad, a contact address in Belgium."""

    official: OfficialAddress
    contact: ContactAddress | None = None


class Submission(Body):
    """What sends a request; every member may be left out."""

    email: Annotated[Email, Field(description="default: the requester's own")] | None = None
    confirmed: Annotated[
        list[Confirmable] | None,
        Field(description="typed or chosen rightly although the machine-readable zone of a document says otherwise"),
    ] = None


class Objection(Body):
    """This is not the company's employee."""

    message: Message


class NewMember(Body):
    """A colleague to be invited; a requester where no role is given."""

    email: Email
    name: Name | None = None
    role: Literal["administrator", "requester"] | None = None


class NewRole(Body):
    """What a colleague becomes."""

    role: Literal["administrator", "requester"]


class NewMandate(Body):
    """Who may ask in the company's name, from today where no day is given; both days included."""

    enterprise_number: EnterpriseNumber
    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None


class Identify(Body):
    """This is the person."""

    kind: Literal["identify"]
    ssin: Annotated[str, Field(description="with or without punctuation")]


class CreateNumber(Body):
    """Nobody of the register is the person: a new number."""

    kind: Literal["createNumber"]
    different_from: Annotated[list[str], Field(description="every look-alike of the file")] | None = None


class RequestInformation(Body):
    """A document or at least one field is asked for."""

    kind: Literal["requestInformation"]
    document: bool | None = None
    fields: list[PersonalDataField | Literal["official", "contact"]] | None = None
    reason: Literal["unreadable", "incomplete", "expired", "wrongKind", "dataMismatch", "other"]
    message: Message | None = None


class Reject(Body):
    """No number will be given."""

    kind: Literal["reject"]
    reason: Literal["notIdentifiable", "notEligible", "suspectedFraud", "noAnswer", "other"]
    message: Message | None = None


#: What our ids and cursors are made of; anything else would reach the database as text.
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Cursor = Annotated[str, Field(pattern=r"^[!-~]{1,500}$", description="from `next`; opaque")]


class Paging(BaseModel):
    """Parameters of every collection."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", hide_input_in_errors=True)

    page_size: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: Cursor | None = None


class RequestsQuery(Paging):
    """Parameters of the list of requests; `requester` implies the whole company."""

    scope: Literal["mine", "company"] = "mine"
    requester: Id | None = None
    phase: Phase | None = None
    outcome: Outcome | None = None
    sort: Literal["updatedAt", "-updatedAt", "createdAt", "-createdAt", "requester", "-requester"] = "-updatedAt"


class RequestsSearch(Body):
    """The same in a body, with the same defaults, and `q`: each word begins a word of a stated or registered name."""

    scope: Literal["mine", "company"] | None = None
    requester: Id | None = None
    phase: Phase | None = None
    outcome: Outcome | None = None
    sort: Literal["updatedAt", "-updatedAt", "createdAt", "-createdAt", "requester", "-requester"] | None = None
    q: Name | None = None
    page_size: Annotated[int, Field(ge=1, le=100)] | None = None
    cursor: Cursor | None = None


class RegisterSearch(Body):
    """Whom an agent looks for: a surname or a number is needed, a birth date is not.

    Why goes into the log of consultations: `reason` in words, `requestId` the case it is for.
    """

    reason: Message | None = None
    request_id: Id | None = None
    surname: Name | None = None
    given_names: Name | None = None
    sex: Literal["M", "F"] | None = None
    birth_date: BirthDate | None = None
    birth_place: Name | None = None
    birth_country: Country | None = None
    nationality: Country | None = None
    document_number: Name | None = None
    document_expiry: Day | None = None
    former_surname: Name | None = None
    official: OfficialAddress | None = None
    ssin: Annotated[str, Field(description="with or without punctuation")] | None = None


class Replacement(Body):
    """Two numbers of one person: the one that goes, and the one that stays."""

    ssin: Annotated[str, Field(description="with or without punctuation")]
    replaced_by: Annotated[str, Field(description="with or without punctuation")]


class Removal(BaseModel):
    """Parameters of a removal: the id of the colleague who takes over; who removes does where it is left out."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", hide_input_in_errors=True)

    taken_over_by: Id | None = None


class NotificationsQuery(Paging):
    """Parameters of the list of notifications."""

    unread: bool = False


class QueueQuery(Paging):
    """Parameters of the queue; `assignee` is `none`, `me` or a person's id."""

    phase: Phase = "inReview"
    assignee: Id | None = None
