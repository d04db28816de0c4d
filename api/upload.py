"""Reading an upload: files in order, never more than the limit, whatever the call announces."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from api.body import check_length, shown, too_large
from domain.document import MAX_CALL_BYTES, UploadedFile
from domain.errors import InvalidInput, Issue, UnsupportedMedia

_MAX_PARTS = 20


@dataclass
class DocumentForm:
    """What an upload brings, in order; `duplex` where the pages of a PDF are front, back, front, back."""

    pages: list[UploadedFile] = field(default_factory=list)
    backs: list[UploadedFile] = field(default_factory=list)
    duplex: bool | None = None
    issues: list[Issue] = field(default_factory=list)

    async def take(self, name: str, value: UploadFile | str) -> None:
        """Put one part in its place, or note what is wrong with it."""
        match name:
            case "pages":
                await self._file(self.pages, f"pages[{len(self.pages)}]", value)
            case "backs":
                await self._file(self.backs, f"backs[{len(self.backs)}]", value)
            case "duplex" if value in ("true", "false") and self.duplex is None:
                self.duplex = value == "true"
            case "duplex":
                self.issues.append(Issue("duplex", "must be true or false"))
            case _:
                self.issues.append(Issue(shown(name), "is not known here"))

    async def _file(self, files: list[UploadedFile], path: str, value: UploadFile | str) -> None:
        if isinstance(value, UploadFile):
            files.append(UploadedFile(path, await value.read()))
        elif value == "":
            files.append(UploadedFile(path, b""))
        else:
            self.issues.append(Issue(path, "must be a file"))


async def read_document(request: Request) -> DocumentForm:
    """Files `pages` and `backs`, and `duplex`. Raises InvalidInput, TooLarge or UnsupportedMedia."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "multipart/form-data":
        raise UnsupportedMedia("The body must be multipart/form-data.")
    check_length(request, MAX_CALL_BYTES)
    limited = Request(request.scope, _limited(request.receive, MAX_CALL_BYTES))
    try:
        form = await limited.form(max_files=_MAX_PARTS, max_fields=_MAX_PARTS, max_part_size=1024)
    except (HTTPException, UnicodeError, LookupError):
        raise InvalidInput("The multipart body is not understood.") from None
    found = DocumentForm()
    try:
        for name, value in form.multi_items():
            await found.take(name, value)
    finally:
        await form.close()
    if not found.pages and not found.issues:
        found.issues.append(Issue("pages", "is required"))
    if found.issues:
        raise InvalidInput("The upload is not accepted.", issues=found.issues)
    return found


def _limited(receive: Receive, limit: int) -> Receive:
    """The same stream, ended by TooLarge where it is longer than it may be, whatever it announced."""
    seen = 0

    async def receive_within() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise too_large(limit)
        return message

    return receive_within
