"""An OpenID Connect issuer behind a real port, strict with its clients, that can be made to answer wrongly."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from runtime.server import configured

CLIENT = "the-portal"


def hashed(text: str) -> str:
    """Base64url of SHA-256, as PKCE has it."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


@dataclass
class OtherIssuer:
    """One issuer. `claims` are of whoever signs in next; `changes` and `sign` make its ID tokens wrong."""

    claims: dict[str, Any]
    client_secret: str | None = None
    client_key: ECKey | RSAKey | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    sign: Callable[[OtherIssuer, dict[str, Any]], str] | None = None
    answer: dict[str, Any] = field(default_factory=dict)
    token_status: int = 200
    names_itself: bool = True
    tells_of_logouts: bool = False
    named: str | None = None
    denies: bool = False
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"}))
    url: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    signed_out: list[dict[str, str]] = field(default_factory=list)
    clients: list[str] = field(default_factory=list)

    def id_token(self, query: dict[str, str], access_token: str) -> str:
        now = int(datetime.now(UTC).timestamp())
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        claims = {
            "iss": self.url,
            "aud": CLIENT,
            "nonce": query["nonce"],
            "iat": now,
            "exp": now + 300,
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
            **self.claims,
            **self.changes,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.sign is not None:
            return self.sign(self, claims)
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    async def checked_client(self, request: Request, form: dict[str, str]) -> bool:
        """Whether the client is who it says, in the one way that was agreed."""
        if self.client_key is not None:
            self.clients.append("private_key_jwt")
            assertion = jwt.decode(form["client_assertion"], self.client_key, algorithms=["ES256", "RS256"]).claims
            return bool(
                assertion["iss"] == assertion["sub"] == CLIENT
                and assertion["aud"] == f"{self.url}/token"
                and assertion["jti"]
                and assertion["exp"] > datetime.now(UTC).timestamp()
            )
        if self.client_secret is not None:
            self.clients.append("client_secret_basic")
            pair = base64.b64encode(f"{CLIENT}:{self.client_secret}".encode()).decode()
            return request.headers.get("authorization") == f"Basic {pair}"
        self.clients.append("none")
        return form.get("client_id") == CLIENT

    def app(self) -> FastAPI:  # noqa: C901 - one function an endpoint, and none of them branches much
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        async def configuration() -> dict[str, Any]:
            return {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "end_session_endpoint": f"{self.url}/logout",
                "jwks_uri": f"{self.url}/keys",
                "authorization_response_iss_parameter_supported": self.names_itself,
                "backchannel_logout_supported": self.tells_of_logouts,
                "backchannel_logout_session_supported": self.tells_of_logouts,
            }

        @app.get("/keys")
        async def keys() -> dict[str, Any]:
            return {"keys": [self.key.as_dict(private=False)]}

        @app.get("/authorize")
        async def authorize(request: Request) -> Response:
            query = dict(request.query_params)
            self.asked.append(query)
            assert query["client_id"] == CLIENT
            assert query["code_challenge_method"] == "S256"
            code = f"code-{len(self.codes)}"
            self.codes[code] = query
            answer = {"state": query["state"], "code": code}
            if self.denies:
                answer = {"state": query["state"], "error": "access_denied"}
            if self.names_itself or self.named:
                answer["iss"] = self.named or self.url
            return RedirectResponse(f"{query['redirect_uri']}?{urlencode(answer)}", 303)

        @app.post("/token")
        async def token(request: Request) -> Response:
            form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
            if not await self.checked_client(request, form):
                return JSONResponse({"error": "invalid_client"}, 401)
            query = self.codes.pop(form["code"], None)
            if query is None or form["redirect_uri"] != query["redirect_uri"]:
                return JSONResponse({"error": "invalid_grant"}, 400)
            if hashed(form["code_verifier"]) != query["code_challenge"]:
                return JSONResponse({"error": "invalid_grant"}, 400)
            answer = {"access_token": "opaque", "token_type": "Bearer", "id_token": self.id_token(query, "opaque")}
            return JSONResponse({**answer, **self.answer}, self.token_status)

        @app.get("/logout")
        async def logout(request: Request) -> Response:
            self.signed_out.append(dict(request.query_params))
            return RedirectResponse(request.query_params["post_logout_redirect_uri"], 303)

        return app


@asynccontextmanager
async def running(issuer: OtherIssuer, host: str = "127.0.0.1") -> AsyncIterator[OtherIssuer]:
    """The issuer at its address."""
    server = configured(issuer.app(), host="127.0.0.1", port=0)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        assert not serving.done()
        await asyncio.sleep(0.01)
    issuer.url = f"http://{host}:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield issuer
    finally:
        server.should_exit = True
        await serving
