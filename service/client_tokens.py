"""A token of a company's software, over the time that it is listened with: until when it lasts, whether it holds."""

from __future__ import annotations

from datetime import datetime

from domain.errors import NissDeskError, NotAuthenticated
from service.clients import caller_of_token, hashed
from service.context import Tools
from store.client_tables import ClientTokenRow


def ends_at(tools: Tools, token: str) -> datetime:
    """When a token ends, unless its client is rotated or revoked before. Raises NotAuthenticated."""
    with tools.store.reading() as session:
        held = session.get(ClientTokenRow, hashed(token))
    if held is None:
        raise NotAuthenticated("The access token does not hold.", code="invalidAccessToken")
    return held.expires_at


def holds(tools: Tools, token: str) -> bool:
    """Whether the token holds now; not while nobody can tell."""
    try:
        caller_of_token(tools, token)
    except NissDeskError:
        return False
    return True
