"""Identity documents and their pages, as far as rules speak of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from domain.zone import ZoneReading, ZoneState

MAX_PAGES = 4
MAX_FILE_BYTES = 10_000_000
MAX_CALL_BYTES = 40_000_000
MAX_PIXELS = 50_000_000
#: The reason of a page that lies on its side or upside down.
ROTATED = "rotated"


class DocumentKind(StrEnum):
    """At least one a request, at most one of a kind."""

    PASSPORT = "passport"
    IDENTITY_CARD = "identityCard"
    DRIVING_LICENCE = "drivingLicence"


class DocumentWarning(StrEnum):
    """What the person should know of a document before sending it; none of them blocks by itself."""

    EXPIRED = "expired"
    EXPIRES_SOON = "expiresSoon"
    WRONG_KIND = "wrongKind"


class Side(StrEnum):
    """Which side of the document an image shows."""

    FRONT = "front"
    BACK = "back"


class Verdict(StrEnum):
    """`poor` warns and never blocks."""

    GOOD = "good"
    POOR = "poor"


def seen_upright(reasons: Collection[str], turn: int) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict of a page of which its zone tells how it lies; `reasons` are those that its looks gave.

    `turn` is by how many degrees it must be turned to be upright.

    >>> seen_upright(["dark"], 180)
    (<Verdict.POOR: 'poor'>, ('dark', 'rotated'))
    >>> seen_upright(["rotated"], 0)
    (<Verdict.GOOD: 'good'>, ())
    """
    others = tuple(reason for reason in reasons if reason != ROTATED)
    found = (*others, ROTATED) if turn else others
    return (Verdict.POOR if found else Verdict.GOOD), found


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """One decoded and re-encoded image, not stored yet. `content` is what is served; width, height in pixels.

    `pixels` is by what it is known again (documents/fingerprints.py), None for a page of one colour.
    """

    side: Side
    media_type: str
    width: int
    height: int
    content: bytes
    verdict: Verdict = Verdict.GOOD
    reasons: tuple[str, ...] = ()
    pixels: bytes | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A stored page. `number` counts images from 1, a front before its back; `blob` is the key in the blob store."""

    number: int
    side: Side
    media_type: str
    width: int
    height: int
    verdict: Verdict
    reasons: tuple[str, ...]
    blob: str


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """A document of a request, with its pages in order, and what its machine-readable zone says.

    `zone_state` is None for a document that came before zones were read.
    """

    kind: DocumentKind
    pages: tuple[Page, ...]
    zone_state: ZoneState | None = None
    zone: ZoneReading | None = None
    warnings: tuple[DocumentWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A part of the multipart call: `name` is the part's path in the API (`pages[0]`, `backs[1]`).

    `content` are its bytes as sent, or an open file that holds them: whoever opened it closes it. Empty in `backs`, it
    means: this page has no back. `ours` is a page that was checked before and comes again: it stays as it is.
    """

    name: str
    content: bytes | BinaryIO
    ours: bool = False
