"""The port of uploads: bytes are counted here, and files handed to the process apart that looks into them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack

from documents.images import refuse
from documents.workshop import Workshop
from domain.document import MAX_CALL_BYTES, MAX_FILE_BYTES, CheckedPage, UploadedFile
from domain.errors import IntakeBusy, Issue, TooLarge


class PageIntake:
    """domain.ports.PageChecker by a process apart. May be used from several threads.

    The order of refusals is the contract's: too many bytes (413), not one of the kinds (415), anything else
    (400); within one of them every part that is wrong is named. What is refused why: docs/security.md.
    """

    def __init__(self, workshop: Workshop | None = None) -> None:
        """Of one's own, unless a workshop is given: it starts with the first call and ends with us."""
        self.workshop = workshop or Workshop()

    def check(
        self, pages: Sequence[UploadedFile], backs: Sequence[UploadedFile] = (), *, duplex: bool = False
    ) -> tuple[CheckedPage, ...]:
        """Decode and encode again, in order, each front before its back.

        Args:
            pages: images and PDFs; each page of a PDF or of a TIFF is a page. At most 4 pages a document.
            backs: the k-th belongs to the k-th page, an empty one skips; not together with what has several pages.
            duplex: pages of a PDF, or of a TIFF that has several, are front, back, front, back …; an odd last one has
                no back. Other images ignore it.

        Raises:
            InvalidInput: empty, undecodable, too many pages or pixels, too much work, backs that belong to nothing;
                names the parts.
            TooLarge: a file or the whole call has more bytes than allowed.
            UnsupportedMedia: content of another kind than JPEG, PNG, TIFF, WebP, HEIC or PDF.
            IntakeBusy: more uploads than can be looked at now.
        """
        files = [*pages, *backs]
        with ExitStack() as opened:
            try:
                descriptors = [_descriptor(file, opened) for file in files]
                sizes = [os.fstat(descriptor).st_size for descriptor in descriptors]
            except OSError:
                raise IntakeBusy("the upload cannot be kept while it is looked at") from None
            _check_bytes(files, sizes)
            if not pages:
                raise refuse("pages", "is required")
            names = [(file.name, size) for file, size in zip(files, sizes, strict=True)]
            ours = [file.name for file in files if file.ours]
            return self.workshop.check(names, descriptors, pages=len(pages), duplex=duplex, ours=ours)


def _descriptor(file: UploadedFile, opened: ExitStack) -> int:
    if not isinstance(file.content, bytes):
        file.content.flush()
        return file.content.fileno()
    kept = opened.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack is its context
    kept.write(file.content)
    kept.flush()
    return kept.fileno()


def _check_bytes(files: Sequence[UploadedFile], sizes: Sequence[int]) -> None:
    large = [
        Issue(file.name, "has more than 10,000,000 bytes")
        for file, size in zip(files, sizes, strict=True)
        if size > MAX_FILE_BYTES
    ]
    if not large and sum(sizes) > MAX_CALL_BYTES:
        large = [Issue("pages", "the call has more than 40,000,000 bytes")]
    if large:
        raise TooLarge("The document is too large.", issues=large)
