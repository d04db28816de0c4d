"""Reading an upload: files in order, never more than the limit, whatever the call announces."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import Request

from api.body import check_length, chunks, shown
from domain.document import MAX_CALL_BYTES, UploadedFile
from domain.errors import InvalidInput, Issue, UnsupportedMedia
from runtime.multipart import Part, read_parts


@dataclass
class DocumentForm:
    """What an upload brings, in order; `duplex` where the pages of a PDF are front, back, front, back."""

    pages: list[UploadedFile] = field(default_factory=list)
    backs: list[UploadedFile] = field(default_factory=list)
    duplex: bool | None = None
    issues: list[Issue] = field(default_factory=list)

    def take(self, part: Part) -> None:
        """Put one part in its place, or note what is wrong with it."""
        match part.name:
            case "pages":
                self._file(self.pages, f"pages[{len(self.pages)}]", part)
            case "backs":
                self._file(self.backs, f"backs[{len(self.backs)}]", part)
            case "duplex" if (said := part.text(6)) in (b"true", b"false") and not part.is_file and self.duplex is None:
                self.duplex = said == b"true"
            case "duplex":
                self.issues.append(Issue("duplex", "must be true or false"))
            case _:
                self.issues.append(Issue(shown(part.name), "is not known here"))

    def _file(self, files: list[UploadedFile], path: str, part: Part) -> None:
        # A browser sends an empty field as a file without name; other callers send it as a text.
        if part.is_file or not part.size:
            files.append(UploadedFile(path, part.content))
        else:
            self.issues.append(Issue(path, "must be a file"))


@asynccontextmanager
async def read_document(request: Request, folder: Path | None) -> AsyncIterator[DocumentForm]:
    """Files `pages` and `backs`, and `duplex`; at the end of the block the files are gone.

    `folder` is where they are kept meanwhile, without a name.

    Raises InvalidInput, TooLarge, UnsupportedMedia, IntakeBusy.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "multipart/form-data":
        raise UnsupportedMedia("The body must be multipart/form-data.")
    check_length(request, MAX_CALL_BYTES)
    with ExitStack() as opened:
        found = DocumentForm()
        body = chunks(request, MAX_CALL_BYTES)
        for part in await read_parts(request, body, opened=opened, folder=folder):
            found.take(part)
        if not found.pages and not found.issues:
            found.issues.append(Issue("pages", "is required"))
        if found.issues:
            raise InvalidInput("The upload is not accepted.", issues=found.issues)
        yield found
