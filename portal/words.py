"""The words of pages that are chosen by a code: English, the key of every catalogue. Each value here is a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: What the fields are called, by their API names.
LABELS: Final[Mapping[str, str]] = {
    "surname": "Surname",
    "givenNames": "Given names",
    "sex": "Sex",
    "birthDate": "Date of birth",
    "birthPlace": "Place of birth",
    "birthCountry": "Country of birth",
    "nationality": "Nationality",
    "documentNumber": "Number of the document",
    "documentExpiry": "Valid until",
    "formerSurname": "Former surname",
    "street": "Street",
    "houseNumber": "Number",
    "box": "Box",
    "postalCode": "Postal code",
    "municipality": "Municipality",
    "country": "Country",
    "official": "Official address",
    "contact": "Contact address in Belgium",
    "official.street": "Street",
    "official.houseNumber": "Number",
    "official.box": "Box",
    "official.postalCode": "Postal code",
    "official.municipality": "Municipality",
    "official.country": "Country",
    "contact.street": "Street of the contact address",
    "contact.houseNumber": "Number of the contact address",
    "contact.box": "Box of the contact address",
    "contact.postalCode": "Postal code of the contact address",
    "contact.municipality": "Municipality of the contact address",
    "contact.country": "Country",
    "kind": "Kind of document",
    "pages": "Pages",
    "backs": "Back side",
    "email": "E-mail address",
    "message": "Your message",
    "name": "Name",
    "role": "Role",
    "enterpriseNumber": "Enterprise number",
    "from": "From",
    "until": "Until",
    "reference": "Your reference",
    "onBehalfOf": "For whom do you ask?",
}
SEXES: Final[Mapping[str, str]] = {"M": "Man", "F": "Woman", "": "Not on the document"}
KINDS: Final[Mapping[str, str]] = {
    "passport": "Passport",
    "identityCard": "Identity card",
    "drivingLicence": "Driving licence",
}
#: What is wrong with a page, and what helps.
ADVICE: Final[Mapping[str, str]] = {
    "lowResolution": "The picture is too small to read. Scan it with 300 dpi, or go nearer with the camera.",
    "blurred": "The picture is blurred. Hold the camera still, and tap on the text to focus.",
    "glare": "Light is reflected on the page. Turn it away from the lamp, without flash.",
    "dark": "The picture is too dark. Take it again in daylight.",
    "cutOff": "A part of the page is missing. Take it again with all four corners.",
    "rotated": "The page lies on its side or upside down. Turn it upright if you can.",
    "blank": "Nothing can be seen on this page. Look whether it is the right side.",
}
#: What is said of a document beside its pages.
DOCUMENT_WARNINGS: Final[Mapping[str, str]] = {
    "expired": "This document is no longer valid.",
    "expiresSoon": "This document soon stops being valid.",
    "wrongKind": "The zone of the document says that it is of another kind.",
}
HISTORY: Final[Mapping[str, str]] = {
    "opened": "Request begun",
    "documentUploaded": "Document added",
    "documentRemoved": "Document removed",
    "personalDataStated": "Personal data filled in",
    "addressStated": "Address filled in",
    "submitted": "Request sent",
    "inReview": "An agent looks at it",
    "informationRequested": "An agent asked for something",
    "informationAdded": "Something that was asked for has arrived",
    "reminded": "Reminder sent",
    "identified": "The person was identified",
    "numberCreated": "A number was created",
    "rejected": "Request rejected",
    "withdrawn": "Request withdrawn",
    "expired": "Request expired",
    "objected": "Objection made",
    "numberReplaced": "The number was replaced",
}
#: What a mail said that was sent, by the line of the history that it tells of.
MAILS: Final[Mapping[str, str]] = {
    "inReview": "A mail said that it takes longer.",
    "informationRequested": "A mail said what is needed.",
    "reminded": "A mail reminded of it.",
    "identified": "A mail said that the number is there.",
    "numberCreated": "A mail said that the number is there.",
    "numberReplaced": "A mail said that the number was replaced.",
    "rejected": "A mail said that it was rejected.",
    "withdrawn": "A mail said that it was withdrawn.",
    "expired": "A mail said that it has expired.",
}
#: What is said of a mail that was not sent, by its state.
MAIL_STATES: Final[Mapping[str, str]] = {
    "pending": "The mail about this has not been sent yet.",
    "undeliverable": "The mail about this could not be delivered.",
}
OBJECTIONS: Final[Mapping[str, str]] = {
    "open": "An agent is looking at your objection. The number stays valid until then.",
    "numberUpheld": "An agent looked at your objection: the number is right.",
    "numberReplaced": "An agent looked at your objection: the number was replaced.",
    "numberWithdrawn": "An agent looked at your objection: the number was withdrawn.",
}
PHASES: Final[Mapping[str, str]] = {
    "collecting": "not sent yet",
    "identifying": "in progress",
    "inReview": "in progress",
    "awaitingInformation": "action expected",
    "closed": "closed",
}
ROLES: Final[Mapping[str, str]] = {"administrator": "Main access administrator", "requester": "Requester"}
STATES: Final[Mapping[str, str]] = {
    "actionExpected": "Action expected",
    "inProgress": "In progress",
    "numbered": "With a number",
    "draft": "Not sent yet",
    "rejected": "Rejected",
    "withdrawn": "Withdrawn",
    "expired": "Expired",
}
PERIODS: Final[Mapping[str, str]] = {
    "7": "The last 7 days",
    "30": "The last 30 days",
    "365": "The last 12 months",
}
SORTS: Final[Mapping[str, str]] = {
    "createdAt": "Oldest first",
    "-createdAt": "Newest first",
    "requester": "Requester",
}
COLUMNS: Final[Mapping[str, str]] = {
    "id": "Request",
    "summary": "State",
    "surname": "Surname",
    "givenNames": "Given names",
    "ssin": "NISS",
    "requester": "Requester",
    "company": "Company",
    "reference": "Your reference",
    "createdAt": "Begun on",
    "updatedAt": "Latest change",
}
#: Sentences of a form's own, by the field and by what the rule says.
OWN: Final[Mapping[tuple[str, str], str]] = {
    ("surname", "is required"): "Fill in the surname, as on the document.",
    ("birthDate", "is required"): "Fill in the date of birth; at least the year.",
    ("birthDate", "must be a date such as 1953-11-24, 1953-11 or 1953"): (
        "Write the date of birth in figures, for example 24 11 1953. Without the month, leave the day empty too."
    ),
    ("birthDate", "is no day of the calendar"): "This day does not exist: look at the day and the month.",
    ("documentExpiry", "is no day of the calendar"): "This day does not exist: look at the day and the month.",
    ("birthDate", "must not be in the future"): "The date of birth must be in the past.",
    ("birthDate", "must not be before 1880"): "The date of birth must not be before 1880.",
    ("documentExpiry", "must be a date such as 2031-11-24"): "Write the date in figures, for example 24 11 2031.",
    ("documentExpiry", "must not be in the past"): "This document is no longer valid. Use one that is.",
    ("official.street", "is required"): "Fill in the street, or what stands in its place.",
    ("official.municipality", "is required"): "Fill in the town or village.",
    ("official.country", "is required"): "Choose the country.",
    ("official.postalCode", "is required for an address in Belgium"): "Fill in the postal code: four figures.",
    ("official.postalCode", "must be four digits for an address in Belgium"): (
        "The postal code of an address in Belgium has four figures."
    ),
    ("contact.street", "is required"): "Fill in the street of the contact address, or leave all of it empty.",
    ("contact.municipality", "is required"): "Fill in the municipality of the contact address.",
    ("contact.postalCode", "is required for an address in Belgium"): (
        "Fill in the postal code of the contact address: four figures."
    ),
    ("contact.postalCode", "must be four digits for an address in Belgium"): (
        "The postal code of an address in Belgium has four figures."
    ),
    ("email", "must be an e-mail address"): "Write an e-mail address, for example name@company.be.",
    ("email", "is required"): "Fill in the e-mail address.",
    ("email", "is there already"): "This person is in a company already.",
    ("message", "is required"): "Tell why this is not your employee.",
    ("message", "must not be blank"): "Tell why this is not your employee.",
    ("enterpriseNumber", "is required"): "Fill in the enterprise number.",
    ("kind", "is required"): "Choose the kind of document.",
    ("pages", "is required"): "Choose at least one page, or take a picture of it.",
}
#: Why a request cannot be sent yet, by step or field.
LACKING: Final[Mapping[str, str]] = {
    "document": "Add a document.",
    "personalData": "Fill in the personal data.",
    "address": "Fill in the address.",
    "surname": "Fill in the surname.",
    "birthDate": "Fill in the whole date of birth.",
    "birthPlace": "Fill in the place of birth.",
    "sex": "Choose the sex.",
    "contact": "Or fill in a contact address in Belgium.",
}
#: Titles of error pages, by status.
TROUBLE: Final[Mapping[str, str]] = {
    "400": "This was not understood",
    "403": "You may not do this",
    "404": "This page is not there",
    "405": "This page is not there",
    "409": "This is not possible now",
    "413": "The files are too big",
    "415": "This file cannot be read",
    "429": "This is not possible now",
    "500": "Something went wrong here",
    "503": "The service is not available now",
}
OTHERWISE: Final = "The document says something else than what you typed."
