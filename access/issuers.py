"""Whom this service believes: an issuer's terms, and what of its claims means what here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from access.keys import Key
from access.tokens import subject_of

_LONGEST_CLAIM = 254
_YES = (True, "true", "1", 1)


@dataclass(frozen=True, slots=True)
class ClaimNames:
    """The claims that say who somebody is; a dot leads into an object (`company.number`)."""

    subject: str = "sub"
    name: str = "name"
    email: str = "email"
    email_verified: str = "email_verified"
    enterprise_number: str = "enterprise_number"
    company_name: str = "company_name"
    administrator: str = "administrator"
    role: str = "role"


@dataclass(frozen=True, slots=True)
class IssuerTerms:
    """One OpenID Connect issuer, and how the portal is its client.

    Attributes:
        key: short name, in addresses.
        issuer: its identifier, from which it is discovered.
        label: what people know it by; empty: the sign-in page says only "sign in".
        audience: whom bearer tokens for the API must name.
        client_id: the portal's name there; ID tokens must name it.
        client_secret: for `client_secret_basic`.
        client_key: for `private_key_jwt`, which comes first. With neither the client is public, with PKCE alone.
        scopes: what is asked for.
        acr: levels of assurance that are enough, the one asked for first; none: any is.
        claims: what its claims are called.
        administrator_values: values of the administrator claim that mean yes, besides true.
        staff_roles: role of ours by value of the role claim; whoever has none of them is no staff by it.
        vouches_for_staff: whether the service's own people, entered at the console, may come by it. It does where it
            has `staff_roles`.
        subject_is_login: whether its subjects are the logins of people known here.
        trusts_email: whether its e-mail addresses count as verified where it does not say.
    """

    key: str
    issuer: str
    label: str = ""
    audience: str = "niss-desk"
    client_id: str = "niss-desk"
    client_secret: str | None = field(default=None, repr=False)
    client_key: Key | None = field(default=None, repr=False)
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    acr: tuple[str, ...] = ()
    claims: ClaimNames = field(default_factory=ClaimNames)
    administrator_values: tuple[str, ...] = ()
    staff_roles: Mapping[str, str] = field(default_factory=dict)
    vouches_for_staff: bool = False
    subject_is_login: bool = False
    trusts_email: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an issuer says somebody is. `email` is there only where it is verified; `staff_role` only where mapped.

    `sub` and `sid` are the token's own, by which the issuer names them when they have signed out there.
    """

    issuer: str
    subject: str
    subject_is_login: bool = False
    name: str | None = None
    email: str | None = None
    enterprise_number: str | None = None
    company_name: str | None = None
    administrator: bool = False
    staff_role: str | None = None
    gives_staff_roles: bool = False
    vouches_for_staff: bool = False
    sub: str = ""
    sid: str = ""


def identity_of(claims: Mapping[str, Any], terms: IssuerTerms) -> Identity:
    """What verified claims mean here. Raises ValueError where the subject is none."""
    names = terms.claims
    verified = _find(claims, names.email_verified)
    trusted = verified in _YES or (verified is None and terms.trusts_email)
    roles = _all(_find(claims, names.role))
    return Identity(
        issuer=terms.issuer.rstrip("/"),
        subject=subject_of(_find(claims, names.subject)),
        subject_is_login=terms.subject_is_login,
        name=_text(_find(claims, names.name)),
        email=_text(_find(claims, names.email)) if trusted else None,
        enterprise_number=_text(_find(claims, names.enterprise_number)),
        company_name=_text(_find(claims, names.company_name)),
        administrator=any(
            value is True or value in ("true", *terms.administrator_values)
            for value in _all(_find(claims, names.administrator))
        ),
        staff_role=next((terms.staff_roles[role] for role in roles if role in terms.staff_roles), None),
        gives_staff_roles=bool(terms.staff_roles),
        vouches_for_staff=terms.vouches_for_staff or bool(terms.staff_roles),
        sub=_text(claims.get("sub")) or "",
        sid=_text(claims.get("sid")) or "",
    )


def _find(claims: Mapping[str, Any], name: str) -> object:
    """A claim by its name, which may have dots in it, or by the way to it."""
    if name in claims:
        return claims[name]
    found: object = claims
    for part in name.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(part)
    return found


def _all(value: object) -> list[Any]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str | bool)]


def _text(value: object) -> str | None:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_CLAIM or not value.isprintable():
        return None
    return value.strip()
