"""A document put together page by page, as people do in a browser: what is good is kept, what is not is named.

The API replaces a document as a whole, and so does this: the pages that are there go with the new ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from access.caller import Caller
from domain.document import DocumentKind, Side, UploadedFile
from domain.errors import Conflict, InvalidInput, Issue, NotFound
from domain.request import Phase
from service import rows, steps
from service.context import Tools
from service.views import Accepted, RequestView
from store import requests

#: Somebody else may be adding pages to the same document at this moment.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """A front with its back, which may be empty."""

    front: UploadedFile
    back: UploadedFile


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an upload: what was accepted, if anything, and what is wrong with the rest."""

    accepted: Accepted[RequestView] | None
    issues: tuple[Issue, ...] = ()


def add_pages(
    tools: Tools, caller: Caller, request_id: str, kind: DocumentKind, sheets: Sequence[Sheet], *, duplex: bool = False
) -> Added:
    """Add sheets to a draft's document. Those that are no good are named by their files' names, the others stay.

    An answer to a question is one document as a whole: nothing of it stays where a page is no good.
    """
    for _ in range(_TRIES):
        there, expected, collecting = _there(tools, caller, request_id, kind)
        if not collecting:
            return _whole(tools, caller, request_id, kind, sheets, duplex=duplex)
        try:
            return _kept(tools, replace(caller, expects=(expected,)), request_id, kind, there, sheets, duplex=duplex)
        except Conflict as meanwhile:
            if meanwhile.code != "preconditionFailed":
                raise
    raise Conflict("The request has changed meanwhile.", code="preconditionFailed")


def remove_page(tools: Tools, caller: Caller, request_id: str, kind: DocumentKind, number: int) -> Accepted[None]:
    """Take one image out of a draft's document; a front takes its back with it, the last page the document."""
    there, expected, _ = _there(tools, caller, request_id, kind)
    place, side = _place(there, number)
    once = replace(caller, expects=(expected,))
    if side is Side.BACK:
        there[place] = replace(there[place], back=UploadedFile("", b""))
    else:
        del there[place]
    if not there:
        return steps.remove_document(tools, once, request_id, kind)
    return Accepted(None, _put(tools, once, request_id, kind, there).outgoing)


def move_page(tools: Tools, caller: Caller, request_id: str, kind: DocumentKind, number: int) -> Accepted[None]:
    """Put a front, with its back, one place further to the beginning."""
    there, expected, _ = _there(tools, caller, request_id, kind)
    place, _side = _place(there, number)
    if place == 0:
        return Accepted(None)
    there[place - 1], there[place] = there[place], there[place - 1]
    return Accepted(None, _put(tools, replace(caller, expects=(expected,)), request_id, kind, there).outgoing)


def _there(tools: Tools, caller: Caller, request_id: str, kind: DocumentKind) -> tuple[list[Sheet], str, bool]:
    """(the document's sheets, the request's tag, whether it is still collecting); shows nothing to anybody."""
    with tools.store.reading() as session:
        row = rows.visible(session, caller, request_id, tools.today())
        pages = [page for page in requests.pages_of(session, [row.id]).get(row.id, []) if page.kind == kind]
        expected, collecting = rows.tag(row, caller), row.phase == Phase.COLLECTING
        stored = [(Side(page.side), page.blob) for page in sorted(pages, key=lambda page: page.number)]
    sheets: list[Sheet] = []
    for side, blob in stored if collecting else ():
        file = UploadedFile(f"kept[{len(sheets)}]", tools.blobs.get(blob), ours=True)
        if side is Side.FRONT or not sheets:
            sheets.append(Sheet(file, UploadedFile("", b"")))
        else:
            sheets[-1] = replace(sheets[-1], back=file)
    return sheets, expected, collecting


def _kept(
    tools: Tools,
    caller: Caller,
    request_id: str,
    kind: DocumentKind,
    there: Sequence[Sheet],
    sheets: Sequence[Sheet],
    *,
    duplex: bool,
) -> Added:
    issues: list[Issue] = []
    good = list(sheets)
    while good:
        try:
            accepted = _put(tools, caller, request_id, kind, [*there, *good], duplex=duplex)
        except InvalidInput as refused:
            issues += refused.issues
            wrong = {issue.name for issue in refused.issues}
            better = [sheet for sheet in good if not {sheet.front.name, sheet.back.name} & wrong]
            if len(better) == len(good):
                break
            good = better
        else:
            return Added(accepted, tuple(issues))
    return Added(None, tuple(issues))


def _whole(
    tools: Tools, caller: Caller, request_id: str, kind: DocumentKind, sheets: Sequence[Sheet], *, duplex: bool
) -> Added:
    try:
        return Added(_put(tools, caller, request_id, kind, sheets, duplex=duplex))
    except InvalidInput as refused:
        return Added(None, tuple(refused.issues))


def _put(
    tools: Tools,
    caller: Caller,
    request_id: str,
    kind: DocumentKind,
    sheets: Sequence[Sheet],
    *,
    duplex: bool = False,
) -> Accepted[RequestView]:
    fronts, backs = [sheet.front for sheet in sheets], [sheet.back for sheet in sheets]
    return steps.upload_document(tools, caller, request_id, kind, pages=fronts, backs=backs, duplex=duplex)


def _place(sheets: Sequence[Sheet], number: int) -> tuple[int, Side]:
    """Which sheet, and which side of it, the image with this number is. Raises NotFound."""
    counted = 0
    for place, sheet in enumerate(sheets):
        counted += 1
        if counted == number:
            return place, Side.FRONT
        if sheet.back.content:
            counted += 1
            if counted == number:
                return place, Side.BACK
    raise NotFound("There is no such page.")
