"""A requester's steps before sending, and the answers to a question: what is accepted becomes a fact."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping, Sequence

from sqlmodel import Session

from access.caller import Caller
from domain.document import CheckedPage, DocumentKind, UploadedFile
from domain.errors import Conflict, NotFound
from domain.request import FactKind, Part, Phase
from domain.statement import read_addresses, read_personal_data
from domain.zone import ZoneReading, ZoneState
from service import blobs, consultations, marks, questions, rows, zones
from service.context import Tools
from service.questions import Answer
from service.submission import asking
from service.views import Accepted, RequestView
from store import facts, requests, similar
from store import marks as filed_marks
from store import zones as kept_zones
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

    Pages are checked, their zone read, and they are stored before the row is locked; whatever then is refused is
    forgotten again.
    """
    asking(caller)
    began = time.monotonic()
    with tools.store.reading() as session:
        rows.visible(session, caller, request_id, tools.today())
    checked = tools.pages.check(pages, backs, duplex=duplex)
    with tools.store.reading() as session:
        # Before a zone is read, which takes seconds: would it be accepted at all?
        row = rows.visible(session, caller, request_id, tools.today())
        rows.expected(session, caller, row)
        questions.open_for(row, Part.DOCUMENT, tools.now())
    images = [page.content for page in checked]
    zone = zones.read(tools, images, patience=zones.patience_since(began, len(images)), by=caller.person_id)
    known_by = marks.of_pages(tools, checked)
    if zone.reading is not None:
        known_by += marks.of_number(tools, zone.reading.document_number)
    keys = [f"requests/{request_id}/{uuid.uuid4().hex}" for _ in checked]
    replaced: list[str] = []
    try:
        for key, page in zip(keys, checked, strict=True):
            tools.blobs.put(key, page.content)
        with tools.store.writing() as session:
            row = rows.visible(session, caller, request_id, tools.today(), lock=True)
            questions.open_for(row, Part.DOCUMENT, tools.now())
            replaced = _drop_pages(session, row, kind)
            session.add_all(_rows(row, kind, keys, checked, zone.reading))
            session.flush()
            kept = kept_zones.put(session, row.id, kind, keys[0], zone.state, zone.reading, at=tools.now())
            marks.file_document(session, row, kind, known_by)
            accepted = _accept(
                session, tools, caller, row, FactKind.DOCUMENT_UPLOADED, part=Part.DOCUMENT, document=kind.value
            )
    except BaseException:
        blobs.forget(tools, request_id, keys)
        raise
    blobs.forget(tools, request_id, replaced)
    if zone.state is ZoneState.PENDING:
        tools.later(lambda: zones.finish(tools, kept, patience=zones.LATER))
    return accepted


def remove_document(tools: Tools, caller: Caller, request_id: str, kind: DocumentKind) -> Accepted[None]:
    """Take a document out again, while collecting."""
    asking(caller)
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
    asking(caller)
    stated = read_personal_data(members, today=tools.today())
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today(), lock=True)
        questions.open_for(row, Part.PERSONAL_DATA, tools.now())
        statement = requests.statement_row(session, row.id)
        statement.personal_data, statement.confirmed = requests.personal_data_members(stated), None
        similar.file_under_keys(session, row, stated)
        marks.file_stated(session, tools, row, stated)
        return _accept(session, tools, caller, row, FactKind.PERSONAL_DATA_STATED, part=Part.PERSONAL_DATA)


def state_address(
    tools: Tools, caller: Caller, request_id: str, members: Mapping[str, object]
) -> Accepted[RequestView]:
    """State the official address and, where needed, a contact address in Belgium."""
    asking(caller)
    stated = read_addresses(members)
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today(), lock=True)
        questions.open_for(row, Part.ADDRESS, tools.now())
        requests.statement_row(session, row.id).address = requests.addresses_members(stated)
        return _accept(session, tools, caller, row, FactKind.ADDRESS_STATED, part=Part.ADDRESS)


def read_page(tools: Tools, caller: Caller, request_id: str, kind: DocumentKind, number: int) -> tuple[str, bytes]:
    """A page as (media type, bytes), re-encoded when it was uploaded."""
    return look_at(tools, caller, request_id, kind, number)[:2]


def look_at(tools: Tools, caller: Caller, request_id: str, kind: DocumentKind, number: int) -> tuple[str, bytes, int]:
    """The same, and by how many degrees clockwise it is turned to be upright, where its zone tells."""
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today())
        page = session.get(PageRow, (row.id, kind.value, number))
        if page is None:
            raise NotFound("There is no such page.")
        consultations.record(session, tools, caller, "page", consultations.of_request(row.id, row.ssin, "documents"))
        media_type, key, turn = page.media_type, page.blob, page.turn
    return media_type, tools.blobs.get(key), turn


def _rows(
    row: Request, kind: DocumentKind, keys: Sequence[str], pages: Sequence[CheckedPage], reading: ZoneReading | None
) -> list[PageRow]:
    made = [
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
        for number, (key, page) in enumerate(zip(keys, pages, strict=True), start=1)
    ]
    zones.lie(made, reading)
    return made


def _drop_pages(session: Session, row: Request, kind: DocumentKind) -> list[str]:
    """Delete a document's rows; the keys of its blobs, to be deleted after the commit."""
    old = [page for page in requests.pages_of(session, [row.id]).get(row.id, []) if page.kind == kind]
    for page in old:
        session.delete(page)
    session.flush()
    kept_zones.drop(session, row.id, kind)
    filed_marks.drop(session, row.id, kind.value)
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
