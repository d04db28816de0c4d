"""A first, honest verdict on a page: too few pixels, or nothing on it. Blur, glare and the rest are not judged yet."""

from __future__ import annotations

from typing import Final

from PIL import Image, ImageStat

from domain.document import Verdict

#: A line of a passport's zone has 44 characters over nearly the whole width: below 800 px each has fewer than 18.
LOW_RESOLUTION: Final = 800
#: Standard deviation of grey values (0..255) of the page made small; a blank scanned sheet has about 1, with a text 8.
BLANK: Final = 2.5
_SMALL: Final = 256


def judge(image: Image.Image) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict and its reasons (names of contract.md); `poor` warns and never blocks."""
    reasons = []
    if max(image.size) < LOW_RESOLUTION:
        reasons.append("lowResolution")
    small = image.convert("L")
    small.thumbnail((_SMALL, _SMALL), reducing_gap=2.0)
    if ImageStat.Stat(small).stddev[0] < BLANK:
        reasons.append("blank")
    return (Verdict.POOR if reasons else Verdict.GOOD), tuple(reasons)
