"""What a company's software may be allowed to do, and which calls that is: deny by default."""

from __future__ import annotations

from collections.abc import Collection

from domain.errors import NotAllowed

READ = "requests:read"
WRITE = "requests:write"
SCOPES = (READ, WRITE)
#: POST that changes nothing.
_QUERY = "/query"
#: Where software may call: whatever else a person of the company may do stays theirs. Longer paths come under these.
_REQUESTS = "/v1/requests"
_READ_ONLY = ("/v1/notifications", "/v1/events", "/v1/company/mandates")
_EXACT = "/v1/company"


def needed(method: str, path: str) -> str | None:
    """The scope that a call needs by its method and its route's pattern; None where no software may call."""
    reads = method in ("GET", "HEAD") or (method == "POST" and path.endswith(_QUERY))
    if _under(path, _REQUESTS):
        return READ if reads else WRITE
    if path == _EXACT or any(_under(path, place) for place in _READ_ONLY):
        if reads:
            return READ
        return WRITE if _under(path, "/v1/notifications") else None
    return None


def require(scopes: Collection[str], method: str, path: str) -> None:
    """Raise NotAllowed unless software with these scopes may make the call."""
    scope = needed(method, path)
    if scope is None:
        raise NotAllowed("Software of a company may not do this.")
    if scope not in scopes:
        raise NotAllowed("The token of this software does not have the scope for this.")


def _under(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")
