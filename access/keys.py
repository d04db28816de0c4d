"""Public keys of issuers: asymmetric ones only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

#: No `none`, and no HS…: a public key must never serve as a shared secret.
ALGORITHMS: tuple[str, ...] = ("ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
_LEAST_RSA_BITS = 2048

Key = ECKey | RSAKey
Keys = Mapping[str | None, Key]


class KeySource(Protocol):
    """Where an issuer's public keys come from. Raises Unavailable where it does not answer."""

    async def keys(self, kid: str | None) -> Keys:
        """Keys by key id; asked for again where `kid` is not among the known ones."""
        ...


class FixedKeys:
    """Keys that are at hand: the embedded issuer's."""

    def __init__(self, jwks: Mapping[str, Any]) -> None:
        self._keys = read_jwks(jwks)

    async def keys(self, kid: str | None) -> Keys:  # noqa: ARG002 - the protocol's
        """The keys given."""
        return self._keys


def read_jwks(document: Mapping[str, Any]) -> Keys:
    """The signing keys of a JWKS by key id; what is for encryption, symmetric, weak or unknown is left out."""
    found: dict[str | None, Key] = {}
    members = document.get("keys")
    for member in members if isinstance(members, list) else []:
        if not isinstance(member, dict) or member.get("use", "sig") != "sig":
            continue
        public = {name: value for name, value in member.items() if name not in ("d", "p", "q", "dp", "dq", "qi", "oth")}
        try:
            key: Key
            if member.get("kty") == "EC":
                key = ECKey.import_key(public)
            elif member.get("kty") == "RSA":
                key = RSAKey.import_key(public)
                if key.raw_value.key_size < _LEAST_RSA_BITS:
                    continue
            else:
                continue
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        found[member.get("kid")] = key
    return found
