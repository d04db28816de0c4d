"""The four steps of a requester, and the answers to a question: what is accepted becomes a fact."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from sqlmodel import Session, select

from access.caller import Caller
from domain.document import DocumentKind, UploadedFile
from domain.errors import Conflict, InvalidInput, Issue, NotAllowed, NotFound
from domain.request import FactKind, Part, Phase, Step
from domain.statement import mail_address, minimum_data_missing, read_addresses, read_personal_data
from service import blobs, consultations, once, questions, rows
from service.context import Tools
from service.questions import Answer
from service.views import Accepted, RequestView
from store import facts, requests, similar
from store.tables import PageRow, Request


def upload_document(
    tools: Tools,
    caller: Caller,
    request_id: str,
    kind: DocumentKind,
    *,
    pages: Sequence[UploadedFile],
    backs: Sequence[UploadedFile] = (),
    duplex: bool = False,
) -> Accepted[RequestView]:
    """Check, store and put in place all pages of one document; a second one of a kind replaces the first.

    Pages are checked and stored before the row is locked; whatever then is refused is forgotten again.
    """
    _asking(caller)
    with tools.store.reading() as session:
        rows.visible(session, caller, request_id, tools.today())
    checked = tools.pages.check(pages, backs, duplex=duplex)
    keys = [f"requests/{request_id}/{uuid.uuid4().hex}" for _ in checked]
    replaced: list[str] = []
    try:
        for key, page in zip(keys, checked, strict=True):
            tools.blobs.put(key, page.content)
        with tools.store.writing() as session:
            row = rows.visible(session, caller, request_id, tools.today(), lock=True)
            questions.open_for(row, Part.DOCUMENT, tools.now())
            replaced = _drop_pages(session, row, kind)
            for number, (key, page) in enumerate(zip(keys, checked, strict=True), start=1):
                session.add(
                    PageRow(
                        request_id=row.id,
                        kind=kind,
                        number=number,
                        side=page.side,
                        media_type=page.media_type,
                        width=page.width,
                        height=page.height,
                        verdict=page.verdict,
                        reasons=list(page.reasons),
                        blob=key,
                    )
                )
            session.flush()
            accepted = _accept(
                session, tools, caller, row, FactKind.DOCUMENT_UPLOADED, part=Part.DOCUMENT, document=kind.value
            )
    except BaseException:
        blobs.forget(tools, request_id, keys)
        raise
    blobs.forget(tools, request_id, replaced)
    return accepted


def remove_document(tools: Tools, caller: Caller, request_id: str, kind: DocumentKind) -> Accepted[None]:
    """Take a document out again, while collecting."""
    _asking(caller)
    now = tools.now()
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today(), lock=True, compare=False)
        pages = requests.pages_of(session, [row.id]).get(row.id, [])
        if not any(page.kind == kind for page in pages):
            raise NotFound("There is no such document.")
        rows.expected(session, caller, row)
        if row.phase == Phase.CLOSED:
            raise Conflict("The request is closed.", code="requestClosed")
        if row.phase != Phase.COLLECTING:
            raise Conflict("The request was sent already.", code="alreadySubmitted")
        questions.in_time(row, now)
        removed = _drop_pages(session, row, kind)
        requests.changed(row, now)
        left = len({page.kind for page in pages}) - 1
        fact = facts.accept(
            session,
            row,
            FactKind.DOCUMENT_REMOVED,
            by=caller.person_id,
            at=now,
            document=kind.value,
            documents_left=left,
        )
        requests.told(session, row, FactKind.DOCUMENT_REMOVED, key=fact.fact_id, at=now, by=caller.person_id)
    blobs.forget(tools, request_id, removed)
    return Accepted(None, (facts.outgoing(row, fact),))


def state_personal_data(
    tools: Tools, caller: Caller, request_id: str, members: Mapping[str, object]
) -> Accepted[RequestView]:
    """State the person as on the document; a second time replaces the first."""
    _asking(caller)
    stated = read_personal_data(members, today=tools.today())
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today(), lock=True)
        questions.open_for(row, Part.PERSONAL_DATA, tools.now())
        requests.statement_row(session, row.id).personal_data = requests.personal_data_members(stated)
        similar.file_under_keys(session, row, stated)
        return _accept(session, tools, caller, row, FactKind.PERSONAL_DATA_STATED, part=Part.PERSONAL_DATA)


def state_address(
    tools: Tools, caller: Caller, request_id: str, members: Mapping[str, object]
) -> Accepted[RequestView]:
    """State the official address and, where needed, a contact address in Belgium."""
    _asking(caller)
    stated = read_addresses(members)
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today(), lock=True)
        questions.open_for(row, Part.ADDRESS, tools.now())
        requests.statement_row(session, row.id).address = requests.addresses_members(stated)
        return _accept(session, tools, caller, row, FactKind.ADDRESS_STATED, part=Part.ADDRESS)


def submit(tools: Tools, caller: Caller, request_id: str, *, email: str | None) -> Accepted[RequestView]:
    """Send the request: all steps done, and the minimum data there. The row is identifying from here on."""
    _asking(caller)
    now = tools.now()
    address = caller.email if email is None else _email(email)
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today(), lock=True)
        if once.accepted_before(session, caller, now) is not None:
            return Accepted(rows.shown(session, tools, caller, row))
        if row.phase == Phase.CLOSED:
            raise Conflict("The request is closed.", code="requestClosed")
        if row.phase != Phase.COLLECTING:
            raise Conflict("The request was sent already.", code="alreadySubmitted")
        questions.in_time(row, now)
        _ready(session, row)
        once.accepted_now(session, caller, row.id)
        if email is None:
            address = requests.people_by_id(session, [row.requester_id])[row.requester_id].email
        requests.changed(row, now)
        row.email = address
        row.phase = Phase.IDENTIFYING
        row.sender_id = caller.person_id
        row.submitted_at = now
        row.deadline = None
        fact = facts.accept(session, row, FactKind.SUBMITTED, by=caller.person_id, at=now)
        requests.told(session, row, FactKind.SUBMITTED, key=fact.fact_id, at=now, by=caller.person_id)
        return Accepted(rows.shown(session, tools, caller, row), (facts.outgoing(row, fact),))


def read_page(tools: Tools, caller: Caller, request_id: str, kind: DocumentKind, number: int) -> tuple[str, bytes]:
    """A page as (media type, bytes), re-encoded when it was uploaded."""
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today())
        page = session.get(PageRow, (row.id, kind.value, number))
        if page is None:
            raise NotFound("There is no such page.")
        consultations.record(session, tools, caller, "page", consultations.of_request(row.id, row.ssin, "documents"))
        media_type, key = page.media_type, page.blob
    return media_type, tools.blobs.get(key)


def _asking(caller: Caller) -> None:
    if not caller.asks:
        raise NotAllowed("Only people of a company state and send requests.")


def _email(value: str) -> str:
    try:
        return mail_address(value)
    except ValueError as wrong:
        raise InvalidInput("The e-mail address is not accepted.", issues=[Issue("email", str(wrong))]) from None


def _ready(session: Session, row: Request) -> None:
    statement_row = requests.statements_of(session, [row.id]).get(row.id)
    statement = requests.statement_of(statement_row)
    has_pages = session.exec(select(PageRow.number).where(PageRow.request_id == row.id).limit(1)).first()
    missing = [
        step
        for step, done in (
            (Step.DOCUMENT, has_pages is not None),
            (Step.PERSONAL_DATA, statement.personal_data is not None),
            (Step.ADDRESS, statement.addresses is not None),
        )
        if not done
    ]
    if missing:
        raise Conflict(
            "Not all steps are done.", code="stepsMissing", issues=[Issue(step, "is missing") for step in missing]
        )
    lacking = minimum_data_missing(statement)
    if lacking:
        raise Conflict(
            "The minimum data for a number are not there.",
            code="minimumDataMissing",
            issues=[Issue(name, "is missing for a number to be created") for name in lacking],
        )


def _drop_pages(session: Session, row: Request, kind: DocumentKind) -> list[str]:
    """Delete a document's rows; the keys of its blobs, to be deleted after the commit."""
    old = [page for page in requests.pages_of(session, [row.id]).get(row.id, []) if page.kind == kind]
    for page in old:
        session.delete(page)
    session.flush()
    return [page.blob for page in old]


def _accept(
    session: Session,
    tools: Tools,
    caller: Caller,
    row: Request,
    kind: FactKind,
    *,
    part: Part,
    document: str | None = None,
) -> Accepted[RequestView]:
    now = tools.now()
    requests.changed(row, now)
    answer = questions.answer(session, row, part, now)
    if answer is Answer.ARRIVED:
        kind = FactKind.INFORMATION_ADDED
    moved = None if answer is Answer.NONE else part
    fact = facts.accept(session, row, kind, by=caller.person_id, at=now, part=moved, document=document)
    requests.told(session, row, kind, key=fact.fact_id, at=now, by=caller.person_id)
    session.flush()
    return Accepted(rows.shown(session, tools, caller, row), (facts.outgoing(row, fact),))
