"""Documents as printed: those of the demo, and others with another layout, paper and face of the zone's letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from PIL import Image, ImageDraw

from bench.documents.holders import holder
from demo.specimens.documents import CARD_MM, PASSPORT_MM, flat, printed
from demo.specimens.documents import holder as zone_holder
from demo.specimens.mrz import FILLER, Holder, names, td1, td3
from demo.specimens.ocrb import write
from demo.specimens.paper import INK, PALE_INK, fit, font, portrait, security_paper, tint
from demo.specimens.people import SpecimenPerson
from domain.document import DocumentKind, Side
from domain.people import Sex
from domain.zone_lines import check_digit

Write = Callable[[Image.Image, float, float, str, float, float], None]
Faces = Mapping[str, Write]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A flat, clean document of `mm` pixels a millimetre, and its zone; `lines` is empty where it has none."""

    image: Image.Image
    mm: float
    layout: str
    lines: tuple[str, ...]
    person: SpecimenPerson


def _strokes(image: Image.Image, x: float, y: float, line: str, pitch: float, height: float) -> None:
    write(image, x, y, line, pitch=pitch, height=height)


def _cells(weight: str) -> Write:
    """A proportional face, set in one pitch letter by letter, as printers without OCR-B do."""

    def draw(image: Image.Image, x: float, y: float, line: str, pitch: float, height: float) -> None:
        letters = font(round(height * 1.36), weight)
        pen = ImageDraw.Draw(image)
        for index, char in enumerate(line):
            pen.text((x + (index + 0.5) * pitch, y + height), char, font=letters, fill=(24, 24, 28), anchor="ms")

    return draw


FACES: Final[dict[str, Write]] = {"ocrb": _strokes, "regular": _cells("Regular"), "medium": _cells("Medium")}
#: Faces that nothing was set or looked at with: reported apart.
HELD_OUT: Final[dict[str, Write]] = {"bold": _cells("Bold"), "italic": _cells("Italic")}


def td2(person: Holder) -> tuple[str, str]:
    """The two lines of 36 characters of part 6."""
    first = f"I<{person.issuer.ljust(3, FILLER)}{names(person.surname, person.given_names, 31)}"
    _, second = td3(person)
    body = second[:28] + FILLER * 7
    return first, body + check_digit(body[0:10] + body[13:20] + body[21:35])


def drawn(luck: Random) -> Drawn:
    """A document of any layout."""
    return luck.choice((_demo_passport, _demo_card, _passport, _passport, _card, _card, _old_card))(luck)


def held_out(luck: Random) -> Drawn:
    """A document of a face that is in none of `drawn`."""
    return luck.choice((_passport, _card, _old_card))(luck, HELD_OUT)


def _demo_passport(luck: Random) -> Drawn:
    person = holder(luck)
    image = flat(person, DocumentKind.PASSPORT, Side.FRONT, luck.randrange(10**6))
    return Drawn(image, PASSPORT_MM, "demo passport", td3(zone_holder(person)), person)


def _demo_card(luck: Random) -> Drawn:
    person = holder(luck, long_number=luck.random() < 0.3)
    image = flat(person, DocumentKind.IDENTITY_CARD, Side.BACK, luck.randrange(10**6))
    return Drawn(image, CARD_MM, "demo card", td1(zone_holder(person)), person)


def licence(luck: Random) -> Drawn:
    """A driving licence, which has no zone."""
    person = holder(luck)
    image = flat(person, DocumentKind.DRIVING_LICENCE, Side.FRONT, luck.randrange(10**6))
    return Drawn(image, CARD_MM, "licence", (), person)


def _passport(luck: Random, faces: Faces = FACES) -> Drawn:
    person = holder(luck)
    return _page(luck, person, "passport", (125.0, 88.0), 12, td3(zone_holder(person)), faces)


def _card(luck: Random, faces: Faces = FACES) -> Drawn:
    person = holder(luck, long_number=luck.random() < 0.3)
    return _page(luck, person, "card", (85.6, 54.0), 14, td1(zone_holder(person)), faces)


def _old_card(luck: Random, faces: Faces = FACES) -> Drawn:
    person = holder(luck)
    return _page(luck, person, "old card", (105.0, 74.0), 12, td2(zone_holder(person)), faces)


def _page(
    luck: Random,
    person: SpecimenPerson,
    layout: str,
    size_mm: tuple[float, float],
    mm: int,
    lines: tuple[str, ...],
    faces: Faces,
) -> Drawn:
    """Photo left or right, fields in one column, the zone below on paper or on white, in one of the faces."""
    width, height = round(size_mm[0] * mm), round(size_mm[1] * mm)
    hues = (luck.randrange(360), luck.randrange(360))
    image = security_paper((width, height), hues, luck)
    if luck.random() < 0.2:
        image.paste((252, 252, 250), (0, 0, width, height))
    pen = ImageDraw.Draw(image)
    step = 6.35 * mm * (0.72 if len(lines) == 3 else luck.uniform(0.85, 1.05))
    letter = luck.uniform(2.6, 2.95) * mm
    top = height - luck.uniform(3.4, 6.0) * mm - letter - step * (len(lines) - 1)
    left_photo = luck.random() < 0.7
    photo = portrait((round(width * 0.24), round(width * 0.31)), luck, long_hair=person.sex is Sex.FEMALE)
    photo = photo.crop((0, 0, photo.width, min(photo.height, round(top - 9 * mm))))
    image.paste(photo, (round(width * 0.04) if left_photo else round(width * 0.72), round(6 * mm)))
    pen.rectangle((0, 0, width, 4.5 * mm), fill=tint(hues[0], 40, 70))
    pen.text(
        (2 * mm, 0.6 * mm), f"{person.nation.name} · {layout.upper()}", font=font(round(2.6 * mm), "Bold"), fill=INK
    )
    _fields(pen, person, x=width * (0.32 if left_photo else 0.05), top=6 * mm, bottom=top - 2 * mm, mm=mm)
    if luck.random() < 0.6:
        strip = Image.new("RGB", (width, round(height - top + 2 * mm)), (250, 249, 246))
        image.paste(strip, (0, height - strip.height), Image.new("L", strip.size, luck.randrange(120, 256)))
    pitch = 2.54 * mm
    start = (width - len(lines[0]) * pitch) / 2
    # OCR-B is half of those that have it.
    face = luck.choice(("ocrb", *faces) if "ocrb" in faces else tuple(faces))
    for index, line in enumerate(lines):
        faces[face](image, start, top + index * step, line, pitch, letter)
    return Drawn(image, mm, f"{layout}, {face}", lines, person)


def _fields(pen: ImageDraw.ImageDraw, person: SpecimenPerson, *, x: float, top: float, bottom: float, mm: int) -> None:
    values = (
        ("Surname", person.surname.upper()),
        ("Given names", (person.given_names or "").upper()),
        ("Date of birth", printed(person.birth_date)),
        ("Place of birth", person.birth_place.upper()),
        ("Number", person.document_number),
        ("Date of expiry", printed(person.expiry)),
    )
    step = (bottom - top) / len(values)
    for index, (name, value) in enumerate(values):
        y = top + index * step
        pen.text((x, y), name, font=font(max(8, round(step * 0.28))), fill=PALE_INK)
        fit(pen, (x, y + step * 0.34), value, size=max(10, round(step * 0.5)), width=60 * mm)
