"""What the story writes: each conclusion is a compare-and-set under the row's lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import select

from domain.creation import may_be_automatic
from domain.document_check import DocumentsSay
from domain.errors import RecipientGone
from domain.identification import Agreement, RegisteredPerson, StatedPerson
from domain.niss import Niss
from domain.records import MailOrder, Recorded, Transition
from domain.request import FactKind, Phase
from store import documents as kept_documents
from store import facts, requests, rulings
from store.answers import answer_members
from store.conclusions import conclude
from store.inserting import insert_if_absent
from store.similar import stated_person
from store.tables import FactRow, IdentificationRow, MailRow, Request, RulingRow
from store.unit_of_work import Store

BRUSSELS = ZoneInfo("Europe/Brussels")


class Recorder:
    """domain.ports.Recorder on the service's database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record(self, transition: Transition, at: datetime) -> Recorded:
        """See domain.ports.Recorder."""
        with self._store.writing() as session:
            row = requests.locked(session, transition.request_id)
            # A repeat first: what was written stays written, whatever was accepted on top of it since.
            written = session.exec(
                select(MailRow.id).where(MailRow.request_id == row.id, MailRow.key == transition.key)
            ).all()
            if written or row.recorded_key == transition.key:
                return Recorded(mails=list(written))
            if row.last_seq > transition.last_seq:
                return Recorded(newer=facts.newer(session, row.id, transition.last_seq))
            row.recorded_key = transition.key
            return Recorded(mails=conclude(session, row, transition, at))

    def stated(self, request_id: str) -> StatedPerson:
        """See domain.ports.Recorder."""
        with self._store.reading() as session:
            rows = requests.statements_of(session, [request_id])
            return stated_person(requests.statement_of(rows.get(request_id)))

    def documents_say(self, request_id: str, at: datetime) -> DocumentsSay:
        """See domain.ports.Recorder."""
        with self._store.reading() as session:
            return kept_documents.say(session, request_id, at.astimezone(BRUSSELS).date())

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
        """See domain.ports.Recorder."""
        with self._store.writing() as session:
            # A request that was withdrawn meanwhile needs no answer, and may have been erased: then nothing comes back.
            closed = requests.locked(session, request_id).phase == Phase.CLOSED
            answer = None if person is None or closed else answer_members(person)
            values = {"request_id": request_id, "key": key, "at": at, "finding": finding, "reason": reason}
            said = {field: agreement.value for field, agreement in (documents or {}).items()} or None
            insert_if_absent(session, IdentificationRow, {**values, "answer": answer, "documents": said})
            return session.get_one(IdentificationRow, (request_id, key)).finding

    def different_from(self, ruling_id: str) -> Sequence[Niss]:
        """See domain.ports.Recorder."""
        with self._store.reading() as session:
            row = session.get(RulingRow, ruling_id)
            if row is None:
                return []
            own = {Niss.parse(ssin) for ssin in row.body.get("differentFrom", ())}
            return sorted(own | rulings.ruled_out(session, row.request_id))

    def creation_key(self, request_id: str) -> str:
        """See domain.ports.Recorder."""
        stated = select(func.max(FactRow.seq)).where(
            FactRow.request_id == request_id, FactRow.kind == FactKind.PERSONAL_DATA_STATED
        )
        with self._store.reading() as session:
            row = session.get_one(Request, request_id)
            return f"{request_id}/{row.objections}/{session.exec(stated).one() or 0}"

    def may_be_automatic(self, request_id: str, at: datetime) -> bool:
        """See domain.ports.Recorder."""
        with self._store.reading() as session:
            row = session.get_one(Request, request_id)
            statement = requests.statement_of(requests.statements_of(session, [request_id]).get(request_id))
            today = at.astimezone(BRUSSELS).date()
            return may_be_automatic(statement, rounds=row.rounds_used, objections=row.objections, today=today)

    def mail_order(self, mail_id: str, at: datetime) -> MailOrder | None:
        """See domain.ports.Recorder."""
        with self._store.reading() as session:
            mail = session.get(MailRow, mail_id)
            if mail is None or mail.state != "pending":
                return None
            row = session.get_one(Request, mail.request_id)
            recipient = requests.recipient(session, row, at.astimezone(BRUSSELS).date())
            if recipient is None:
                raise RecipientGone("Nobody who is told may open the request any more.")
            statement = requests.statements_of(session, [row.id]).get(row.id)
            members = (statement.personal_data if statement else None) or {}
            name = " ".join(part for part in (members.get("givenNames"), members.get("surname")) if part)
            deadline = mail.details.get("deadline")
            return MailOrder(
                mail_id=mail.id,
                request_id=row.id,
                key=mail.key,
                notice=mail.notice,
                language=row.language,
                recipient=recipient,
                employee_name=name or None,
                reference=row.reference,
                at=mail.at,
                deadline=datetime.fromisoformat(deadline) if deadline else None,
                reason=mail.details.get("reason"),
                asks=tuple(mail.details.get("asks", ())),
                objection=bool(mail.details.get("objection")),
                explained=bool(mail.details.get("explained", True)),
            )

    def settle_mail(self, mail_id: str, *, state: str, error: str | None, at: datetime) -> None:
        """See domain.ports.Recorder."""
        with self._store.writing() as session:
            mail = session.get(MailRow, mail_id)
            if mail is None or mail.state != "pending":
                return
            mail.attempts += 1
            mail.last_error = error
            mail.state = state
            if state != "pending":
                mail.settled_at = at
