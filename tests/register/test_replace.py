"""One number replaced by another, on every adapter: both hold today, nobody comes to stand in a circle."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.identification import Created, DecisionKind, RegisteredPerson, StatedPerson
from domain.niss import Niss
from domain.people import PartialDate, Sex
from domain.ports import Register
from domain.replacement import NotReplaced, Obstacle, Replaced
from register.sql import SqlRegister

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
OLD, MIDDLE, NEW = (Niss.parse(text) for text in ("83.45.24-163.11", "93.45.12-046.19", "99.45.09-027.60"))
NOBODY = Niss.parse("94.45.05-069.33")
ANA = StatedPerson("Horvat", PartialDate(1987, 6, 17), "Ana", Sex.FEMALE, "Split")


def _ana(ssin: Niss, **values: object) -> RegisteredPerson:
    person = RegisteredPerson(ssin, "Horvat", ANA.birth_date, "Ana", Sex.FEMALE, "Split")
    return replace(person, **values)  # type: ignore[arg-type]


def test_everything_leads_to_the_number_that_stays(port: Register, register: SqlRegister) -> None:
    register.add([_ana(OLD), _ana(MIDDLE)])
    assert port.identify(ANA).kind is DecisionKind.AMBIGUOUS
    before = port.revision()
    answer = port.replace(OLD, by=MIDDLE, at=NOW)
    assert answer == Replaced(_ana(MIDDLE))
    assert port.revision() > before
    assert port.person(OLD) == _ana(OLD, replaced_by=MIDDLE)
    assert port.latest(OLD) == port.identify(ANA).person == _ana(MIDDLE)
    assert port.replace(OLD, by=MIDDLE, at=NOW) == answer
    register.add([_ana(NEW)])
    assert port.replace(MIDDLE, by=NEW, at=NOW) == port.replace(OLD, by=MIDDLE, at=NOW) == Replaced(_ana(NEW))


def test_a_number_given_before_is_told_as_the_one_that_holds(port: Register, register: SqlRegister) -> None:
    created = port.create(ANA, key="a", at=NOW)
    assert isinstance(created, Created)
    register.add([_ana(NEW)])
    port.replace(created.person.ssin, by=NEW, at=NOW)
    assert port.create(ANA, key="a", at=NOW) == Created(_ana(NEW))


@pytest.mark.parametrize(
    ("ssin", "by", "expected"),
    [
        (OLD, OLD, NotReplaced("replacedBy", Obstacle.SAME)),
        (NOBODY, NEW, NotReplaced("ssin", Obstacle.UNKNOWN)),
        (NEW, NOBODY, NotReplaced("replacedBy", Obstacle.UNKNOWN)),
        (OLD, NEW, NotReplaced("ssin", Obstacle.REPLACED)),
        (NEW, OLD, NotReplaced("replacedBy", Obstacle.REPLACED)),
        (MIDDLE, OLD, NotReplaced("replacedBy", Obstacle.CIRCLE)),
    ],
)
def test_what_stands_in_the_way(
    port: Register, register: SqlRegister, ssin: Niss, by: Niss, expected: NotReplaced
) -> None:
    register.add([_ana(OLD, replaced_by=MIDDLE), _ana(MIDDLE), _ana(NEW)])
    before = port.revision()
    assert port.replace(ssin, by=by, at=NOW) == expected
    assert port.revision() == before


@pytest.mark.parametrize("dead", [OLD, NEW])
def test_the_dead_keep_their_numbers(port: Register, register: SqlRegister, dead: Niss) -> None:
    register.add([_ana(ssin, deceased_on=date(2020, 1, 2) if ssin == dead else None) for ssin in (OLD, NEW)])
    member = "ssin" if dead == OLD else "replacedBy"
    assert port.replace(OLD, by=NEW, at=NOW) == NotReplaced(member, Obstacle.DECEASED)


def test_what_was_replaced_since_by_whomever(port: Register, register: SqlRegister) -> None:
    assert port.replaced_since(None) == []
    register.add([_ana(OLD), _ana(MIDDLE), _ana(NEW)])
    port.replace(OLD, by=NEW, at=NOW)
    register.add([_ana(MIDDLE, replaced_by=NEW)])  # as a register file does, today
    assert port.replaced_since(None) == [OLD, MIDDLE]
    assert port.replaced_since(NOW) == [OLD, MIDDLE]
    assert port.replaced_since(NOW + timedelta(seconds=1)) == [MIDDLE]
    register.add([_ana(MIDDLE, replaced_by=NEW, given_names="Ana Marija")])
    assert port.replaced_since(None) == [OLD, MIDDLE]
