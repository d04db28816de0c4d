"""Quality: pages spoiled in one way each, by steps clearly too large or clearly not, and what is said of them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Final

import numpy as np
from PIL import Image

from bench.documents import spoiled
from bench.documents.drawn import Drawn, drawn, licence
from bench.documents.zones import Reader
from documents.quality import judge
from domain.document import ROTATED, seen_upright

REASONS: Final = ("lowResolution", "blurred", "glare", "dark", "cutOff", "rotated", "blank")
#: Height of a zone's letters in millimetres: blur and size are stated in it.
_LETTER: Final = 2.75


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page, and whether a reason holds; `reason` is what was varied."""

    image: Image.Image
    reason: str
    holds: bool


def labelled(seed: int, count: int) -> Iterator[Labelled]:
    """For each of `count` documents every reason in a step that holds and in one that does not."""
    for index in range(count):
        luck = Random(f"{seed} quality {index}")
        document = licence(luck) if luck.random() < 0.2 else drawn(luck)
        shot = _good(luck)
        for reason in REASONS:
            for holds in (True, False):
                content = _spoiled(document, shot, reason, luck, holds=holds)
                image = Image.open(io.BytesIO(content))
                image.load()
                yield Labelled(image, reason, holds)


def said(page: Labelled, read: Reader) -> bool:
    """Whether the verdict names the reason; how a page lies its zone tells too, as in the service."""
    return page.reason in reasons(page, read, whole=page.reason == ROTATED)


def reasons(page: Labelled, read: Reader, *, whole: bool) -> tuple[str, ...]:
    """What is said of a page; with `whole` its zone is read for how it lies."""
    _, told = judge(page.image)
    if whole:
        pixels = np.asarray(page.image.convert("RGB"))[:, :, ::-1]
        reading = read(np.ascontiguousarray(pixels))
        if reading is not None and reading.turn is not None:
            _, told = seen_upright(told, reading.turn)
    return told


def _good(luck: Random) -> spoiled.Shot:
    return spoiled.Shot(
        width=luck.choice((1600, 2000, 2600)),
        fill=luck.uniform(0.7, 0.92),
        tilt=(luck.uniform(-8, 8), luck.uniform(-8, 8)),
        turn=luck.uniform(-7, 7),
        blur=luck.uniform(0.3, 1.0),
        quality=luck.randrange(60, 92),
        light=luck.uniform(0, 0.45),
        noise=luck.uniform(0, 5),
        gain=luck.uniform(0.8, 1.05),
        table=luck.randrange(10**6),
    )


def _spoiled(document: Drawn, shot: spoiled.Shot, reason: str, luck: Random, *, holds: bool) -> bytes:
    if reason == "blank":
        return _blank(luck) if holds else spoiled.taken(document, _upright(spoiled.clean(luck)), luck)
    seen = float(np.ptp(spoiled.corners(document, shot)[:, 0])) / document.image.width * document.mm * _LETTER
    changed = {
        "lowResolution": replace(shot, width=luck.randrange(420, 700) if holds else 1400, blur=0.4),
        "blurred": replace(shot, blur=seen * (luck.uniform(0.27, 0.4) if holds else luck.uniform(0.02, 0.11))),
        "glare": replace(shot, glare=luck.uniform(0.97, 1.0) if holds else 0.0),
        "dark": replace(shot, gain=luck.uniform(0.15, 0.3) if holds else luck.uniform(0.62, 1.0)),
        "cutOff": replace(shot, offset=_aside(shot, luck) if holds else (0.0, 0.0)),
        # Upside down is told of documents with a zone alone.
        "rotated": replace(shot, quarter=luck.choice((1, 2, 3) if document.lines else (1, 3)) if holds else 0),
    }[reason]
    return spoiled.taken(document, changed, luck)


def _aside(shot: spoiled.Shot, luck: Random) -> tuple[float, float]:
    """So far that a tenth to a third of the document is outside on one side."""
    room = (1 - shot.fill) / 2 + luck.uniform(0.12, 0.3) * shot.fill
    return luck.choice(((room, 0.0), (-room, 0.0), (0.0, room), (0.0, -room)))


def _upright(shot: spoiled.Shot | None) -> spoiled.Shot | None:
    """The same scan the right way up: of a good page no reason holds, this one neither."""
    return replace(shot, quarter=0) if shot else None


def _blank(luck: Random) -> bytes:
    """A sheet with nothing on it, as a scanner sees it."""
    noise = np.random.default_rng(luck.randrange(2**32))
    sheet = noise.normal(luck.uniform(225, 252), luck.uniform(0.3, 3.0), (2300, 1650, 1)).clip(0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(np.repeat(sheet, 3, axis=2)).save(out, "JPEG", quality=80)
    return out.getvalue()
