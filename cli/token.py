"""`niss token LOGIN`: a bearer token of the embedded issuer, for curl and scripts. Development only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.common import settings_here
from domain.errors import NotAllowed


def token(login: Annotated[str, typer.Argument(help="The person's login, such as alice@acme.example.")]) -> None:
    """Print a bearer token that holds for twelve hours, and nothing else. Needs no running server."""
    from sqlalchemy import func
    from sqlmodel import select

    from access.issuer import DevelopmentIssuer
    from runtime.wiring import open_members
    from store.tables import Person

    settings = settings_here()
    if not settings.development or settings.oidc_issuer is not None:
        raise NotAllowed("tokens are issued here in development only (NISS_MODE=development, no NISS_OIDC_ISSUER)")
    with open_members(settings).reading() as session:
        same = func.lower(Person.login) == login.strip().lower()
        known = session.exec(select(Person.login).where(same, Person.state != "removed")).first()
    if known is None:
        raise NotAllowed("nobody has this login")
    typer.echo(DevelopmentIssuer(settings.home).issue_token(known, now=datetime.now(UTC)))
