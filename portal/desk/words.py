"""What the desk calls things, in English: the keys of every catalogue. By the API's names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

REVIEW_REASONS: Final[Mapping[str, str]] = {
    "ambiguous": "Not sure who it is",
    "unknown": "Nobody found",
    "registerUnavailable": "Register was away",
    "lookAlikesFound": "Look-alikes found",
    "objection": "Objection",
    "documentDoubt": "Doubt about the document",
}
JUDGEMENTS: Final[Mapping[str, str]] = {
    "veryLikely": "very likely",
    "likely": "likely, not sure",
    "possible": "possible",
    "unlikely": "unlikely",
    "deceased": "has died",
}
AGREEMENTS: Final[Mapping[str, str]] = {
    "same": "same",
    "similar": "alike",
    "different": "different",
    "notStated": "not stated",
    "notRegistered": "not registered",
    "unknown": "not known",
}
QUESTION_REASONS: Final[Mapping[str, str]] = {
    "unreadable": "The document cannot be read",
    "incomplete": "The document or the data are incomplete",
    "expired": "The document is no longer valid",
    "wrongKind": "This kind of document is not accepted",
    "dataMismatch": "The data do not match the document",
    "other": "Another reason, in my own words",
}
REJECTION_REASONS: Final[Mapping[str, str]] = {
    "notIdentifiable": "The person cannot be identified",
    "notEligible": "This person is not eligible for a number",
    "suspectedFraud": "Suspected fraud (the requester reads: cannot be identified)",
    "noAnswer": "What was asked for did not come",
    "other": "Another reason, in my own words",
}
#: What the fields of decisions are called, by the API's names.
FIELDS: Final[Mapping[str, str]] = {
    "reason": "Reason",
    "message": "In your own words",
    "fields": "What is asked for",
    "document": "What is asked for",
    "differentFrom": "These people look alike",
    "ssin": "Number",
}
#: What is said of a particular mistake.
MISTAKES: Final[Mapping[tuple[str, str], str]] = {
    ("differentFrom", "every look-alike of the file must be in it"): (
        "Look at each person who looks alike, and tick who is somebody else."
    ),
    ("reason", "is required"): "Choose the reason.",
    ("fields", "a document or at least one field must be asked for"): "Choose at least one thing that is asked for.",
}
#: Of a reason that goes into the log of consultations.
REASONED: Final[Mapping[tuple[str, str], str]] = {
    ("reason", "must hold no name of the person and no number of eleven digits"): (
        "Write the reason without the person’s name and without a number of eleven figures: it is kept for ten years."
    ),
    ("reason", "must not be blank"): "Write why you search: it is noted with the search.",
}
OPENED: Final[Mapping[tuple[str, str], str]] = {
    **REASONED,
    ("reason", "must not be blank"): "Write why you open this case.",
}
RULINGS: Final[Mapping[str, str]] = {
    "identify": "Identified",
    "createNumber": "New number",
    "requestInformation": "Information asked for",
    "reject": "Rejected",
}
STATES: Final[Mapping[str, str]] = {
    "proposed": "waits for a second agent",
    "confirmed": "about to be delivered",
    "delivered": "delivered",
    "past": "delivered",
    "returned": "came back: no number was created",
    "undone": "undone",
}
FILTERS: Final[Mapping[str, str]] = {
    "all": "All",
    "free": "Free",
    "mine": "Mine",
    "late": "Late",
    "toConfirm": "To confirm",
    "waiting": "Waiting for an answer",
}
AWAY: Final = "The register does not answer now. What you typed is still here: try again in a moment."
#: What is missing for a number to be created, by the names of the minimum-data rule.
MINIMUM: Final = (
    "A name and a birth date are needed, with one of these: "
    "place of birth and sex; a residence abroad; a contact address in Belgium."
)
#: What each key does, in the order of the dialog.
KEYS: Final[Mapping[str, str]] = {
    "n": "Next case",
    "i": "Identify as the chosen person",
    "c": "Create a number",
    "a": "Ask for information",
    "x": "Reject",
    "u": "Undo the decision",
    "y": "Confirm the decision of a colleague",
    "j": "Next candidate",
    "k": "Previous candidate",
    "s": "Search the register by hand",
    "r": "Turn the page",
    "l": "The document straightened, or as scanned",
    "+": "Larger",
    "-": "Smaller",
    "0": "Fit the page",
    "]": "Next page of the document",
    "[": "Previous page of the document",
    "b": "Two pages side by side",
    "q": "Back to the queue",
    "?": "These keys",
}
