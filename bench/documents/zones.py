"""Zones: how many are read fully right, and what was accepted wrongly."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

import cv2
import numpy as np
from cv2.typing import MatLike
from PIL import Image

from bench.documents import spoiled
from bench.documents.drawn import Drawn, drawn
from documents.images import encode
from documents.zone.models import Networks
from documents.zone.reading import read_page
from domain.document import Side
from domain.zone import ZoneReading
from domain.zone_reading import OneReading, one_reading

TODAY: Final = date(2026, 11, 25)
LEVELS: Final[dict[str, Callable[[Random], spoiled.Shot | None]]] = {
    "clean": spoiled.clean,
    "moderate": spoiled.moderate,
    "worse": spoiled.worse,
}
Reader = Callable[[MatLike], ZoneReading | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one page. `seconds` of CPU: to check and encode it, and to read its zone."""

    level: str
    layout: str
    right: bool
    accepted: bool
    wrong_core: bool
    named: bool
    wrong_name: bool
    checking: float
    reading: float


def pages(seed: int, level: str, count: int, draw: Callable[[Random], Drawn] = drawn) -> Iterator[tuple[Drawn, bytes]]:
    """Documents as uploaded, the same for the same seed."""
    for index in range(count):
        luck = Random(f"{seed} {level} {index}")
        document = draw(luck)
        yield document, spoiled.taken(document, LEVELS[level](luck), luck)


def decoded(content: bytes) -> MatLike:
    """BGR of a file."""
    picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError("not a picture")
    return picture


def ours(networks: Networks) -> Reader:
    """Our reader, in this process."""
    return lambda page: read_page(networks, page, TODAY)


def outcome(level: str, document: Drawn, content: bytes, read: Reader) -> Outcome:
    """Check, serve and read one page as the service does."""
    truth = one_reading(document.lines, TODAY)
    if truth is None or truth.core is None:
        raise ValueError("the specimen has no zone that holds")
    started = _computed()
    picture = decoded(content)
    served = encode(_image(picture), side=Side.FRONT)
    checked = _computed()
    reading = read(decoded(served.content))
    finished = _computed()
    return judged(level, document.layout, truth, reading, checked - started, finished - checked)


def _computed() -> float:
    """Seconds of CPU of this process and of those that it has waited for: tesseract is one of its own."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _image(picture: MatLike) -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(picture[:, :, ::-1]))


def judged(
    level: str, layout: str, truth: OneReading, reading: ZoneReading | None, checking: float, took: float
) -> Outcome:
    """A reading beside what the specimen says."""
    if reading is None:
        return Outcome(level, layout, False, False, False, False, False, checking, took)
    core = (reading.document_number, reading.birth_date, reading.document_expiry) == truth.core
    names = (reading.surname, reading.given_names)
    rest = (reading.issuer, reading.nationality, reading.sex or "") == (truth.issuer, truth.nationality, truth.sex)
    named = bool(reading.surname)
    return Outcome(
        level,
        layout,
        right=core and names == truth.names and rest,
        accepted=True,
        wrong_core=not core,
        named=named,
        wrong_name=named and names != truth.names,
        checking=checking,
        reading=took,
    )
