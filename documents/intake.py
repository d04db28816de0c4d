"""Pages as uploaded become pages as stored: type by content, limits before decoding, encoded again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import puremagic

from documents.images import check_image, encode, refuse
from documents.pdf import check_structure, draw_pages
from domain.document import MAX_CALL_BYTES, MAX_FILE_BYTES, MAX_PAGES, CheckedPage, Side, UploadedFile
from domain.errors import InvalidInput, Issue, TooLarge, UnsupportedMedia

PDF: Final = "PDF"
#: What is read here, by the media type its content shows; more kinds come with the issue "Documents".
_KINDS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "application/pdf": PDF}
#: Readers of PDF accept a header that starts somewhere in the first kilobyte.
_PDF_HEADER_WITHIN: Final = 1024
_HEAD: Final = 4096


class PageIntake:
    """domain.ports.PageChecker in this process. Holds no state and may be used from several threads.

    The order of refusals is the contract's: too many bytes (413), not one of the kinds (415), anything else
    (400); within one of them every part that is wrong is named.
    """

    def check(
        self, pages: Sequence[UploadedFile], backs: Sequence[UploadedFile] = (), *, duplex: bool = False
    ) -> tuple[CheckedPage, ...]:
        """Decode and encode again, in order, each front before its back.

        Args:
            pages: images and PDFs; each page of a PDF is a page. At most 4 pages a document.
            backs: the k-th belongs to the k-th page, an empty one skips; not together with a PDF.
            duplex: the pages of a PDF are front, back, front, back …; an odd last one has no back. Images ignore it.

        Raises:
            InvalidInput: empty, undecodable, too many pages or pixels, backs that belong to nothing; names the parts.
            TooLarge: a file or the whole call has more bytes than allowed.
            UnsupportedMedia: content of another kind than JPEG, PNG or PDF.
        """
        _check_bytes([*pages, *backs])
        if not pages:
            raise refuse("pages", "is required")
        kinds = _kinds([*pages, *backs])
        _check_parts(pages, backs, kinds)
        sheets = _check_count(pages, kinds, duplex=duplex)
        checked: list[CheckedPage] = []
        for index, file in enumerate(pages):
            if kinds[file.name] == PDF:
                checked.extend(_drawn(file, sheets[file.name], duplex=duplex))
                continue
            checked.append(check_image(file.content, kinds[file.name], name=file.name, side=Side.FRONT))
            if index < len(backs) and backs[index].content:
                back = backs[index]
                checked.append(check_image(back.content, kinds[back.name], name=back.name, side=Side.BACK))
        return tuple(checked)


def kind_of(content: bytes) -> str | None:
    """`JPEG`, `PNG` or `PDF` by content alone, None for anything else."""
    head = content[:_HEAD]
    try:
        found = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    if found not in _KINDS and b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return PDF
    return _KINDS.get(found)


def _check_bytes(files: Sequence[UploadedFile]) -> None:
    large = [Issue(file.name, "has more than 10,000,000 bytes") for file in files if len(file.content) > MAX_FILE_BYTES]
    if not large and sum(len(file.content) for file in files) > MAX_CALL_BYTES:
        large = [Issue("pages", "the call has more than 40,000,000 bytes")]
    if large:
        raise TooLarge("The document is too large.", issues=large)


def _kinds(files: Sequence[UploadedFile]) -> dict[str, str]:
    """Kind by part; empty parts have none and are judged later."""
    kinds = {file.name: kind_of(file.content) for file in files if file.content}
    unknown = [Issue(name, "is not a JPEG, PNG or PDF") for name, kind in kinds.items() if kind is None]
    if unknown:
        raise UnsupportedMedia("Only JPEG, PNG and PDF files are read.", issues=unknown)
    return {name: kind for name, kind in kinds.items() if kind is not None}


def _check_parts(pages: Sequence[UploadedFile], backs: Sequence[UploadedFile], kinds: dict[str, str]) -> None:
    issues = [Issue(file.name, "is empty") for file in pages if not file.content]
    with_pdf = PDF in kinds.values() and any(kinds.get(file.name) == PDF for file in pages)
    for index, back in enumerate(backs):
        if not back.content:
            continue
        if kinds[back.name] == PDF:
            issues.append(Issue(back.name, "a back is an image, not a PDF"))
        elif with_pdf:
            issues.append(Issue(back.name, "backs do not go with a PDF"))
        elif index >= len(pages):
            issues.append(Issue(back.name, "there is no page that it belongs to"))
    if issues:
        raise InvalidInput("The document is not accepted.", issues=issues)


def _check_count(pages: Sequence[UploadedFile], kinds: dict[str, str], *, duplex: bool) -> dict[str, int]:
    """At most 4 pages, known before anything is drawn; a front and its back are one. Gives the sheets of each PDF."""
    if len(pages) > MAX_PAGES:
        raise refuse("pages", "has more than 4 pages")
    sheets = {file.name: check_structure(file.content, file.name) for file in pages if kinds[file.name] == PDF}
    of_pdfs = sum((count + 1) // 2 if duplex else count for count in sheets.values())
    if len(pages) - len(sheets) + of_pdfs > MAX_PAGES:
        if duplex and len(sheets) == len(pages):
            raise refuse("pages", "has more than 8 pages, fronts and backs")
        raise refuse("pages", "has more than 4 pages")
    return sheets


def _drawn(file: UploadedFile, sheets: int, *, duplex: bool) -> Iterator[CheckedPage]:
    for index, image in enumerate(draw_pages(file.content, file.name, sheets)):
        yield encode(image, side=Side.BACK if duplex and index % 2 else Side.FRONT)
