"""One record of a register or query file (column name to text) becomes a person; the rules: docs/operations.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from domain.countries import COUNTRIES
from domain.identification import RegisteredPerson, StatedPerson
from domain.niss import Niss
from domain.people import PartialDate, Sex
from domain.statement import EARLIEST_BIRTH_YEAR, Address, text

REGISTER_COLUMNS = [
    "ssin",
    "surname",
    "given_names",
    "sex",
    "birth_date",
    "birth_place",
    "birth_country",
    "nationality",
    "street",
    "house_number",
    "box",
    "postal_code",
    "municipality",
    "country",
    "deceased_on",
    "replaced_by",
    "former_surname",
]
REGISTER_REQUIRED = ("ssin", "surname", "birth_date")
QUERY_COLUMNS = [
    "query_id",
    "surname",
    "given_names",
    "sex",
    "birth_date",
    "birth_place",
    "birth_country",
    "nationality",
    "street",
    "house_number",
    "postal_code",
    "municipality",
    "country",
    "former_surname",
]
QUERY_REQUIRED = ("query_id", "surname", "birth_date")

Record = Mapping[str, str | None]
_T = TypeVar("_T")


class _Fields:
    """Reads the cells of one record. Gathers what is wrong, by column and never by value."""

    def __init__(self, record: Record, today: date) -> None:
        self.record = record
        self.today = today
        self.wrong: list[str] = []
        self.warnings: list[str] = []

    def read(self, column: str, convert: Callable[[str], _T], *, required: bool = False) -> _T | None:
        cell = (self.record.get(column) or "").strip()
        if not cell:
            if required:
                self.wrong.append(f"{column}: is required")
            return None
        try:
            return convert(cell)
        except ValueError as error:
            self.wrong.append(f"{column}: {error}")
            return None

    def lenient(self, column: str, convert: Callable[[str], _T]) -> _T | None:
        """As `read`, but a value that is not understood is dropped with a warning."""
        cell = (self.record.get(column) or "").strip()
        try:
            return convert(cell) if cell else None
        except ValueError as error:
            self.warnings.append(f"{column}: {error}, left out")
            return None

    def text(self, column: str) -> str | None:
        return self.read(column, text)

    def birth_date(self) -> PartialDate | None:
        return self.read("birth_date", self._birth_date, required=True)

    def _birth_date(self, cell: str) -> PartialDate:
        born = PartialDate.parse(cell)
        if born.earliest() > self.today:
            raise ValueError("must not be in the future")
        if born.year < EARLIEST_BIRTH_YEAR:
            raise ValueError(f"must not be before {EARLIEST_BIRTH_YEAR}")
        return born

    def day_of_death(self) -> date | None:
        return self.read("deceased_on", self._past)

    def _past(self, cell: str) -> date:
        # Of a death often only the year is known; that somebody died must not get lost over it.
        day = PartialDate.parse(cell).earliest()
        if day > self.today:
            raise ValueError("must not be in the future")
        return day

    def address(self, country: str | None) -> Address | None:
        """The official address as far as it is known; what is missing is an empty text."""
        street, municipality = self.text("street"), self.text("municipality")
        number, box, postal_code = self.text("house_number"), self.text("box"), self.text("postal_code")
        if not (street or municipality or country):
            return None
        return Address(street or "", municipality or "", country or "", number, box, postal_code)


def _sex(cell: str) -> Sex:
    if cell.upper() not in ("M", "F"):
        raise ValueError("is neither M nor F")
    return Sex(cell.upper())


def _country(cell: str) -> str:
    if cell.upper() not in COUNTRIES:
        raise ValueError("is not a country code (ISO 3166-1 alpha-2)")
    return cell.upper()


def registered_person(record: Record, *, today: date) -> tuple[RegisteredPerson, tuple[str, ...]]:
    """A person of a register file, and warnings. Raises ValueError that names the columns, without their values."""
    fields = _Fields(record, today)
    ssin = fields.read("ssin", Niss.parse, required=True)
    surname = fields.read("surname", text, required=True)
    born = fields.birth_date()
    values = {
        "given_names": fields.text("given_names"),
        "birth_place": fields.text("birth_place"),
        "birth_country": fields.lenient("birth_country", _country),
        "nationality": fields.lenient("nationality", _country),
        "former_surname": fields.text("former_surname"),
    }
    sex = fields.lenient("sex", _sex)
    official = fields.address(fields.lenient("country", _country))
    deceased_on = fields.day_of_death()
    replaced_by = fields.read("replaced_by", Niss.parse)
    if fields.wrong or ssin is None or surname is None or born is None:
        raise ValueError("; ".join(fields.wrong))
    person = RegisteredPerson(
        ssin, surname, born, sex=sex, official=official, deceased_on=deceased_on, replaced_by=replaced_by, **values
    )
    return person, tuple(fields.warnings)


def stated_person(record: Record, *, today: date) -> StatedPerson:
    """A person of a query file. Raises ValueError that names the columns, without their values."""
    fields = _Fields(record, today)
    surname = fields.read("surname", text, required=True)
    born = fields.birth_date()
    values = {
        "given_names": fields.text("given_names"),
        "birth_place": fields.text("birth_place"),
        "birth_country": fields.read("birth_country", _country),
        "nationality": fields.read("nationality", _country),
        "former_surname": fields.text("former_surname"),
    }
    sex = fields.read("sex", _sex)
    official = fields.address(fields.read("country", _country))
    if fields.wrong or surname is None or born is None:
        raise ValueError("; ".join(fields.wrong))
    return StatedPerson(surname, born, sex=sex, official=official, **values)
