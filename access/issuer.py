"""The embedded issuer: development only. It makes access tokens by itself, and ID tokens in a code flow (codes.py).

Its key lives in the data folder, so that every process of one data folder signs and verifies alike, with or without a
running server.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from access.issuers import IssuerTerms

#: Fixed, and no address: a token made beside the server holds whatever address the server has.
ISSUER = "urn:niss-desk:development"
AUDIENCE = "niss-desk"
ALGORITHM = "ES256"
LIFETIME = timedelta(hours=12)
#: Of its bearer tokens; as the portal knows it, it has an address (portal/development_issuer.py).
TERMS = IssuerTerms(key="development", issuer=ISSUER, audience=AUDIENCE, subject_is_login=True, vouches_for_staff=True)
_KEY_FILE = "development-issuer.json"
_PORTAL_KEY_FILE = "development-portal.json"


class DevelopmentIssuer:
    """Issues real JWTs (ES256) for a login. Whether the login is known is for the caller to check."""

    issuer = ISSUER
    terms = TERMS

    def __init__(self, home: Path) -> None:
        """Read the keys under `home`/keys, or make them once (file mode 0600)."""
        self._key = _key(home / "keys", _KEY_FILE)
        #: The portal's, with which it signs in here as a client.
        self.portal_key = _key(home / "keys", _PORTAL_KEY_FILE)

    def issue_token(self, login: str, *, now: datetime, lifetime: timedelta = LIFETIME) -> str:
        """A bearer token: iss, aud, sub and email (both the login), iat, exp, jti."""
        issued = int(now.timestamp())
        claims: dict[str, Any] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": login,
            "email": login,
            "iat": issued,
            "exp": issued + int(lifetime.total_seconds()),
            "jti": uuid.uuid4().hex,
        }
        return jwt.encode({"alg": ALGORITHM, "kid": self._key.kid}, claims, self._key, algorithms=[ALGORITHM])

    def issue_id_token(self, claims: Mapping[str, Any], *, access_token: str) -> str:
        """An ID token of these claims, which holds `at_hash` besides."""
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        bound = {**claims, "at_hash": urlsafe_b64encode(half).rstrip(b"=").decode()}
        return jwt.encode({"alg": ALGORITHM, "kid": self._key.kid}, bound, self._key, algorithms=[ALGORITHM])

    def jwks(self) -> dict[str, Any]:
        """The JWKS document: the public half of the key."""
        return {"keys": [self._key.as_dict(private=False)]}

    def configuration(self, base_url: str) -> Mapping[str, Any]:
        """The discovery document, as far as it is true of an issuer without pages."""
        return {
            "issuer": ISSUER,
            "jwks_uri": f"{base_url}/.well-known/jwks.json",
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "response_types_supported": ["token"],
            "subject_types_supported": ["public"],
        }


def _key(folder: Path, name: str) -> ECKey:
    path = folder / name
    if not path.exists():
        _make(folder, path)
    return ECKey.import_key(json.loads(path.read_text(encoding="utf-8")))


def _make(folder: Path, path: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = ECKey.generate_key("P-256", {"use": "sig", "alg": ALGORITHM}, private=True)
    content = made.as_dict(private=True) | {"kid": made.thumbprint()}
    draft = folder / f".{secrets.token_hex(8)}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file)
    try:
        # A link never replaces: of two processes that start together, one key wins for both.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
