"""Files as uploaded become pages as stored: type by content, limits before decoding, encoded again.

This runs in the enclosure (documents/enclosure.py): nothing of a file is looked into anywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from documents.images import check_image, check_pictures, count_pictures, encode, refuse
from documents.kinds import HEAD, PDF, TIFF, kind_of
from documents.pdf import check_structure, draw_pages
from domain.document import MAX_PAGES, CheckedPage, Side
from domain.errors import InvalidInput, Issue, UnsupportedMedia

#: Both sides of every page.
MAX_SHEETS: Final = 2 * MAX_PAGES


class Source(Protocol):
    """A file to be looked at."""

    name: str
    size: int
    ours: bool

    def read(self, most: int = -1) -> bytes:
        """Its first `most` bytes, or all; each call from its beginning."""
        ...


@dataclass(frozen=True, slots=True)
class _Looked:
    """What is known of all files before anything is decoded: kinds by part, and sheets of those that may have many."""

    kinds: Mapping[str, str]
    sheets: Mapping[str, int]

    def many(self, file: Source) -> bool:
        """Whether it counts as sheets of paper: a PDF, or a TIFF of more than one picture."""
        return self.kinds.get(file.name) == PDF or self.sheets.get(file.name, 1) > 1


def check_files(
    pages: Sequence[Source], backs: Sequence[Source], *, duplex: bool, begin: Callable[[str], None]
) -> Iterator[CheckedPage]:
    """Decode and encode again, in order, each front before its back; one page is in memory at a time.

    Args:
        pages: images and PDFs; each page of a PDF or of a TIFF is a page. At most 4 pages a document.
        backs: the k-th belongs to the k-th page, an empty one skips; not together with what has several pages.
        duplex: pages of a PDF, or of a TIFF that has several, are front, back, front, back …; an odd last one has no
            back. Other images ignore it.
        begin: called with the part's name before each piece of work.

    Raises:
        UnsupportedMedia: content of another kind.
        InvalidInput: empty, undecodable, too many pages or pixels, backs that belong to nothing; names the parts.
    """
    looked = _look(pages, backs, duplex=duplex, begin=begin)
    for index, file in enumerate(pages):
        kind = looked.kinds[file.name]
        begin(file.name)
        if looked.many(file):
            for page in _sheets(file, kind, looked.sheets[file.name], duplex=duplex):
                yield page
                begin(file.name)
            continue
        yield _one(file, kind, Side.FRONT)
        if index < len(backs) and backs[index].size:
            back = backs[index]
            begin(back.name)
            yield _one(back, looked.kinds[back.name], Side.BACK)


def _one(file: Source, kind: str, side: Side) -> CheckedPage:
    """A page of one picture."""
    return check_image(file.read(), kind, name=file.name, side=side, ours=file.ours)


def _look(pages: Sequence[Source], backs: Sequence[Source], *, duplex: bool, begin: Callable[[str], None]) -> _Looked:
    kinds = _kinds([*pages, *backs], begin)
    empty = [Issue(file.name, "is empty") for file in pages if not file.size]
    issues = empty + _misplaced_backs(pages, backs, kinds)
    if issues:
        raise InvalidInput("The document is not accepted.", issues=issues)
    if len(pages) > MAX_PAGES:
        raise refuse("pages", "has more than 4 pages")
    sheets = {}
    for file in [*pages, *backs]:
        if kinds.get(file.name) == PDF:
            begin(file.name)
            sheets[file.name] = check_structure(file.read(), file.name, MAX_SHEETS)
        elif kinds.get(file.name) == TIFF:
            begin(file.name)
            sheets[file.name] = count_pictures(file.read(), file.name, MAX_SHEETS)
    looked = _Looked(kinds, sheets)
    issues = _backs_of_many(pages, backs, looked)
    if issues:
        raise InvalidInput("The document is not accepted.", issues=issues)
    _check_count(pages, looked, duplex=duplex)
    return looked


def _kinds(files: Sequence[Source], begin: Callable[[str], None]) -> dict[str, str]:
    """Kind by part; empty parts have none and are judged later."""
    kinds: dict[str, str | None] = {}
    for file in files:
        if file.size:
            begin(file.name)
            kinds[file.name] = kind_of(file.read(HEAD))
    unknown = [
        Issue(name, "is not a JPEG, PNG, TIFF, WebP, HEIC or PDF") for name, kind in kinds.items() if kind is None
    ]
    if unknown:
        raise UnsupportedMedia("Only JPEG, PNG, TIFF, WebP, HEIC and PDF files are read.", issues=unknown)
    return {name: kind for name, kind in kinds.items() if kind is not None}


def _misplaced_backs(pages: Sequence[Source], backs: Sequence[Source], kinds: Mapping[str, str]) -> list[Issue]:
    with_pdf = any(kinds.get(file.name) == PDF for file in pages)
    issues = []
    for index, back in enumerate(backs):
        if not back.size:
            continue
        if kinds[back.name] == PDF:
            issues.append(Issue(back.name, "a back is an image, not a PDF"))
        elif with_pdf:
            issues.append(Issue(back.name, "backs do not go with a PDF"))
        elif index >= len(pages):
            issues.append(Issue(back.name, "there is no page that it belongs to"))
    return issues


def _backs_of_many(pages: Sequence[Source], backs: Sequence[Source], looked: _Looked) -> list[Issue]:
    """The same for TIFFs, once it is known how many pictures each has."""
    with_many = any(looked.many(file) for file in pages)
    issues = []
    for back in backs:
        if looked.many(back):
            issues.append(Issue(back.name, "a back is one image, not several"))
        elif back.size and with_many:
            issues.append(Issue(back.name, "backs do not go with a TIFF of several pages"))
    return issues


def _check_count(pages: Sequence[Source], looked: _Looked, *, duplex: bool) -> None:
    """At most 4 pages, known before anything is drawn; a front and its back are one."""
    several = [looked.sheets[file.name] for file in pages if looked.many(file)]
    taken = sum((count + 1) // 2 if duplex else count for count in several)
    if len(pages) - len(several) + taken > MAX_PAGES:
        if duplex and len(several) == len(pages):
            raise refuse("pages", "has more than 8 pages, fronts and backs")
        raise refuse("pages", "has more than 4 pages")


def _sheets(file: Source, kind: str, count: int, *, duplex: bool) -> Iterator[CheckedPage]:
    sides = tuple(Side.BACK if duplex and index % 2 else Side.FRONT for index in range(count))
    if kind == TIFF:
        yield from check_pictures(file.read(), file.name, sides)
        return
    for image, side in zip(draw_pages(file.read(), file.name, count), sides, strict=True):
        yield encode(image, side=side)
