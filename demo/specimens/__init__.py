"""Specimen documents of fictitious people, drawn by code, as they reach the desk.

`draw(person, kind, look, seed)` gives the bytes of one file; the same arguments give the same bytes.
"""

from __future__ import annotations

from enum import StrEnum
from random import Random

from PIL import Image

from demo.specimens.documents import CARD_MM, PASSPORT_MM, flat
from demo.specimens.looks import clean, photograph, scan
from demo.specimens.people import SpecimenPerson
from domain.document import DocumentKind, Side

__all__ = ["Look", "SpecimenPerson", "draw", "filename", "media_type"]


class Look(StrEnum):
    """How the document was taken."""

    PHOTO = "photo"
    """A phone's JPEG of one side."""
    BLURRED = "blurred"
    """A phone's JPEG that nobody can read."""
    SCAN = "scan"
    """A scanner's PDF: one A4 page of a passport; of a card two, front and back (`duplex=true`)."""
    GREY_SCAN = "greyScan"
    """The same in shades of grey."""
    CLEAN = "clean"
    """A PNG of one side, edge to edge."""


def draw(person: SpecimenPerson, kind: DocumentKind, look: Look, seed: int, *, side: Side = Side.FRONT) -> bytes:
    """The file of one document. `side` is for photos and PNGs; a passport's back is the page beside the data page."""
    luck = Random(f"{seed} {kind} {look} {side}")  # noqa: S311 - seeded: the same picture every time
    if look in (Look.SCAN, Look.GREY_SCAN):
        mm = PASSPORT_MM if kind is DocumentKind.PASSPORT else CARD_MM
        sides = [Side.FRONT] if kind is DocumentKind.PASSPORT else [Side.FRONT, Side.BACK]
        sheets = [flat(person, kind, each, seed) for each in sides]
        return scan([(sheet, sheet.width / mm) for sheet in sheets], luck, colour=look is Look.SCAN)
    document = flat(person, kind, side, seed)
    if look is Look.CLEAN:
        return clean(document)
    if kind is DocumentKind.PASSPORT and side is Side.FRONT:
        document = _open_booklet(flat(person, kind, Side.BACK, seed), document)
    if look is Look.BLURRED:
        return photograph(document, luck, blur=17.0, quality=55)
    return photograph(document, luck)


def media_type(look: Look) -> str:
    """The media type of what `draw` gives."""
    return {Look.PHOTO: "image/jpeg", Look.BLURRED: "image/jpeg", Look.CLEAN: "image/png"}.get(look, "application/pdf")


def filename(kind: DocumentKind, look: Look) -> str:
    """A name as people's files have it: nothing personal."""
    return f"{kind}.{media_type(look).rpartition('/')[2].replace('jpeg', 'jpg')}"


def _open_booklet(upper: Image.Image, lower: Image.Image) -> Image.Image:
    """Two facing pages with the fold between them."""
    booklet = Image.new("RGB", (lower.width, upper.height + lower.height))
    booklet.paste(upper, (0, 0))
    booklet.paste(lower, (0, upper.height))
    fold = Image.linear_gradient("L").resize((lower.width, 60)).point(lambda value: value * 0.4)
    booklet.paste((30, 30, 40), (0, upper.height - 60), fold)
    booklet.paste((30, 30, 40), (0, upper.height), fold.transpose(Image.Transpose.FLIP_TOP_BOTTOM))
    return booklet
