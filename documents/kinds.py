"""What a file is, by its content alone: neither its name nor what the caller said of it is looked at."""

from __future__ import annotations

from typing import Final

import puremagic

PDF: Final = "PDF"
TIFF: Final = "TIFF"
WEBP: Final = "WEBP"
HEIF: Final = "HEIF"
#: Bytes at a file's beginning that show what it is.
HEAD: Final = 4096
#: Kinds by the media type their content shows; but for PDF these are Pillow's names.
_KINDS: Final = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/tiff": TIFF,
    "image/webp": WEBP,
    "application/pdf": PDF,
}
_JPEG_START: Final = b"\xff\xd8\xff"
#: Readers of PDF accept a header that starts somewhere in the first kilobyte.
_PDF_HEADER_WITHIN: Final = 1024
#: Brands of HEIC (ISO/IEC 23008-12, annex B): still pictures and bursts in HEVC, and what generic writers say.
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_GENERIC_BRANDS: Final = frozenset({b"mif1", b"mif2", b"msf1"})


def kind_of(content: bytes) -> str | None:
    """`JPEG`, `PNG`, `TIFF`, `WEBP`, `HEIF` or `PDF`; None for anything else. The first 4096 bytes are enough."""
    head = content[:HEAD]
    if _is_heic(head):
        return HEIF
    try:
        found = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    if found not in _KINDS and b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return PDF
    kind = _KINDS.get(found)
    # JPEG 2000 and the like are told to be JPEG too, and are read by nothing here.
    return None if kind == "JPEG" and not head.startswith(_JPEG_START) else kind


def _is_heic(head: bytes) -> bool:
    """By the brands of its first box: puremagic takes it for a film."""
    if head[4:8] != b"ftyp":
        return False
    size = min(int.from_bytes(head[:4], "big"), len(head))
    major, others = head[8:12], {head[at : at + 4] for at in range(16, size - 3, 4)}
    return major in _HEIC_BRANDS or (major in _GENERIC_BRANDS and bool(others & _HEIC_BRANDS))


def webp_size(head: bytes) -> tuple[int, int] | None:
    """Width and height that a WebP's header promises; None where it is none (RFC 9649).

    Pillow's decoder takes memory for the whole canvas before it tells how large it is.
    """
    chunk, body = head[12:16], head[20:30]
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP" or len(body) < 10:
        return None
    if chunk == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 ":
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    return None
