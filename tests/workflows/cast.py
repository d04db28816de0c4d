"""Who appears in the tests of the story, and what they bring."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from domain.identification import RegisteredPerson, StatedPerson
from domain.niss import Niss
from domain.people import PartialDate, Sex

REGISTERED = RegisteredPerson(
    ssin=Niss.parse("83.45.24-163.11"),
    surname="Reuter",
    given_names="Coenige",
    sex=Sex.MALE,
    birth_date=PartialDate(1983, 5, 24),
    birth_place="Aachen",
    birth_country="DE",
    nationality="DE",
)
KNOWN = {"surname": "Reuter", "givenNames": "Coenig", "sex": "M", "birthDate": "1983-05-24", "birthPlace": "Aachen"}
#: One letter too many to be sure, and nothing else that agrees: an agent must look.
DOUBTFUL = {"surname": "Reuter", "givenNames": "Coenig", "birthDate": "1983-05-24"}
UNKNOWN = {"surname": "Tienpont", "givenNames": "Maria", "sex": "F", "birthDate": "1991-03-02", "birthPlace": "Gouda"}
MARIA = StatedPerson(
    "Tienpont", PartialDate(1991, 3, 2), given_names="Maria", sex=Sex.FEMALE, birth_place="Gouda", nationality="NL"
)
ADDRESS = {"official": {"street": "Domstraat", "houseNumber": "1", "municipality": "Gouda", "country": "NL"}}
#: Everything personal that the paths bring in: none of it may stand in a history, a log or a failure.
PERSONAL = (
    *("Reuter", "Coenig", "1983-05-24", "Aachen", "83452416311", "83.45.24", "Tienpont", "Maria", "1991-03-02"),
    *("Gouda", "Domstraat", "bob@acme.example", "dave@desk.example", "Acme", "0999000129"),
)


def a_scan(text: str = "SPECIMEN") -> bytes:
    """A page that decodes."""
    image = Image.new("RGB", (300, 200), "white")
    ImageDraw.Draw(image).text((40, 40), text, fill="black")
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


SCAN = a_scan()
