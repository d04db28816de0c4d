"""Seconds of computing a page takes from upload to what is stored, without reading its zone: `python -m bench.intake`.

Measured where it is done, in one process: what the process apart adds (a fork, the answer) is printed on its own line.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import pillow_heif
from PIL import Image

from demo.people import LOUIS
from demo.specimens import Look, draw
from documents.checking import check_files
from documents.intake import PageIntake
from domain.document import DocumentKind, UploadedFile

ROUNDS = 5


@dataclass
class _Held:
    """A file in memory, as documents.checking reads it."""

    name: str
    size: int
    content: bytes
    ours: bool = False

    def read(self, most: int = -1) -> bytes:
        return self.content if most < 0 else self.content[:most]


def seconds_per_page(content: bytes) -> tuple[int, float]:
    """(pages, seconds of computing a page) of one upload. Raises as the intake does."""
    began, pages = time.process_time(), 0
    for _ in check_files([_Held("pages[0]", len(content), content)], [], duplex=True, begin=lambda _: None):
        pages += 1
    return pages, (time.process_time() - began) / pages


def _samples() -> dict[str, Callable[[], bytes]]:
    photo = draw(LOUIS.person, DocumentKind.PASSPORT, Look.PHOTO, 1)
    large = Image.open(io.BytesIO(photo)).convert("RGB").resize((3024, 4032))

    def saved(kind: str, size: tuple[int, int] | None = None) -> bytes:
        out = io.BytesIO()
        (large.resize(size) if size else large).save(out, kind, quality=85)
        return out.getvalue()

    return {
        "JPEG, as a phone sends it": lambda: photo,
        "JPEG, 12 megapixels": lambda: saved("JPEG"),
        "WebP, 12 megapixels": lambda: saved("WEBP"),
        # Its encoder takes ten times as long as its decoder: a smaller one.
        "HEIC, 3 megapixels": lambda: saved("HEIF", (1512, 2016)),
        "PNG, 12 megapixels": lambda: saved("PNG"),
        "JPEG, 48 megapixels": lambda: saved("JPEG", (6048, 8064)),
        "PDF, a card's two sides in colour": lambda: draw(LOUIS.person, DocumentKind.IDENTITY_CARD, Look.SCAN, 1),
        "PDF, a passport in grey": lambda: draw(LOUIS.person, DocumentKind.PASSPORT, Look.GREY_SCAN, 1),
    }


def main() -> None:
    """One line a kind: kilobytes, pages, median seconds of computing a page; then what the process apart adds."""
    pillow_heif.register_heif_opener()
    samples = {name: made() for name, made in _samples().items()}
    print(f"{'what':36} {'kB':>7} {'pages':>5} {'CPU s a page':>12}")
    for name, content in samples.items():
        found = [seconds_per_page(content) for _ in range(ROUNDS)]
        print(
            f"{name:36} {len(content) // 1000:7} {found[0][0]:5} {statistics.median(each for _, each in found):12.3f}"
        )
    intake, small = PageIntake(), samples["JPEG, as a phone sends it"]
    intake.check([UploadedFile("pages[0]", small)])
    apart = []
    for _ in range(ROUNDS):
        began = time.monotonic()
        intake.check([UploadedFile("pages[0]", small)])
        apart.append(time.monotonic() - began)
    inside = statistics.median(seconds_per_page(small)[1] for _ in range(ROUNDS))
    print(
        f"through the process apart, on the clock: {statistics.median(apart):.3f} s; its computing alone {inside:.3f} s"
    )
    intake.workshop.close()


if __name__ == "__main__":
    main()
