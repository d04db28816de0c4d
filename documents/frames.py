"""How the enclosure answers: frames of JSON, a page followed by its bytes. No pickles: who answers may be hostile."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Mapping
from typing import Any, Final

from documents.fingerprints import SIZE
from documents.images import MAX_PAGE_BYTES, MAX_SIDE
from domain.document import CheckedPage, Side, Verdict
from domain.errors import InvalidInput, Issue, UnsupportedMedia

_LENGTH: Final = struct.Struct(">I")
MAX_HEADER: Final = 64_000
_PIECE: Final = 1 << 18
_REFUSALS: Final = {"invalid": InvalidInput, "unsupported": UnsupportedMedia}
_MEDIA_TYPES: Final = ("image/jpeg", "image/png")


class BrokenOff(Exception):
    """The other end went away, or does not speak as agreed."""


def send(to: socket.socket, frame: Mapping[str, Any], content: bytes = b"") -> None:
    """Send one frame, and the bytes that it announces."""
    header = json.dumps(frame).encode()
    to.sendall(_LENGTH.pack(len(header)) + header)
    if content:
        to.sendall(content)


def receive(of: socket.socket, deadline: float) -> dict[str, Any]:
    """The next frame. Raises BrokenOff; TimeoutError after `deadline` (of time.monotonic)."""
    (length,) = _LENGTH.unpack(receive_bytes(of, _LENGTH.size, deadline))
    if length > MAX_HEADER:
        raise BrokenOff
    try:
        frame = json.loads(receive_bytes(of, length, deadline))
    except (ValueError, RecursionError):
        raise BrokenOff from None
    if not isinstance(frame, dict):
        raise BrokenOff
    return frame


def receive_bytes(of: socket.socket, size: int, deadline: float) -> bytes:
    """Exactly so many bytes. Raises as `receive`."""
    found = bytearray()
    while len(found) < size:
        of.settimeout(max(0.001, deadline - time.monotonic()))
        piece = of.recv(min(_PIECE, size - len(found)))
        if not piece:
            raise BrokenOff
        found += piece
    return bytes(found)


def page_frame(page: CheckedPage) -> dict[str, Any]:
    """The frame before a page's bytes."""
    return {
        "page": page.side.value,
        "mediaType": page.media_type,
        "width": page.width,
        "height": page.height,
        "verdict": page.verdict.value,
        "reasons": list(page.reasons),
        "pixels": page.pixels.hex() if page.pixels is not None else "",
        "bytes": len(page.content),
    }


def receive_page(of: socket.socket, frame: Mapping[str, Any], deadline: float) -> CheckedPage:
    """The page that a frame announces, its bytes read. Raises as `receive`; also for a page that cannot be."""
    try:
        side, verdict = Side(frame["page"]), Verdict(frame["verdict"])
        width, height, size = int(frame["width"]), int(frame["height"]), int(frame["bytes"])
        reasons = tuple(str(reason)[:40] for reason in frame["reasons"])
        media_type = str(frame["mediaType"])
        pixels = bytes.fromhex(frame["pixels"]) or None
    except (KeyError, TypeError, ValueError):
        raise BrokenOff from None
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and 0 < size <= MAX_PAGE_BYTES):
        raise BrokenOff
    if media_type not in _MEDIA_TYPES or (pixels is not None and len(pixels) != SIZE):
        raise BrokenOff
    content = receive_bytes(of, size, deadline)
    return CheckedPage(side, media_type, width, height, content, verdict, reasons, pixels)


def refusal_frame(refused: InvalidInput) -> dict[str, Any]:
    """The frame that says what is wrong with an upload."""
    kind = "unsupported" if isinstance(refused, UnsupportedMedia) else "invalid"
    return {"refused": kind, "detail": refused.detail, "issues": [[i.name, i.detail] for i in refused.issues]}


def refusal(frame: Mapping[str, Any]) -> InvalidInput:
    """The refusal that a frame says. Raises BrokenOff."""
    try:
        made = _REFUSALS[frame["refused"]]
        issues = [Issue(str(name)[:40], str(detail)[:200]) for name, detail in frame["issues"]]
        return made(str(frame["detail"])[:200], issues=issues)
    except (KeyError, TypeError, ValueError):
        raise BrokenOff from None
