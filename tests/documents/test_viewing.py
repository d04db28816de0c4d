"""Pages to look at: to size, turned, and marked all over."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops

from documents.viewing import view

WORDS = "Dave Łukasiński · 02.03.2026 13:00:00"


def a_page(width: int = 1200, height: int = 800, colour: str = "white", form: str = "JPEG") -> bytes:
    """One colour, with a black corner at the top left."""
    image = Image.new("RGB", (width, height), colour)
    image.paste("black", (0, 0, width // 6, height // 6))
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


def seen(page: bytes, **how: object) -> Image.Image:
    given: dict[str, object] = {"width": 800, "turn": 0, "words": WORDS, **how}
    return Image.open(io.BytesIO(view(page, **given)))  # type: ignore[arg-type]


@pytest.mark.parametrize(("width", "size"), [(400, (400, 267)), (800, (800, 533)), (1600, (1200, 800))])
def test_it_is_made_smaller_and_never_larger(width: int, size: tuple[int, int]) -> None:
    image = seen(a_page(), width=width)
    assert (image.format, image.size) == ("JPEG", size)
    assert not image.getexif()


@pytest.mark.parametrize(("turn", "corner"), [(0, (0, 0)), (90, (1, 0)), (180, (1, 1)), (270, (0, 1))])
def test_it_is_turned_clockwise(turn: int, corner: tuple[int, int]) -> None:
    image = seen(a_page(form="PNG"), turn=turn).convert("L")
    assert image.size == ((800, 533) if turn in (0, 180) else (800, 1200))
    at = (20 if corner[0] == 0 else image.width - 20, 20 if corner[1] == 0 else image.height - 20)
    assert _value(image, at) < 100


@pytest.mark.parametrize("colour", ["white", "black", "#888888"])
def test_every_part_of_it_is_marked(colour: str) -> None:
    image = seen(a_page(900, 900, colour)).convert("L")
    parts = [image.crop((left, top, left + 400, top + 400)).getextrema() for left in (0, 400) for top in (0, 400)]
    assert all(high - low > 20 for low, high in parts)  # type: ignore[operator]


def test_what_is_drawn_depends_on_who_and_when() -> None:
    page = a_page()
    one, again, other = seen(page), seen(page), seen(page, words="Erin Lemaire · 02.03.2026 13:00:01")
    assert ImageChops.difference(one, again).getbbox() is None
    assert ImageChops.difference(one, other).getbbox() is not None


def _value(image: Image.Image, at: tuple[int, int]) -> int:
    return image.tobytes()[at[1] * image.width + at[0]]
