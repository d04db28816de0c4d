"""What the story needs from outside, as Protocols. Each says which errors it raises and whether they are retryable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.document import CheckedPage, UploadedFile
from domain.document_check import DocumentsSay
from domain.identification import (
    Agreement,
    Candidate,
    Created,
    Decision,
    ExistingPeople,
    RegisteredPerson,
    SearchAnswer,
    StatedPerson,
)
from domain.niss import Niss
from domain.records import ComposedMail, MailOrder, Recorded, Transition
from domain.replacement import NotReplaced, Replaced
from domain.zone import ZoneReading


class Register(Protocol):
    """The person register, shaped after the national service (IdentifyPerson, creation of a BIS number, replacement).

    Whoever implements it has a search budget of its own. Every call raises RegisterUnavailable (retryable) when the
    register does not answer: RegisterTimedOut when the budget is used up, RegisterBusy when it wants fewer questions.
    What was looked at in part is shown to agents as such; `identify` and `create` raise RegisterAnsweredInPart instead.
    """

    def identify(self, stated: StatedPerson) -> Decision:
        """Search, score and decide. Pure reading; the same register gives the same answer."""
        ...

    def person(self, ssin: Niss) -> RegisteredPerson | None:
        """The record under exactly this number, or None. Does not follow a replacement."""
        ...

    def latest(self, ssin: Niss) -> RegisteredPerson | None:
        """Follow `replaced_by` to the record that holds today; None where the chain leads nowhere or in a circle."""
        ...

    def search(self, stated: StatedPerson, *, limit: int = 50) -> SearchAnswer:
        """Candidates for an agent, best first: every look-alike and others."""
        ...

    def search_by_name(self, surname: str, given_names: str | None = None, *, limit: int = 50) -> SearchAnswer:
        """Candidates for an agent who knows no birth date, best first. By a name alone nobody is a look-alike."""
        ...

    def beside(self, ssin: Niss, stated: StatedPerson) -> Candidate | None:
        """Who has this number today, as a search for the stated person shows them; None where nobody has it."""
        ...

    def beside_name(self, ssin: Niss, surname: str, given_names: str | None = None) -> Candidate | None:
        """The same beside a name alone; score 0 and no evidence where it is another name."""
        ...

    def create(
        self, stated: StatedPerson, *, key: str, different_from: Iterable[Niss] = (), at: datetime
    ) -> Created | ExistingPeople:
        """Give a number, unless look-alikes outside `different_from` exist. Idempotent by `key`; one at a time."""
        ...

    def replace(self, ssin: Niss, *, by: Niss, at: datetime) -> Replaced | NotReplaced:
        """Let one number of a living person lead to another one that holds. Idempotent; one at a time."""
        ...

    def replaced_since(self, at: datetime | None) -> Sequence[Niss]:
        """Numbers replaced since an instant, by whomever; all there are where none is given."""
        ...

    def given(self, key: str) -> RegisteredPerson | None:
        """Who was given a number under this key by `create`, as they are registered today; None where nobody was."""
        ...

    def revision(self) -> int:
        """A number that grows whenever somebody is added or changed."""
        ...


class BlobStore(Protocol):
    """Scanned pages by key, `requests/<request id>/<page>`.

    Raises BlobStoreUnavailable or KeyStoreUnavailable (both retryable); NotFound where a key is not there, or its
    request was erased.
    """

    def put(self, key: str, content: bytes) -> None:
        """Store under a key of our own making."""
        ...

    def get(self, key: str) -> bytes:
        """The bytes of one page."""
        ...

    def delete(self, keys: Iterable[str]) -> None:
        """Forget; a key that is not there is no error."""
        ...

    def erase(self, request_id: str) -> None:
        """Make all pages of a request unreadable for good, those in backups too. A repeat changes nothing."""
        ...

    def check(self) -> None:
        """Raise BlobStoreUnavailable where the store cannot be used now."""
        ...


class PageChecker(Protocol):
    """Hostile bytes in, safe re-encoded pages out."""

    def check(
        self, pages: Sequence[UploadedFile], backs: Sequence[UploadedFile] = (), *, duplex: bool = False
    ) -> tuple[CheckedPage, ...]:
        """Decode and re-encode, in order, each front before its back.

        Raises InvalidInput (400), TooLarge (413) or UnsupportedMedia (415), naming the part (`pages[0]`).
        """
        ...


class ZoneReader(Protocol):
    """Reads machine-readable zones off re-encoded pages."""

    def read(self, pages: Sequence[bytes], *, patience: float, by: str = "") -> ZoneReading | None:
        """The zone found on one of a document's pages, or None where there is none that its check digits confirm.

        Args:
            pages: the images as served (JPEG or PNG), in order.
            patience: seconds to wait for the reading.
            by: who asks, by whatever tells callers apart: those that wait take turns. "" is the service itself.

        Raises:
            ZonePending: the reading takes longer; ask again later.
            ZoneReaderUnavailable: no OCR is installed or it does not start; everything else goes on without.
        """
        ...

    def check(self) -> None:
        """Raise ZoneReaderUnavailable where zones cannot be read here."""
        ...


class Postman(Protocol):
    """Delivers one composed mail."""

    async def deliver(self, message: bytes, *, sender: str, recipient: str) -> None:
        """Hand an RFC 5322 message over. Raises MailDeferred (retryable) or Undeliverable (not)."""
        ...

    async def check(self) -> None:
        """Raise MailDeferred where the mail server cannot be reached now."""
        ...


class Recorder(Protocol):
    """The rows of requests, for the story. Every call raises DatabaseUnavailable (retryable)."""

    def record(self, transition: Transition, at: datetime) -> Recorded:
        """Write one conclusion under the row's lock, or answer with the facts the story has not seen."""
        ...

    def stated(self, request_id: str) -> StatedPerson:
        """The person as stated now."""
        ...

    def documents_say(self, request_id: str, at: datetime) -> DocumentsSay:
        """What the zones of the documents say of what was stated, and whether an agent must look at it.

        Raises ZonePending (retryable) while the zone of one is still to be read.
        """
        ...

    def remember(
        self,
        request_id: str,
        key: str,
        *,
        finding: str,
        reason: str,
        person: RegisteredPerson | None,
        at: datetime,
        documents: Mapping[str, Agreement] | None = None,
    ) -> str:
        """Keep what the register answered and return the finding kept: of two tries under one key the first holds.

        `documents` is kept beside it: what zones said of what was stated, by field.
        """
        ...

    def different_from(self, ruling_id: str) -> Sequence[Niss]:
        """The look-alikes ruled out by a ruling to create a number, and by those before it in the same matter."""
        ...

    def creation_key(self, request_id: str) -> str:
        """Under which a number is created: the same for every ruling on one statement in one review of a request.

        A number that came too late for one ruling is what the next one gets, though its agent ruled it out.
        """
        ...

    def may_be_automatic(self, request_id: str, at: datetime) -> bool:
        """Whether a number may be created without an agent (domain/creation.py), as the request stands."""
        ...

    def mail_order(self, mail_id: str, at: datetime) -> MailOrder | None:
        """The mail to send, or None when it is settled already.

        Raises RecipientGone (not retryable) where nobody who is told may open the request any more at that instant.
        """
        ...

    def settle_mail(self, mail_id: str, *, state: str, error: str | None, at: datetime) -> None:
        """Note `pending` (deferred), `sent` or `undeliverable`, and the error's code."""
        ...


class Composer(Protocol):
    """Makes a mail of an order. Pure."""

    def compose(self, order: MailOrder) -> ComposedMail:
        """The message as it goes out."""
        ...
