"""One number replaced by another: what stands in the way, and which numbers were replaced since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from domain.identification import RegisteredPerson
from domain.niss import Niss
from domain.replacement import NotReplaced, Obstacle, Replaced
from register import searching
from register.filing import REPLACEMENTS
from register.rows import niss_of


def look(connection: Connection, ssin: Niss, by: Niss) -> RegisteredPerson | Replaced | NotReplaced:
    """The record whose number is about to go, or the answer where nothing is to be done.

    Both records hold today, so that no chain comes to lead in a circle. The lock is held by the caller.
    """
    if ssin == by:
        return NotReplaced("replacedBy", Obstacle.SAME)
    goes, stays = searching.person(connection, ssin), searching.person(connection, by)
    if goes is None:
        return NotReplaced("ssin", Obstacle.UNKNOWN)
    if stays is None:
        return NotReplaced("replacedBy", Obstacle.UNKNOWN)
    if goes.replaced_by == by:
        return replaced(connection, by)
    if goes.replaced_by is not None:
        return NotReplaced("ssin", Obstacle.REPLACED)
    if stays.replaced_by is not None:
        leads_back = searching.latest(connection, stays) in (goes, None)
        return NotReplaced("replacedBy", Obstacle.CIRCLE if leads_back else Obstacle.REPLACED)
    for member, person in (("ssin", goes), ("replacedBy", stays)):
        if person.deceased_on is not None:
            return NotReplaced(member, Obstacle.DECEASED)
    return goes


def replaced(connection: Connection, by: Niss) -> Replaced | NotReplaced:
    """Whom a replaced number leads to today."""
    record = searching.person(connection, by)
    person = record and searching.latest(connection, record)
    return Replaced(person) if person else NotReplaced("replacedBy", Obstacle.CIRCLE)


def since(connection: Connection, at: datetime | None) -> Sequence[Niss]:
    """Numbers replaced since an instant, or all, oldest first."""
    query = select(REPLACEMENTS.c.ssin).order_by(REPLACEMENTS.c.at, REPLACEMENTS.c.ssin)
    if at is not None:
        query = query.where(REPLACEMENTS.c.at >= at)
    return [niss_of(number) for number in connection.scalars(query)]
