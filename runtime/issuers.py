"""The issuers of the settings: NISS_OIDC_ISSUER, and those of the file NISS_OIDC_ISSUERS. Raises WrongSetting."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator
from pydantic.alias_generators import to_camel

from access.issuers import ClaimNames, IssuerTerms
from access.keys import Key
from access.policy import STAFF_ROLES
from access.tokens import same_issuer
from runtime.settings import LOOPBACK, Settings
from runtime.settings_files import WrongSetting

MAIN = "main"


class _Member(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, extra="forbid", hide_input_in_errors=True, populate_by_name=False
    )


class _Claims(_Member):
    subject: str = "sub"
    name: str = "name"
    email: str = "email"
    email_verified: str = "email_verified"
    enterprise_number: str = "enterprise_number"
    company_name: str = "company_name"
    administrator: str = "administrator"
    role: str = "role"


class _Issuer(_Member):
    """One entry of the file."""

    key: str = Field(pattern=r"^[a-z0-9-]{1,30}$")
    issuer: str
    label: str = ""
    audience: str = "niss-desk"
    client_id: str
    client_key: str | None = None
    client_secret_file: str | None = None
    scopes: list[str] = ["openid", "profile", "email"]
    acr: list[str] = []
    claims: _Claims = _Claims()
    administrator_values: list[str] = []
    staff_roles: dict[str, str] = {}
    vouches_for_staff: bool | None = None
    subject_is_login: bool = False
    trusts_email: bool = False

    @field_validator("staff_roles")
    @classmethod
    def _staff_only(cls, roles: dict[str, str]) -> dict[str, str]:
        # Those of a company are never given by an issuer's role claim.
        if not set(roles.values()) <= set(STAFF_ROLES):
            raise ValueError(f"must give {', '.join(STAFF_ROLES)}")
        return roles

    @field_validator("vouches_for_staff")
    @classmethod
    def _for_those_it_gives_roles(cls, given: object, info: ValidationInfo) -> object:
        if given is False and info.data.get("staff_roles"):
            raise ValueError("cannot be false beside staffRoles")
        return given

    @field_validator("scopes")
    @classmethod
    def _openid(cls, scopes: list[str]) -> list[str]:
        if "openid" not in scopes:
            raise ValueError("must hold openid")
        return scopes


def read_issuers(settings: Settings) -> tuple[IssuerTerms, ...]:
    """All issuers whose tokens are believed, NISS_OIDC_ISSUER first. The embedded one is not among them.

    Where the file has an entry for NISS_OIDC_ISSUER, it is that entry.
    """
    of_file = _read_file(settings)
    if settings.oidc_issuer is None:
        return of_file
    main = settings.oidc_issuer.rstrip("/")
    first = tuple(terms for terms in of_file if terms.issuer.rstrip("/") == main) or (_main(settings, main),)
    return first + tuple(terms for terms in of_file if terms not in first)


def _main(settings: Settings, issuer: str) -> IssuerTerms:
    return IssuerTerms(
        key=MAIN,
        issuer=issuer,
        audience=settings.oidc_audience,
        client_id=settings.oidc_client_id,
        client_key=_key("NISS_OIDC_CLIENT_KEY", settings.oidc_client_key),
        client_secret=settings.oidc_client_secret,
        acr=settings.oidc_acr,
        subject_is_login=True,
        vouches_for_staff=True,
    )


def _read_file(settings: Settings) -> tuple[IssuerTerms, ...]:
    if settings.oidc_issuers is None:
        return ()
    try:
        content = json.loads(Path(settings.oidc_issuers).read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongSetting(f"NISS_OIDC_ISSUERS: cannot be read: {error.strerror}") from None
    except ValueError:
        raise WrongSetting("NISS_OIDC_ISSUERS: is no JSON") from None
    if not isinstance(content, list):
        raise WrongSetting("NISS_OIDC_ISSUERS: must be a list of issuers")
    sole = len(content) == 1 and settings.oidc_issuer is None
    found = tuple(_terms(number, entry, settings, sole=sole) for number, entry in enumerate(content))
    for what in ("key", "issuer"):
        named = [getattr(terms, what).rstrip("/") for terms in found]
        if len(set(named)) < len(named):
            raise WrongSetting(f"NISS_OIDC_ISSUERS: two issuers have the same {what}")
    return found


def _terms(number: int, entry: object, settings: Settings, *, sole: bool) -> IssuerTerms:
    place = f"NISS_OIDC_ISSUERS: [{number}]"
    try:
        read = _Issuer.model_validate(entry)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        raise WrongSetting(f"{place}.{'.'.join(map(str, first['loc']))}: {first['msg'].lower()}") from None
    parts = urlsplit(read.issuer)
    loopback = settings.development or parts.hostname in LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and loopback)):
        raise WrongSetting(f"{place}.issuer: must be an https address")
    given: dict[str, Any] = read.model_dump(exclude={"client_key", "client_secret_file", "claims"})
    tuples = {name: tuple(given[name]) for name in ("scopes", "acr", "administrator_values")}
    if read.vouches_for_staff is None:
        # Of several, that of the organisation itself: the others' people are their own to name.
        given["vouches_for_staff"] = sole or same_issuer(read.issuer, settings.oidc_issuer or "")
    return IssuerTerms(
        **{**given, **tuples},
        claims=ClaimNames(**read.claims.model_dump()),
        client_key=_key(f"{place}.clientKey", read.client_key),
        client_secret=_secret(f"{place}.clientSecretFile", read.client_secret_file),
    )


def _secret(place: str, file: str | None) -> str | None:
    if file is None:
        return None
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise WrongSetting(f"{place}: {file} cannot be read") from None


def _key(place: str, file: str | None) -> Key | None:
    """A private key, PEM or JWK."""
    if file is None:
        return None
    try:
        text = Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise WrongSetting(f"{place}: {file} cannot be read") from None
    key = _imported(text)
    if key is None or not key.is_private or (isinstance(key, ECKey) and key.curve_name != "P-256"):
        raise WrongSetting(f"{place}: {file} holds no private key of RSA or P-256, PEM or JWK")
    return key


def _imported(text: str) -> Key | None:
    source: str | Mapping[str, Any] = text
    if text.lstrip().startswith("{"):
        try:
            source = json.loads(text)
        except ValueError:
            return None
    kinds: tuple[type[ECKey | RSAKey], ...] = (ECKey, RSAKey)
    for kind in kinds:
        try:
            return kind.import_key(source)  # type: ignore[arg-type]
        except (JoseError, ValueError, TypeError, KeyError):
            continue
    return None
