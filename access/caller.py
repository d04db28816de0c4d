"""Who is calling: a person known to the service, in one role, for one company."""

from __future__ import annotations

from dataclasses import dataclass

from domain.people import Role


@dataclass(frozen=True, slots=True)
class Once:
    """The call's `Idempotency-Key`, its path, and a keyed hash of its body."""

    key: str
    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Caller:
    """A known person, calling.

    `company_id` is None for the service's own people; `trace_id` is the call's BelGov-Trace-Id; `once` where it must
    count once, `scopes` what software may do, None for people, `employer_id` the one employer that it is bound to,
    `expects` the tags of If-Match, any of which must be the row's.
    """

    person_id: str
    login: str
    name: str
    email: str
    role: Role
    company_id: str | None = None
    trace_id: str | None = None
    once: Once | None = None
    expects: tuple[str, ...] = ()
    scopes: frozenset[str] | None = None
    employer_id: str | None = None
