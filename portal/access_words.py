"""The words of pages about access: a company's software, audit trail, log of consultations, parts of the service.

English, the key of every catalogue; each value here is a message.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from portal import words
from service import reasons

LABELS: Final[Mapping[str, str]] = {
    **words.LABELS,
    "ssin": "NISS",
    "requestId": "Request",
    "company": "Enterprise number of the company",
    "what": "What was shown",
    "since": "From",
    "reason": "Why you look",
    "scopes": "What it may do",
    "takenOverBy": "Who takes over",
}
OWN: Final[Mapping[tuple[str, str], str]] = {
    **words.OWN,
    ("name", "must not be blank"): "Give the software a name.",
    ("scopes", "must be one of {values}"): "Choose at least one thing that the software may do.",
    ("reason", "is required"): "Write why you look: it is noted with the search.",
    ("reason", "must hold no name of the person and no number of eleven digits"): (
        "Write the reason without the person’s name and without a number of eleven figures: it is kept for ten years."
    ),
    ("ssin", "must be a number of eleven digits with its check digits"): "This is no NISS: write its eleven figures.",
    ("company", "must be an enterprise number of ten digits with its check digits"): (
        "Write an enterprise number of ten figures, for example 0999.000.129."
    ),
    ("since", "must be a date such as 2031-11-24"): "Write the first day in figures, for example 24 11 2031.",
    ("until", "must be a date such as 2031-11-24"): "Write the last day in figures, for example 24 11 2031.",
    ("takenOverBy", "must be the id of a colleague who stays"): "Choose a colleague who stays.",
    ("assignee", "must be the id of an agent"): "Choose an agent.",
}
SCOPES: Final[Mapping[str, str]] = {
    "requests:read": "Read requests",
    "requests:write": "Make and change requests",
}
#: What was done, by the kind of a line of the trail.
TRAIL: Final[Mapping[str, str]] = {
    "memberInvited": "Invited",
    "memberRoleChanged": "Role changed",
    "memberRemoved": "Removed",
    "memberJoined": "Signed in for the first time",
    "companyRegistered": "Company registered",
    "mandateGranted": "Mandate given",
    "mandateEnded": "Mandate ended",
    "clientCreated": "Software let in",
    "clientRotated": "New secret for software",
    "clientRevoked": "Software shut out",
}
#: What of somebody was shown, by the names the log has.
SHOWN: Final[Mapping[str, str]] = {
    **words.LABELS,
    "ssin": "NISS",
    "formerSsin": "Former NISS",
    "registeredName": "Name in the register",
    "deceasedOn": "Date of death",
    "documents": "Documents",
    "phase": "State",
    "summary": "What has become of the request",
    "history": "What happened",
    "objection": "Objection",
    "ruling": "Decision",
    "consultations": "Who has seen it",
}
#: What was shown, by the code of the log.
AUDITED: Final[Mapping[str, str]] = {
    "request": "A request",
    "requests": "A list of requests",
    "history": "The history of a request",
    "page": "A page of a document",
    "notifications": "Notifications",
    "queue": "The queue of the desk",
    "day": "What an agent decided on a day",
    "file": "A case with its candidates",
    "opening": "A case opened with a reason",
    "registerSearch": "A search of the register",
    "registerMatch": "A comparison with the register, at the console",
    "numberReplacement": "The replacement of a number",
    "members": "A list of people",
    "member": "A person of a company or of the service",
    "mandates": "A list of mandates",
    "mandate": "A mandate",
    "clients": "The software of a company",
    "client": "One software of a company",
    "trail": "An audit trail",
    "erasure": "An erasure",
    "consultations": "The log of consultations",
}
#: Why it was shown, where that is no text that somebody typed.
UNTYPED: Final[Mapping[str, str]] = {
    reasons.UNSTATED: "By the interface, without a stated reason",
}
#: In which role somebody was shown something.
STAFF_ROLES: Final[Mapping[str, str]] = {
    **words.ROLES,
    "agent": "Agent",
    "supervisor": "Supervisor",
    "auditor": "Auditor",
    "ops": "Looks after the service",
}
#: Parts of the service, and what it means when one is away.
PARTS: Final[Mapping[str, str]] = {
    "database": "Database",
    "temporal": "Temporal",
    "blobStore": "Store of pages",
    "smtp": "Mail server",
}
PART_DOWN: Final[Mapping[str, str]] = {
    "database": "Nobody can work until it is back.",
    "temporal": "Work goes on. Answers come when it is back.",
    "blobStore": "Nobody can work until it is back.",
    "smtp": "Work goes on. Mails go out when it is back.",
}
#: The supervisor's counts.
COUNTS: Final[Mapping[str, str]] = {
    "unclaimed": "Cases that nobody has",
    "late": "Late cases",
    "toConfirm": "Decisions to be confirmed",
    "oldestReview": "Age of the oldest case",
    "oldestAnswer": "Age of the oldest question",
}
TABLES: Final[Mapping[str, str]] = {
    "phases": "Requests now",
    "reasons": "Why cases are at the desk",
    "outcomes": "What came out in the last 30 days",
}
PHASE_COUNTS: Final[Mapping[str, str]] = {
    "identifying": "Being identified",
    "inReview": "At the desk",
    "awaitingInformation": "Waiting for an answer",
    "closed": "Closed",
}
OUTCOMES: Final[Mapping[str, str]] = {
    "identified": "Identified",
    "numberCreated": "New number",
    "rejected": "Rejected",
    "withdrawn": "Withdrawn",
    "expired": "Expired",
}
