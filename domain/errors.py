"""One tree of errors. Whether it is worth trying again is a property of the error.

::

    NissDeskError
    ├── Refused                    a rule says no; the same call gets the same answer
    │   ├── InvalidInput           not understood, or fails a rule; names every field
    │   │   ├── TooLarge           more bytes than allowed
    │   │   └── UnsupportedMedia   not a kind of file that is read here
    │   ├── NotAuthenticated       no token, or one that does not hold
    │   ├── NotAllowed             known, but this role or company may not
    │   ├── TooManyCalls           more than one caller may make; says after how many seconds again
    │   ├── NotFound               not there, or not for the caller to know about
    │   └── Conflict               right call, wrong moment; `code` says which
    ├── Unavailable                something outside is away; retryable
    │   ├── DatabaseUnavailable
    │   ├── RegisterUnavailable    the register does not answer, or answers with an error
    │   │   ├── RegisterTimedOut        not within its search budget
    │   │   ├── RegisterBusy            it says: not so many questions at a time
    │   │   └── RegisterAnsweredInPart  not everybody was looked at: nothing may rest on that
    │   ├── BlobStoreUnavailable
    │   ├── KeyStoreUnavailable    the store of request keys, or the key that opens them, is not there
    │   ├── IntakeBusy             more uploads than can be looked at now
    │   ├── MailDeferred           the mail server says: later
    │   ├── ZonePending            the reading of a zone takes longer than one waits
    │   └── ZoneReaderUnavailable  no OCR is installed, or it does not start
    └── Undeliverable              the mail server says: never (not retryable)
        └── RecipientGone          whoever is told may no longer open the request

No error carries a name, a date, an address or a number of a person: its text may end
in a log or in a Temporal failure. `Issue.name` is a field's name, never its value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong with one input.

    `name` is a dotted path in API spelling (`official.street`, `pages[0]`), `detail` an
    English sentence that serves as the message's key in the catalogues; `params` fill its
    `{placeholders}` and never hold personal data.
    """

    name: str
    detail: str
    where: str = "body"
    params: Mapping[str, str | int] = field(default_factory=dict)


class NissDeskError(Exception):
    """Root of what this service raises on purpose."""

    retryable: ClassVar[bool] = False
    code: str = "error"

    def __init__(self, detail: str = "", *, code: str | None = None, issues: Iterable[Issue] = ()) -> None:
        super().__init__(detail or code or type(self).__name__)
        self.detail = detail
        self.issues: tuple[Issue, ...] = tuple(issues)
        if code is not None:
            self.code = code


class Refused(NissDeskError):
    """A rule says no."""

    code = "refused"


class InvalidInput(Refused):
    """Input that is not understood or fails a rule; `issues` names each field."""

    code = "badRequest"


class TooLarge(InvalidInput):
    """More bytes than the limit."""

    code = "payloadTooLarge"


class UnsupportedMedia(InvalidInput):
    """Content of a kind that is not read here."""

    code = "unsupportedMediaType"


class NotAuthenticated(Refused):
    """No access token (`noAccessToken`), or one that does not hold (`invalidAccessToken`)."""

    code = "noAccessToken"


class NotAllowed(Refused):
    """The caller is known and may not."""

    code = "missingPermission"


class TooManyCalls(Refused):
    """More calls than one caller may make; the next is taken after `seconds`."""

    code = "tooManyRequests"

    def __init__(self, detail: str, *, seconds: int = 1) -> None:
        super().__init__(detail)
        self.seconds = seconds


class NotFound(Refused):
    """Not there, or not for the caller to know about."""

    code = "resourceNotFound"


class Conflict(Refused):
    """Right call, wrong moment. `code` is one of the problem types of docs/api.md."""

    code = "conflict"


class Unavailable(NissDeskError):
    """Something outside is away; the same call may succeed later."""

    retryable = True
    code = "unavailable"


class DatabaseUnavailable(Unavailable):
    """The database does not answer."""

    code = "databaseUnavailable"


class RegisterUnavailable(Unavailable):
    """The person register does not answer, or not so that something may rest on it."""

    code = "registerUnavailable"


class RegisterTimedOut(RegisterUnavailable):
    """The search budget is used up."""

    code = "registerTimedOut"


class RegisterBusy(RegisterUnavailable):
    """The register's rate limit is reached."""

    code = "registerBusy"


class RegisterAnsweredInPart(RegisterUnavailable):
    """Not everybody who may be the person was looked at."""

    code = "registerAnsweredInPart"


class BlobStoreUnavailable(Unavailable):
    """The store of scanned pages does not answer."""

    code = "blobStoreUnavailable"


class KeyStoreUnavailable(Unavailable):
    """The store of request keys does not answer, or what it holds cannot be opened."""

    code = "keyStoreUnavailable"


class IntakeBusy(Unavailable):
    """More uploads than can be looked at now, or nobody there who looks at them."""

    code = "intakeBusy"


class MailDeferred(Unavailable):
    """The mail server is away or says: later (4xx)."""

    code = "mailDeferred"


class ZonePending(Unavailable):
    """The reading of a machine-readable zone takes longer than one waits."""

    code = "zonePending"


class ZoneReaderUnavailable(Unavailable):
    """No OCR is installed here, or it does not start."""

    code = "zoneReaderUnavailable"


class Undeliverable(NissDeskError):
    """The mail server refuses this mail for good (5xx)."""

    code = "undeliverable"


class RecipientGone(Undeliverable):
    """Nobody who is told of a request belongs any more to a company that may open it."""

    code = "recipientGone"
