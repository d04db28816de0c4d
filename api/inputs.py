"""The shapes of bodies and query parameters: what is not named here is refused. The domain judges what is in them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from api.schemas import Outcome, Phase

Name = Annotated[str, Field(max_length=200)]
Country = Annotated[str, Field(description="ISO 3166-1 alpha-2, upper case, or XK", examples=["DE"])]
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
Kind = Annotated[str, Field(json_schema_extra={"enum": ["passport", "identityCard", "drivingLicence"]})]


class Body(BaseModel):
    """Base of all bodies: unknown members are refused, input is never repeated in an error."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", hide_input_in_errors=True, strict=True)


class NewRequest(Body):
    """What opens a request; every member may be left out."""

    on_behalf_of: Annotated[str, Field(description="the employer's enterprise number")] | None = None
    reference: Name | None = None
    language: Literal["nl", "fr", "de", "en"] | None = None


class StatedPersonalData(Body):
    """The person as on the document."""

    surname: Name
    given_names: Name | None = None
    sex: Literal["M", "F"] | None = None
    birth_date: Annotated[str, Field(description="may be incomplete", examples=["1983-05-24", "1983-05", "1983"])]
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
    postal_code: Annotated[str, Field(max_length=200, description="in BE: four digits")] | None = None
    municipality: Name
    country: Country


class ContactAddress(Body):
    """A contact address in Belgium."""

    street: Name
    house_number: Name | None = None
    box: Name | None = None
    postal_code: Annotated[str, Field(description="four digits")]
    municipality: Name
    country: Literal["BE"] | None = None


class Addresses(Body):
    """The official address and, where the residence is abroad, a contact address in Belgium."""

    official: OfficialAddress
    contact: ContactAddress | None = None


class Submission(Body):
    """What sends a request; every member may be left out."""

    email: Annotated[str, Field(description="default: the requester's own")] | None = None
    confirmed: list[PersonalDataField] | None = None


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
    message: Annotated[str, Field(max_length=2000)] | None = None


class Reject(Body):
    """No number will be given."""

    kind: Literal["reject"]
    reason: Literal["notIdentifiable", "notEligible", "suspectedFraud", "noAnswer", "other"]
    message: Annotated[str, Field(max_length=2000)] | None = None


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


class NotificationsQuery(Paging):
    """Parameters of the list of notifications."""

    unread: bool = False


class QueueQuery(Paging):
    """Parameters of the queue; `assignee` is `none`, `me` or a person's id."""

    phase: Phase = "inReview"
    assignee: Id | None = None
