"""The types of problems: every code that an answer may bear, its status, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemType:
    """`belgif` where the Belgian government REST guide has it; every other one is ours."""

    status: int
    meaning: str
    belgif: bool = False


PROBLEMS: Mapping[str, ProblemType] = {
    "badRequest": ProblemType(
        400, "The call is not understood or fails a rule; `issues` names every place.", belgif=True
    ),
    "noAccessToken": ProblemType(401, "There is no bearer token.", belgif=True),
    "invalidAccessToken": ProblemType(401, "The token does not hold.", belgif=True),
    "missingPermission": ProblemType(403, "The caller is known and may not, or is not known.", belgif=True),
    "resourceNotFound": ProblemType(404, "It is not there, or not for the caller to know about.", belgif=True),
    "methodNotAllowed": ProblemType(405, "The address does not know this method; `Allow` says which it does."),
    "alreadySubmitted": ProblemType(409, "The request was sent already, or an objection is open."),
    "stepsMissing": ProblemType(409, "Steps are not done; `issues` names them."),
    "minimumDataMissing": ProblemType(409, "Too little for a number; `issues` names what is missing, and `contact`."),
    "documentExpired": ProblemType(409, "No document is valid any more; `issues` names those that have expired."),
    "documentMismatch": ProblemType(
        409, "A document's zone says otherwise; correct what `issues` names, or send it again in `confirmed`."
    ),
    "notAskedFor": ProblemType(409, "The open question does not ask for this part."),
    "requestClosed": ProblemType(409, "The request is closed."),
    "rulingAccepted": ProblemType(409, "An agent has decided already, or an objection was made."),
    "notInReview": ProblemType(409, "The request is not before the agents."),
    "claimedByAnother": ProblemType(409, "Another agent holds the request."),
    "rulingPending": ProblemType(409, "A ruling is waiting already."),
    "noRuling": ProblemType(409, "There is no ruling to confirm or to undo."),
    "lookAlikesNotRuledOut": ProblemType(409, "Not every look-alike of the file is in `differentFrom`."),
    "questionRoundsUsed": ProblemType(409, "All rounds of questions are used."),
    "notIdentified": ProblemType(409, "The request was not closed with a number."),
    "personDeceased": ProblemType(409, "The person of this number has died."),
    "alreadyReplaced": ProblemType(409, "The number was replaced by another one already."),
    "idempotencyKeyReused": ProblemType(409, "The `Idempotency-Key` was used for another call."),
    "lastAdministrator": ProblemType(409, "A company keeps one administrator."),
    "preconditionFailed": ProblemType(412, "What `If-Match` expects is not what is there now."),
    "payloadTooLarge": ProblemType(413, "More bytes than the limit.", belgif=True),
    "unsupportedMediaType": ProblemType(415, "The body is not of the kind that is read here."),
    "tooManyRequests": ProblemType(429, "Too many calls; `Retry-After` says when again.", belgif=True),
    "internalServerError": ProblemType(500, "Something went wrong here; name the trace id when you ask.", belgif=True),
    "serviceUnavailable": ProblemType(503, "Something needed is away; the same call may succeed later.", belgif=True),
}


def urn(code: str) -> str:
    """The problem's `type`."""
    known = PROBLEMS.get(code)
    return f"urn:problem-type:{'belgif' if known and known.belgif else 'niss-desk'}:{code}"


def title(code: str) -> str:
    """`stepsMissing` -> `Steps Missing`."""
    return "".join(f" {char}" if char.isupper() else char for char in code).title()
