"""The documents themselves, flat and clean: a passport's data page, an identity card, a driving licence."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from PIL import Image, ImageDraw

from demo.specimens.labels import label
from demo.specimens.mrz import Holder, td1, td3
from demo.specimens.ocrb import write
from demo.specimens.paper import INK, PALE_INK, fit, font, portrait, security_paper, signature, stamp_specimen, tint
from demo.specimens.people import SpecimenPerson
from domain.document import DocumentKind, Side
from domain.people import PartialDate, Sex

#: Pixels per millimetre of a passport's page (125 by 88 mm) and of a card (85.6 by 54 mm).
PASSPORT_MM: Final = 12
CARD_MM: Final = 16
PASSPORT: Final = (125 * PASSPORT_MM, 88 * PASSPORT_MM)
CARD: Final = (round(85.6 * CARD_MM), 54 * CARD_MM)
#: Pitch and height of a zone's letters in millimetres (Doc 9303: 10 to the inch).
_PITCH_MM: Final = 2.54
_LETTER_MM: Final = 2.75


def flat(person: SpecimenPerson, kind: DocumentKind, side: Side, seed: int) -> Image.Image:
    """One side as printed, RGB. A passport's back is the page that faces the data page."""
    luck = Random(f"{seed} {kind} {side}")  # noqa: S311 - the same seed draws the same document
    if kind is DocumentKind.PASSPORT:
        return _passport(person, luck) if side is Side.FRONT else _visa_page(person, luck)
    if kind is DocumentKind.IDENTITY_CARD:
        return _card_front(person, luck) if side is Side.FRONT else _card_back(person, luck)
    return _licence_front(person, luck) if side is Side.FRONT else _licence_back(person, luck)


def holder(person: SpecimenPerson) -> Holder:
    """What the zone of a person's passport or card says."""
    return Holder(
        issuer=person.nation.code,
        surname=person.surname,
        given_names=person.given_names,
        document_number=person.document_number,
        nationality=person.nation.code,
        birth_date=person.birth_date,
        sex=person.sex,
        expiry=person.expiry,
    )


def printed(day: PartialDate | date) -> str:
    """`24.05.1983`; unknown parts are X."""
    parts = (f"{day.day:02d}" if day.day else "XX", f"{day.month:02d}" if day.month else "XX", f"{day.year:04d}")
    return ".".join(parts)


class _Form:
    """Places labelled fields on a document; sizes in pixels."""

    def __init__(self, image: Image.Image, language: str, *, small: int, large: int) -> None:
        self.draw = ImageDraw.Draw(image)
        self.language = language
        self.small = small
        self.large = large

    def field(self, x: float, y: float, name: str, value: str, *, width: float, prefix: str = "") -> None:
        text = prefix + label(self.language, name)
        size = self.small
        while size > 10 and self.draw.textlength(text, font=font(size)) > width:
            size -= 1
        self.draw.text((x, y), text, font=font(size), fill=PALE_INK)
        fit(self.draw, (x, y + self.small * 1.2), value, size=self.large, width=width)


def _face(person: SpecimenPerson, size: tuple[int, int]) -> Image.Image:
    """The same for one person on each of their documents."""
    luck = Random(f"{person.surname} {person.given_names}")  # noqa: S311 - as above
    return portrait(size, luck, long_hair=person.sex is Sex.FEMALE)


def _zone(image: Image.Image, lines: tuple[str, ...], *, mm: int, bottom_mm: float) -> None:
    """Whiten the strip of the zone and write its lines, centred; the last one's foot is `bottom_mm` above the edge."""
    gap = 6.35 * mm * 0.72 if len(lines) == 3 else 6.35 * mm
    top = image.height - bottom_mm * mm - _LETTER_MM * mm - gap * (len(lines) - 1)
    strip = Image.new("RGB", (image.width, round(image.height - top + 2.4 * mm)), (250, 249, 245))
    image.paste(strip, (0, image.height - strip.height), Image.new("L", strip.size, 205))
    left = (image.width - len(lines[0]) * _PITCH_MM * mm) / 2
    for index, line in enumerate(lines):
        write(image, left, top + gap * index - 2, line, pitch=_PITCH_MM * mm, height=_LETTER_MM * mm)


def _passport(person: SpecimenPerson, luck: Random) -> Image.Image:
    nation = person.nation
    image = security_paper(PASSPORT, nation.hues, luck)
    draw = ImageDraw.Draw(image)
    draw.text((60, 36), nation.name, font=font(36, "Bold"), fill=tint(nation.hues[0], 55, 28))
    draw.text((60, 84), label(nation.language, "passport"), font=font(26, "Medium"), fill=INK)
    photo = _face(person, (400, 514))
    image.paste(photo, (60, 150))
    ghost = photo.resize((150, 192)).convert("L").convert("RGB")
    image.paste(ghost, (1290, 560), Image.new("L", ghost.size, 88))
    form = _Form(image, nation.language, small=20, large=34)
    x, wide = 510, 940
    form.field(x, 138, "surname", person.surname.upper(), width=wide)
    form.field(x, 218, "given", (person.given_names or "").upper(), width=wide)
    form.field(x, 298, "nationality", nation.code, width=340)
    form.field(x + 380, 298, "number", person.document_number, width=wide - 380)
    form.field(x, 378, "birth", printed(person.birth_date), width=340)
    form.field(x + 380, 378, "sex", person.sex or "X", width=200)
    form.field(x, 458, "place", person.birth_place.upper(), width=wide)
    form.field(x, 538, "issued", printed(person.issued), width=340)
    form.field(x + 380, 538, "authority", "UTOPIA SPECIMEN OFFICE", width=380)
    form.field(x, 618, "expiry", printed(person.expiry), width=340)
    draw.text((x + 380, 618), label(nation.language, "signature"), font=font(18), fill=PALE_INK)
    signature(image, (x + 390, 640), (270, 84), luck)
    stamp_specimen(image, size=210)
    _zone(image, td3(holder(person)), mm=PASSPORT_MM, bottom_mm=6.5)
    return image


def _visa_page(person: SpecimenPerson, luck: Random) -> Image.Image:
    image = security_paper(PASSPORT, (person.nation.hues[1], person.nation.hues[0]), luck)
    draw = ImageDraw.Draw(image)
    draw.text((60, 40), "VISAS", font=font(34, "Bold"), fill=PALE_INK)
    draw.text((PASSPORT[0] - 110, PASSPORT[1] - 80), "3", font=font(34, "Bold"), fill=PALE_INK)
    stamp_specimen(image, size=150, angle=-18)
    return image


def _card_paper(person: SpecimenPerson, title: str, luck: Random) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    nation = person.nation
    image = security_paper(CARD, nation.hues, luck)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, CARD[0], 104), fill=tint(nation.hues[0], 42, 82))
    draw.text((44, 14), nation.name, font=font(36, "Bold"), fill=tint(nation.hues[0], 60, 24))
    draw.text((44, 60), label(nation.language, title), font=font(28, "Medium"), fill=INK)
    return image, draw


def _card_front(person: SpecimenPerson, luck: Random) -> Image.Image:
    nation = person.nation
    image, draw = _card_paper(person, "identityCard", luck)
    image.paste(_face(person, (370, 476)), (44, 150))
    _chip(draw, (1190, 150))
    form = _Form(image, nation.language, small=21, large=36)
    x, wide = 450, 700
    form.field(x, 130, "surname", person.surname.upper(), width=wide)
    form.field(x, 220, "given", (person.given_names or "").upper(), width=wide)
    form.field(x, 310, "sex", person.sex or "X", width=220)
    form.field(x + 240, 310, "nationality", nation.code, width=280)
    form.field(x + 560, 310, "birth", printed(person.birth_date), width=340)
    form.field(x, 400, "place", person.birth_place.upper(), width=wide)
    form.field(x, 490, "expiry", printed(person.expiry), width=380)
    form.field(x + 420, 490, "number", person.document_number, width=440)
    draw.text((44, 660), label(nation.language, "signature"), font=font(20), fill=PALE_INK)
    signature(image, (54, 694), (340, 120), luck)
    draw.text((CARD[0] - 300, CARD[1] - 70), "SPECIMEN · UTOPIA", font=font(26, "Medium"), fill=PALE_INK)
    stamp_specimen(image, size=200)
    return image


def _card_back(person: SpecimenPerson, luck: Random) -> Image.Image:
    image = security_paper(CARD, person.nation.hues, luck)
    form = _Form(image, person.nation.language, small=21, large=32)
    form.field(60, 50, "residence", person.residence or "-", width=1000)
    form.field(60, 150, "authority", "UTOPIA SPECIMEN OFFICE", width=620)
    form.field(60, 250, "issued", printed(person.issued), width=420)
    stamp_specimen(image, size=170, angle=12)
    _zone(image, td1(holder(person)), mm=CARD_MM, bottom_mm=3.6)
    return image


def _licence_front(person: SpecimenPerson, luck: Random) -> Image.Image:
    image, draw = _card_paper(person, "drivingLicence", luck)
    image.paste(_face(person, (330, 424)), (44, 220))
    x = 430
    lines = (
        ("1.", person.surname.upper()),
        ("2.", (person.given_names or "").upper()),
        ("3.", f"{printed(person.birth_date)}  {person.birth_place.upper()}"),
        ("4a.", printed(person.issued)),
        ("4b.", printed(person.expiry)),
        ("4c.", "UTOPIA SPECIMEN OFFICE"),
        ("5.", person.document_number),
        ("9.", "AM/B1/B"),
    )
    for index, (number, value) in enumerate(lines):
        y = 136 + index * 72
        draw.text((x, y + 4), number, font=font(30), fill=PALE_INK)
        fit(draw, (x + 76, y), value, size=38, width=CARD[0] - x - 110)
    draw.text((44, 670), "7.", font=font(30), fill=PALE_INK)
    signature(image, (84, 684), (290, 120), luck)
    stamp_specimen(image, size=200)
    return image


def _licence_back(person: SpecimenPerson, luck: Random) -> Image.Image:
    image = security_paper(CARD, person.nation.hues, luck)
    draw = ImageDraw.Draw(image)
    for index, category in enumerate(("9.", "AM", "A1", "B1", "B", "C1", "BE")):
        y = 60 + index * 100
        draw.line((60, y + 86, CARD[0] - 60, y + 86), fill=PALE_INK, width=2)
        draw.text((80, y + 24), category, font=font(36, "Medium"), fill=INK)
        dates = ("10.", "11.", "12.") if index == 0 else ("-", "-", "-")
        if category in ("AM", "B1", "B"):
            dates = (printed(person.issued), printed(person.expiry), "-")
        for column, text in enumerate(dates):
            draw.text((420 + column * 320, y + 28), text, font=font(32), fill=INK)
    stamp_specimen(image, size=200)
    return image


def _chip(draw: ImageDraw.ImageDraw, place: tuple[int, int]) -> None:
    x, y = place
    draw.rounded_rectangle((x, y, x + 130, y + 110), 16, fill=(212, 184, 106), outline=(150, 124, 60), width=3)
    for offset in (36, 74):
        draw.line((x, y + offset, x + 130, y + offset), fill=(150, 124, 60), width=3)
    draw.line((x + 65, y, x + 65, y + 110), fill=(150, 124, 60), width=3)
