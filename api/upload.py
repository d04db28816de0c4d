"""Reading an upload: files in order, never more than the limit, whatever the call announces."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import Request

from api.body import check_length, chunks, shown
from api.multipart import Part, read_parts
from domain.document import MAX_CALL_BYTES, UploadedFile
from domain.errors import InvalidInput, Issue, UnsupportedMedia


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
            case "duplex" if bytes(part.content) in (b"true", b"false") and not part.is_file and self.duplex is None:
                self.duplex = part.content == b"true"
            case "duplex":
                self.issues.append(Issue("duplex", "must be true or false"))
            case _:
                self.issues.append(Issue(shown(part.name), "is not known here"))

    def _file(self, files: list[UploadedFile], path: str, part: Part) -> None:
        # A browser sends an empty field as a file without name; other callers send it as a text.
        if part.is_file or not part.content:
            files.append(UploadedFile(path, bytes(part.content)))
        else:
            self.issues.append(Issue(path, "must be a file"))


async def read_document(request: Request) -> DocumentForm:
    """Files `pages` and `backs`, and `duplex`. Raises InvalidInput, TooLarge or UnsupportedMedia."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "multipart/form-data":
        raise UnsupportedMedia("The body must be multipart/form-data.")
    check_length(request, MAX_CALL_BYTES)
    found = DocumentForm()
    for part in await read_parts(request, chunks(request, MAX_CALL_BYTES)):
        found.take(part)
    if not found.pages and not found.issues:
        found.issues.append(Issue("pages", "is required"))
    if found.issues:
        raise InvalidInput("The upload is not accepted.", issues=found.issues)
    return found
