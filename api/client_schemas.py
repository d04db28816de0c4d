"""The shapes of a company's software."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from api.answer import Answer
from api.inputs import Body, Email, EnterpriseNumber, Name

Scope = Literal["requests:read", "requests:write"]


class NewClient(Body):
    """A new client: `email` is told what becomes of its requests, `onBehalfOf` binds it to one employer."""

    name: Name
    email: Email
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=2)]
    on_behalf_of: EnterpriseNumber | None = None


class ClientAnswer(Answer):
    """Software of a company. `secret` is shown once, when it is made."""

    id: str
    name: str
    email: str
    scopes: list[Scope]
    on_behalf_of: Annotated[str, Field(pattern=r"^\d{10}$")] | None = None
    created_at: datetime
    used_at: datetime | None = None
    secret: str | None = None


class ClientPage(Answer):
    """A company's clients, oldest first."""

    items: list[ClientAnswer]
    total: int
