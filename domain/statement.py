"""What the requester states: personal data as on the document, and the address. Rules: docs/api.md, "Values"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TypeVar

from domain.countries import COUNTRIES
from domain.errors import InvalidInput, Issue
from domain.people import NoSuchDay, PartialDate, Sex

NAME_LENGTH = 200
MESSAGE_LENGTH = 2000
EARLIEST_BIRTH_YEAR = 1880
#: Zero width joiner and non-joiner: part of the spelling in Persian and the scripts of India.
_JOINERS = "\u200c\u200d"
#: Letters and a sign that are drawn as nothing: fillers of Hangul, the blank pattern of Braille.
_FILLERS = "\u115f\u1160\u3164\uffa0\u2800"
_T = TypeVar("_T")
_MAIL_ADDRESS = re.compile(
    r"[^@\s<>()\[\]\\\",;:]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
)
_POSTAL_CODE_BE = re.compile(r"^\d{4}$", re.ASCII)


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A person as stated by the requester. A person with one name has it in `surname`."""

    surname: str
    birth_date: PartialDate
    given_names: str | None = None
    sex: Sex | None = None
    birth_place: str | None = None
    birth_country: str | None = None
    nationality: str | None = None
    document_number: str | None = None
    document_expiry: date | None = None
    former_surname: str | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `country` is ISO 3166-1 alpha-2."""

    street: str
    municipality: str
    country: str
    house_number: str | None = None
    box: str | None = None
    postal_code: str | None = None


@dataclass(frozen=True, slots=True)
class Addresses:
    """The official residence and, if that is abroad, a contact address in Belgium."""

    official: Address
    contact: Address | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """PersonalData + Addresses, as far as stated."""

    personal_data: PersonalData | None = None
    addresses: Addresses | None = None


#: API name of each field, in the order of docs/api.md.
API_NAMES: Mapping[str, str] = {
    "surname": "surname",
    "given_names": "givenNames",
    "sex": "sex",
    "birth_date": "birthDate",
    "birth_place": "birthPlace",
    "birth_country": "birthCountry",
    "nationality": "nationality",
    "document_number": "documentNumber",
    "document_expiry": "documentExpiry",
    "former_surname": "formerSurname",
    "street": "street",
    "house_number": "houseNumber",
    "box": "box",
    "postal_code": "postalCode",
    "municipality": "municipality",
    "country": "country",
}
PERSONAL_DATA_FIELDS: tuple[str, ...] = tuple(API_NAMES[f.name] for f in fields(PersonalData))


def text(value: object, *, limit: int = NAME_LENGTH, lines: bool = False) -> str:
    """A trimmed text without control characters; line breaks only with `lines`. ValueError says what is wrong.

    Invisible characters alone are blank, and elsewhere they are control characters, but for the joiners that some
    scripts need inside a word.
    """
    if not isinstance(value, str):
        raise ValueError("must be a text")
    value = unicodedata.normalize("NFC", value).strip()
    if value and value.isascii() and value.isprintable() and len(value) <= limit:
        return value  # most of a register's million cells
    if not any(_seen(char) for char in value):
        raise ValueError("must not be blank")
    if len(value) > limit:
        raise ValueError("is too long")
    for place, char in enumerate(value):
        category = unicodedata.category(char)
        if lines and char in "\r\n\t":
            continue
        if char in _JOINERS and all(map(_joined, (value[place - 1 : place], value[place + 1 : place + 2]))):
            continue
        if category in ("Cc", "Cf", "Cs", "Cn") or (not lines and char in "\u2028\u2029"):
            raise ValueError("has a control character")
    return value


def _seen(char: str) -> bool:
    """Whether a character leaves something on the paper: a letter, figure, mark of punctuation or sign."""
    return unicodedata.category(char)[0] in "LNPS" and char not in _FILLERS


def _joined(neighbour: str) -> bool:
    """Whether a joiner may stand beside it: letters, their accents, and signs (pictures are joined of several)."""
    return bool(neighbour) and unicodedata.category(neighbour)[0] in "LMS"


def mail_address(value: object) -> str:
    """An e-mail address of letters that every mail server takes. ValueError says what is wrong."""
    address = text(value, limit=254)
    if not _MAIL_ADDRESS.fullmatch(address) or not address.isascii():
        raise ValueError("must be an e-mail address")
    return address


def _country(value: object) -> str:
    if not isinstance(value, str) or value not in COUNTRIES:
        raise ValueError("must be an ISO 3166-1 alpha-2 country code in upper case")
    return value


def _sex(value: object) -> Sex:
    if value not in ("M", "F"):
        raise ValueError("must be M or F")
    return Sex(str(value))


class _Reader:
    """Reads the members of one mapping, gathering every issue instead of stopping at the first."""

    def __init__(self, members: Mapping[str, object], issues: list[Issue], prefix: str = "") -> None:
        self.members = members
        self.issues = issues
        self.prefix = prefix

    def read(self, name: str, convert: Callable[[object], _T], *, required: bool = False) -> _T | None:
        value = self.members.get(name)
        if value is None:
            if required:
                self.issues.append(Issue(self.prefix + name, "is required"))
            return None
        try:
            return convert(value)
        except ValueError as wrong:
            self.issues.append(Issue(self.prefix + name, str(wrong)))
            return None


def _date(value: object) -> PartialDate | None:
    """A date of the API, None for what is none. ValueError where the calendar has no such day."""
    try:
        return PartialDate.parse(value.strip() if isinstance(value, str) else "", zeros=False)
    except NoSuchDay:
        raise ValueError("is no day of the calendar") from None
    except ValueError:
        return None


def birth_date(value: object, *, today: date) -> PartialDate:
    """A birth date of the API: complete or not, not in the future, not before 1880. ValueError says what is wrong."""
    born = _date(value)
    if born is None:
        raise ValueError("must be a date such as 1953-11-24, 1953-11 or 1953")
    if born.earliest() > today:
        raise ValueError("must not be in the future")
    if born.year < EARLIEST_BIRTH_YEAR:
        raise ValueError("must not be before 1880")
    return born


def _surname(value: object) -> str:
    if not any(map(str.isalpha, found := text(value))):
        raise ValueError("must have a letter")
    return found


def _expiry(value: object, today: date) -> date:
    born = _date(value)
    if born is None or not born.complete:
        raise ValueError("must be a date such as 2031-11-24")
    if born.earliest() < today:
        raise ValueError("must not be in the past")
    return born.earliest()


def read_personal_data(members: Mapping[str, object], *, today: date) -> PersonalData:
    """PersonalData from API members (camelCase). Raises InvalidInput that names every wrong field."""
    issues: list[Issue] = []
    reader = _Reader(members, issues)
    surname = reader.read("surname", _surname, required=True)
    born = reader.read("birthDate", lambda v: birth_date(v, today=today), required=True)
    stated = PersonalData(
        surname=surname or "",
        birth_date=born or PartialDate(1),
        given_names=reader.read("givenNames", text),
        sex=reader.read("sex", _sex),
        birth_place=reader.read("birthPlace", text),
        birth_country=reader.read("birthCountry", _country),
        nationality=reader.read("nationality", _country),
        document_number=reader.read("documentNumber", text),
        document_expiry=reader.read("documentExpiry", lambda v: _expiry(v, today)),
        former_surname=reader.read("formerSurname", text),
    )
    if issues:
        raise InvalidInput("The personal data are not accepted.", issues=issues)
    return stated


def _address(members: Mapping[str, object], issues: list[Issue], prefix: str, country: str | None = None) -> Address:
    reader = _Reader(members, issues, prefix)
    address = Address(
        street=reader.read("street", text, required=True) or "",
        municipality=reader.read("municipality", text, required=True) or "",
        country=reader.read("country", _country, required=country is None) or country or "",
        house_number=reader.read("houseNumber", text),
        box=reader.read("box", text),
        postal_code=reader.read("postalCode", text),
    )
    if address.country == "BE" and not any(issue.name == prefix + "postalCode" for issue in issues):
        if address.postal_code is None:
            issues.append(Issue(prefix + "postalCode", "is required for an address in Belgium"))
        elif not _POSTAL_CODE_BE.match(address.postal_code):
            issues.append(Issue(prefix + "postalCode", "must be four digits for an address in Belgium"))
    return address


def read_addresses(members: Mapping[str, object]) -> Addresses:
    """Addresses from API members. Raises InvalidInput that names every wrong field by its dotted path."""
    issues: list[Issue] = []
    parts: dict[str, Mapping[str, object]] = {}
    for name in ("official", "contact"):
        value = members.get(name)
        if isinstance(value, Mapping):
            parts[name] = value
        elif value is not None:
            issues.append(Issue(name, "must be an object"))
        elif name == "official":
            issues.append(Issue(name, "is required"))
    official = _address(parts["official"], issues, "official.") if "official" in parts else None
    contact = _address(parts["contact"], issues, "contact.", country="BE") if "contact" in parts else None
    if contact is not None and contact.country not in ("", "BE"):
        issues.append(Issue("contact.country", "must be BE: a contact address is in Belgium"))
    if issues or official is None:
        raise InvalidInput("The address is not accepted.", issues=issues)
    return Addresses(official, contact)


def minimum_data_missing(statement: Statement) -> tuple[str, ...]:
    """Which fields are missing for a number to be created; () where the minimum is there.

    The Crossroads Bank's minimal identification data: a name and one of (a) full birth date, birth place and sex,
    (b) birth date and main residence abroad, (c) birth date and a Belgian contact address. Told as those missing
    of (a), and `contact`.
    """
    person, addresses = statement.personal_data, statement.addresses
    if addresses is not None and (addresses.contact is not None or addresses.official.country != "BE"):
        return () if person is not None else ("surname", "birthDate")
    if person is None:
        return ("surname", "birthDate", "birthPlace", "sex", "contact")
    whole = {"birthDate": person.birth_date.complete, "birthPlace": person.birth_place, "sex": person.sex}
    missing = tuple(name for name, present in whole.items() if not present)
    return (*missing, "contact") if missing else ()


def filled(statement: Statement, field_name: str) -> bool:
    """Whether an asked field (API name of personalData, `official` or `contact`) is filled."""
    if field_name in ("official", "contact"):
        return statement.addresses is not None and getattr(statement.addresses, field_name) is not None
    attribute = next(key for key, name in API_NAMES.items() if name == field_name)
    return statement.personal_data is not None and getattr(statement.personal_data, attribute) is not None


def completed(stated: PersonalData, registered: Mapping[str, object]) -> tuple[PersonalData, tuple[str, ...]]:
    """Fill what was left empty from the register's values (by attribute name); the API names of what was filled."""
    taken = {k: v for k, v in registered.items() if v is not None and getattr(stated, k) is None}
    return replace(stated, **taken), tuple(API_NAMES[k] for k in taken)  # type: ignore[arg-type]
