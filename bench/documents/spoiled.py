"""How a document reaches the desk: scanned, photographed with moderate care, or worse; each a file as uploaded."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, field
from random import Random
from typing import Final

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray
from PIL import Image

from bench.documents.drawn import Drawn

_MM_PER_INCH: Final = 25.4
_A4_MM: Final = (210.0, 297.0)
#: Distance of the camera from the document, in widths of the document.
_DISTANCE: Final = 2.2


@dataclass(frozen=True, slots=True)
class Shot:
    """One way to take a picture; angles in degrees, `blur` a Gaussian's sigma in pixels, `width` of the picture."""

    width: int
    fill: float
    tilt: tuple[float, float] = (0.0, 0.0)
    turn: float = 0.0
    blur: float = 0.0
    quality: int = 90
    light: float = 0.0
    noise: float = 0.0
    gain: float = 1.0
    glare: float = 0.0
    offset: tuple[float, float] = (0.0, 0.0)
    quarter: int = 0
    grey: bool = False
    table: int = field(default=0)


def clean(luck: Random) -> Shot | None:
    """Of a flatbed; None stands for the document edge to edge, without anything around."""
    if luck.random() < 0.3:
        return None
    return Shot(
        width=0, fill=0, turn=luck.uniform(-2, 2), blur=luck.uniform(0, 0.6), quality=luck.randrange(75, 95),
        noise=luck.uniform(0, 3), grey=luck.random() < 0.3, quarter=luck.choice((0, 0, 0, 0, 1, 2, 3)),
    )  # fmt: skip


def moderate(luck: Random) -> Shot:
    """Perspective up to 10 degrees, blur up to 1.5 pixels, JPEG from quality 40, uneven light, any rotation."""
    return Shot(
        width=luck.choice((1600, 2000, 2400, 3000, 4000)),
        fill=luck.uniform(0.6, 0.95),
        tilt=(luck.uniform(-10, 10), luck.uniform(-10, 10)),
        turn=luck.uniform(-10, 10),
        blur=luck.uniform(0, 1.5),
        quality=luck.randrange(40, 90),
        light=luck.uniform(0, 0.6),
        noise=luck.uniform(0, 7),
        gain=luck.uniform(0.75, 1.1),
        quarter=luck.choice((0, 0, 1, 2, 3)),
        table=luck.randrange(10**6),
    )


def worse(luck: Random) -> Shot:
    """Beyond what one may ask of anybody to read; still no wrong number may come of it."""
    return Shot(
        width=luck.choice((800, 1200, 1600, 2400)),
        fill=luck.uniform(0.45, 0.9),
        tilt=(luck.uniform(-25, 25), luck.uniform(-25, 25)),
        turn=luck.uniform(-14, 14),
        blur=luck.uniform(1.0, 4.0),
        quality=luck.randrange(12, 45),
        light=luck.uniform(0.3, 0.85),
        noise=luck.uniform(4, 16),
        gain=luck.uniform(0.4, 1.3),
        glare=luck.choice((0.0, luck.uniform(0.3, 1.0))),
        quarter=luck.choice((0, 1, 2, 3)),
        table=luck.randrange(10**6),
    )


def taken(drawn: Drawn, shot: Shot | None, luck: Random) -> bytes:
    """The file: a PNG edge to edge, a scan as JPEG of an A4 at 200 to 300 dpi, or a photograph as JPEG."""
    if shot is None:
        out = io.BytesIO()
        drawn.image.save(out, "PNG")
        return out.getvalue()
    picture = _photograph(drawn, shot) if shot.width else _scan(drawn, shot, luck)
    noise = np.random.default_rng(luck.randrange(2**32))
    lit = _lit(picture, shot, noise)
    if shot.glare:
        lit = _glare(lit, corners(drawn, shot), shot, luck)
    return _encoded(_sensor(lit, shot, noise), shot)


def _bgr(drawn: Drawn) -> MatLike:
    return np.ascontiguousarray(np.asarray(drawn.image.convert("RGB"))[:, :, ::-1])


def _scan(drawn: Drawn, shot: Shot, luck: Random) -> MatLike:
    dpi = luck.choice((200, 250, 300))
    size = (round(_A4_MM[0] / _MM_PER_INCH * dpi), round(_A4_MM[1] / _MM_PER_INCH * dpi))
    scale = dpi / _MM_PER_INCH / drawn.mm
    small = cv2.resize(_bgr(drawn), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, width = small.shape[:2]
    middle = (luck.uniform(0.55, 1.0) * size[0] / 2, luck.uniform(0.4, 1.0) * size[1] / 2)
    middle = (max(middle[0], width / 2 + 30), max(middle[1], height / 2 + 60))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), shot.turn, 1.0)
    matrix[:, 2] += np.array(middle) - np.array((width / 2, height / 2))
    page = np.full((size[1], size[0], 3), 246, np.uint8)
    mask = cv2.warpAffine(np.full((height, width), 255, np.uint8), matrix, size)
    placed = cv2.warpAffine(small, matrix, size, flags=cv2.INTER_CUBIC)
    return _over(page, placed, mask)


def corners(drawn: Drawn, shot: Shot) -> NDArray[np.float32]:
    """Where the document's corners are in the picture, from the top left clockwise, before any quarter turn."""
    half_w, half_h = drawn.image.width / 2, drawn.image.height / 2
    flat = np.array([(-half_w, -half_h, 0), (half_w, -half_h, 0), (half_w, half_h, 0), (-half_w, half_h, 0)])
    about_x, about_y, about_z = (math.radians(angle) for angle in (*shot.tilt, shot.turn))
    x = np.array([[1, 0, 0], [0, math.cos(about_x), -math.sin(about_x)], [0, math.sin(about_x), math.cos(about_x)]])
    y = np.array([[math.cos(about_y), 0, math.sin(about_y)], [0, 1, 0], [-math.sin(about_y), 0, math.cos(about_y)]])
    z = np.array([[math.cos(about_z), -math.sin(about_z), 0], [math.sin(about_z), math.cos(about_z), 0], [0, 0, 1]])
    placed = flat @ (z @ y @ x).T
    far = _DISTANCE * drawn.image.width
    seen = placed[:, :2] * (far / (far + placed[:, 2:3]))
    height = _height(shot)
    scale = shot.fill * min(shot.width / np.ptp(seen[:, 0]), height / np.ptp(seen[:, 1]))
    seen = (seen - (seen.max(axis=0) + seen.min(axis=0)) / 2) * scale
    middle = np.array([shot.width * (0.5 + shot.offset[0]), height * (0.5 + shot.offset[1])])
    return np.asarray(seen + middle, np.float32)


def _height(shot: Shot) -> int:
    return round(shot.width * 0.75)


def _photograph(drawn: Drawn, shot: Shot) -> MatLike:
    image = _bgr(drawn)
    height, width = image.shape[:2]
    size = (shot.width, _height(shot))
    target = corners(drawn, shot)
    shrink = np.ptp(target[:, 0]) / width
    if shrink < 0.6:
        # A lens averages; sampling would not.
        image = cv2.resize(image, None, fx=shrink * 1.2, fy=shrink * 1.2, interpolation=cv2.INTER_AREA)
        height, width = image.shape[:2]
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, size)
    placed = cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_LINEAR)
    shadow = cv2.GaussianBlur(np.roll(mask, (9, 6), (0, 1)), (0, 0), 12).astype(np.float32) / 255 * 0.5
    table = (_table(size, shot.table) * (1 - shadow[:, :, None])).astype(np.uint8)
    return _over(table, placed, mask)


def _over(below: MatLike, above: MatLike, mask: MatLike) -> MatLike:
    part = mask.astype(np.float32)[:, :, None] / 255
    return np.asarray(below * (1 - part) + above * part).astype(np.uint8)


def _table(size: tuple[int, int], seed: int) -> MatLike:
    """Wood, cloth or stone: noise drawn out in one direction, in a colour of its own."""
    luck = np.random.default_rng(seed)
    coarse = cv2.resize(
        luck.random((luck.integers(8, 90), luck.integers(8, 300)), np.float32), size, interpolation=cv2.INTER_CUBIC
    )
    fine = cv2.resize(luck.random((size[1] // 3, size[0] // 3), np.float32), size, interpolation=cv2.INTER_LINEAR)
    pattern = (0.7 * coarse + 0.3 * fine)[:, :, None]
    dark, light = luck.integers(20, 110, 3), luck.integers(90, 220, 3)
    return np.asarray(dark + (light - dark) * pattern).clip(0, 255).astype(np.uint8)


def _glare(picture: MatLike, target: NDArray[np.float32], shot: Shot, luck: Random) -> MatLike:
    """A lamp's reflection on the document: white in its middle, fading."""
    left, top = target.min(axis=0)
    width, height = np.ptp(target, axis=0)
    spot = (round(left + luck.uniform(0.15, 0.85) * width), round(top + luck.uniform(0.15, 0.9) * height))
    axes = (round(width * luck.uniform(0.09, 0.16)), round(height * luck.uniform(0.1, 0.2)))
    lamp = np.zeros(picture.shape[:2], np.float32)
    cv2.ellipse(lamp, spot, axes, luck.uniform(0, 180), 0, 360, 1.0, -1)
    lamp = cv2.GaussianBlur(lamp, (0, 0), width * 0.025) * shot.glare
    return np.asarray(picture + (270 - picture) * lamp[:, :, None])


def _lit(picture: MatLike, shot: Shot, luck: np.random.Generator) -> MatLike:
    """Light that falls off to one side."""
    height, width = picture.shape[:2]
    lit = picture.astype(np.float32)
    if shot.light or shot.gain != 1.0:
        angle = luck.uniform(0, 2 * math.pi)
        ramp = np.linspace(-0.5, 0.5, width)[None, :] * math.cos(angle) + np.linspace(-0.5, 0.5, height)[
            :, None
        ] * math.sin(angle)
        lit *= (shot.gain * (1 - shot.light * (ramp + 0.5)))[:, :, None].astype(np.float32)
    return lit


def _sensor(lit: MatLike, shot: Shot, luck: np.random.Generator) -> MatLike:
    """The lens's blur and the sensor's noise."""
    if shot.blur:
        lit = cv2.GaussianBlur(lit, (0, 0), shot.blur)
    if shot.noise:
        lit = lit + luck.normal(0, shot.noise, (*lit.shape[:2], 1)).astype(np.float32)
    return lit.clip(0, 255).astype(np.uint8)


def _encoded(picture: MatLike, shot: Shot) -> bytes:
    turned = np.ascontiguousarray(np.rot90(picture, shot.quarter))
    image = Image.fromarray(turned[:, :, ::-1])
    out = io.BytesIO()
    (image.convert("L") if shot.grey else image).save(out, "JPEG", quality=shot.quality)
    return out.getvalue()
