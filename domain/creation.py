"""When a number may be created without an agent, for somebody whom nobody in the register is likely to be."""

from __future__ import annotations

from datetime import date

from domain.statement import Statement, minimum_data_missing


def may_be_automatic(statement: Statement, *, rounds: int, objections: int, today: date) -> bool:
    """Whether nothing of the request itself asks for an agent; the register has its own say.

    The minimum data are there, the person is of working age, and no agent has had the request before: who asked for
    something, or hears an objection, also decides.
    """
    person = statement.personal_data
    if person is None or minimum_data_missing(statement):
        return False
    return not rounds and not objections and not person.birth_date.under_age(today)
