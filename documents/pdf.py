"""A PDF: looked into for what a scan never has, then drawn page by page."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping
from typing import Final

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from documents.images import check_size, refuse
from domain.document import MAX_PIXELS
from domain.errors import InvalidInput

POINTS_PER_INCH: Final = 72
#: Resolution of a drawn page, in dots per inch: enough for a zone of 3 mm letters on a card in a corner of an A4.
DPI: Final = 250
#: Cap of a drawn page, about a phone's picture; an A4 has 6 million pixels at 250 dpi, an A3 12 million.
MAX_DRAWN_PIXELS: Final = 12_000_000
#: A scanner's page is one picture that covers so much of it.
_COVERED: Final = 0.9
#: A scan of eight pages has some fifty objects. More than this is no scan, and costs time to look through.
MAX_OBJECTS: Final = 20_000
MAX_DEPTH: Final = 60

_SCRIPT_KEYS: Final = frozenset({"/JS", "/JavaScript", "/XFA"})
_SCRIPT_ACTIONS: Final = frozenset({"/JavaScript", "/Launch", "/Rendition", "/SubmitForm", "/ImportData"})
_FILE_KEYS: Final = frozenset({"/EmbeddedFiles", "/EF", "/RichMediaContent"})


def check_structure(content: bytes, name: str, most: int) -> int:
    """Number of pages of a PDF that has neither encryption, scripts nor embedded files.

    Every object is looked at, those in compressed object streams and nested ones too; but nothing of a PDF that has
    more than `most` pages, which is refused for that.

    Raises:
        InvalidInput: it is encrypted, scripted, has files embedded, is no whole PDF, or has no page.
    """
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise _protected(name)
            count = len(pdf.pages)
            if count > most:
                return count
            if len(pdf.objects) > MAX_OBJECTS:
                raise refuse(name, "is too complex for a scan")
            budget = [MAX_OBJECTS * 10]
            for found in pdf.objects:
                _look_into(found, name, budget)
    except pikepdf.PasswordError:
        raise _protected(name) from None
    except InvalidInput:
        raise
    except Exception:  # noqa: BLE001 - what a parser raises on hostile bytes is an open set
        raise refuse(name, "cannot be read") from None
    if count == 0:
        raise refuse(name, "has no page")
    return count


def _protected(name: str) -> InvalidInput:
    """Also where it opens without a password: an owner's forbids changes only, and encrypts all the same."""
    return refuse(name, "is protected by a password: print it to a new PDF, or send pictures of it")


def _look_into(found: pikepdf.Object, name: str, budget: list[int], depth: int = 0) -> None:
    """Refuse scripts and files in one object and what is nested in it; `budget` bounds the work for a whole file."""
    budget[0] -= 1
    if depth > MAX_DEPTH or budget[0] < 0:
        raise refuse(name, "is too complex for a scan")
    if isinstance(found, pikepdf.Array):
        children = list(found)
    elif isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
        entries = dict(found.items())
        _refuse_entries(entries, name)
        children = list(entries.values())
    else:
        return
    for child in children:
        # Indirect ones are in pdf.objects and come on their own; following them here would go in circles.
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            _look_into(child, name, budget, depth + 1)


def _refuse_entries(entries: Mapping[str, object], name: str) -> None:
    keys = entries.keys()
    if keys & _SCRIPT_KEYS or str(entries.get("/S", "")) in _SCRIPT_ACTIONS:
        raise refuse(name, "has scripts or actions in it")
    if keys & _FILE_KEYS or str(entries.get("/Type", "")) == "/EmbeddedFile":
        raise refuse(name, "has files embedded in it")


def draw_pages(content: bytes, name: str, pages: int) -> Iterator[Image.Image]:
    """Draw a checked PDF page by page, each an RGB image of at most 12 megapixels; one is in memory at a time.

    PDFium is one library for a whole process and not safe for threads: this is called in a process of one thread.
    `pages` is the number that `check_structure` gave.

    Raises:
        InvalidInput: a page cannot be drawn, or holds a picture of more than 50 megapixels.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        raise refuse(name, "cannot be read") from None
    try:
        if len(document) != pages:
            # Two readers that do not agree on how many pages there are: broken, or made to deceive one of them.
            raise refuse(name, "cannot be read")
        for index in range(pages):
            yield _draw(document, index, name)
    finally:
        document.close()


def _draw(document: pypdfium2.PdfDocument, index: int, name: str) -> Image.Image:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        raise refuse(name, "cannot be read") from None
    try:
        for picture in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,)):
            width, height = picture.get_px_size()
            if width * height > MAX_PIXELS:
                raise refuse(name, "has more than 50 megapixels")
        width, height = page.get_size()
        scale = min(scale_of(width, height), _of_its_picture(page) or math.inf)
        check_size(round(width * scale), round(height * scale), name)
        bitmap = page.render(scale=scale, may_draw_forms=False)
        try:
            # The image made from a bitmap shares its memory: copy before it is closed.
            image: Image.Image = bitmap.to_pil().convert("RGB").copy()
        finally:
            bitmap.close()
        return image
    except InvalidInput:
        raise
    except Exception:  # noqa: BLE001 - as above: sizes that are no numbers, pictures that are none
        raise refuse(name, "cannot be read") from None
    finally:
        page.close()


def _of_its_picture(page: pypdfium2.PdfPage) -> float | None:
    """Pixels per point of the one picture that a page is made of; None for any other page.

    To draw a scan with more pixels than it has costs time and shows nothing more.
    """
    found = list(page.get_objects(max_depth=1))
    if len(found) != 1 or not isinstance(found[0], pypdfium2.PdfImage):
        return None
    left, bottom, right, top = found[0].get_bounds()
    if (right - left) * (top - bottom) < _COVERED * math.prod(page.get_size()):
        return None
    # Its sides by length: whether it lies or stands in the page makes no difference.
    points, pixels = sorted((right - left, top - bottom)), sorted(found[0].get_px_size())
    return float(max(pixel / point for pixel, point in zip(pixels, points, strict=True)))


def scale_of(width: float, height: float) -> float:
    """Pixels per point for a page of this size in points: 250 dpi, or what keeps it under the cap."""
    scale = DPI / POINTS_PER_INCH
    pixels = width * height * scale * scale
    return float(scale * min(1.0, (MAX_DRAWN_PIXELS / max(pixels, 1.0)) ** 0.5))
