"""Production does not start on what is for development, and believes none of its tokens."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from access.issuer import DevelopmentIssuer
from documents.keyring import new_line
from runtime import schema
from runtime.prudence import imprudences
from runtime.settings import DEVELOPMENT_KEY, Settings, WrongSetting, load_settings
from runtime.wiring import open_database
from web import build

PROJECT = Path(__file__).resolve().parents[2]
ISSUER = "https://login.example.org"


def production(home: Path, **environ: str) -> Settings:
    home.mkdir(exist_ok=True)
    kek = home.with_name(f"{home.name}.kek")
    kek.write_text(f"{new_line()}\n")
    given = {"NISS_HOME": str(home), "NISS_MODE": "production", "NISS_OIDC_ISSUER": ISSUER, "NISS_KEK_FILE": str(kek)}
    return load_settings({**given, **environ}, project=home)


@pytest.mark.parametrize("command", ["api", "serve"])
def test_no_start_without_an_issuer(command: str, tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("NISS_", "TEMPORAL_"))}
    done = subprocess.run(
        [sys.executable, "-m", "cli", command],
        cwd=PROJECT,
        env={**environ, "NISS_HOME": str(tmp_path), "NISS_MODE": "production"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("niss: NISS_OIDC_ISSUER: the embedded issuer is for development only")
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize("issuer", ["http://login.example.org", "http://10.0.0.7/"])
def test_no_start_on_an_issuer_whose_keys_could_be_anybodys(issuer: str, tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="NISS_OIDC_ISSUER: must be https"):
        production(tmp_path, NISS_OIDC_ISSUER=issuer).check_issuer()


@pytest.mark.parametrize("issuer", [ISSUER, "http://127.0.0.1:9000", "http://localhost:9000/realm"])
def test_an_issuer_of_ones_own(issuer: str, tmp_path: Path) -> None:
    production(tmp_path, NISS_OIDC_ISSUER=issuer).check_issuer()


def test_no_start_without_a_key_for_the_keys_of_requests(tmp_path: Path) -> None:
    environ = {"NISS_HOME": str(tmp_path), "NISS_MODE": "production", "NISS_OIDC_ISSUER": ISSUER}
    with pytest.raises(WrongSetting, match="NISS_KEK_FILE: is required in production"):
        build(load_settings(environ, project=tmp_path))


def test_no_start_on_a_data_folder_of_development(tmp_path: Path) -> None:
    DevelopmentIssuer(tmp_path)
    assert (tmp_path / DEVELOPMENT_KEY).is_file()
    with pytest.raises(WrongSetting, match=r"NISS_HOME: .* was used for development"):
        production(tmp_path).check_issuer()
    with pytest.raises(WrongSetting):
        build(production(tmp_path))


def test_development_has_an_issuer_of_its_own(tmp_path: Path) -> None:
    settings = load_settings({"NISS_HOME": str(tmp_path), "NISS_MODE": "development"}, project=tmp_path)
    settings.check_issuer()
    assert list(imprudences(settings)) == []


def test_what_one_would_regret_is_said(tmp_path: Path) -> None:
    said = "\n".join(line for line, _ in imprudences(production(tmp_path, NISS_NUMBER_SERIES="fictitious")))
    for name in ("NUMBER_SERIES", "SMTP_URL", "MAIL_FROM", "PUBLIC_URL", "DATABASE_URL"):
        assert f"NISS_{name}" in said
    prudent = production(
        tmp_path,
        NISS_SMTP_URL="smtps://mail.example.org",
        NISS_MAIL_FROM="desk@niss.be",
        NISS_PUBLIC_URL="https://niss.be",
        NISS_DATABASE_URL="postgresql://niss@db/niss",
        TEMPORAL_ADDRESS="temporal:7233",
    )
    assert list(imprudences(prudent)) == []


@pytest.fixture
def issuer() -> Iterator[tuple[str, ECKey]]:
    """An OpenID Connect issuer on a port of its own, and its signing key."""
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256", "kid": "theirs"}, private=True)

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            base = f"http://127.0.0.1:{server.server_port}"
            content: dict[str, Any] = {"keys": [key.as_dict(private=False)]}
            if self.path.endswith("/openid-configuration"):
                content = {"issuer": base, "jwks_uri": f"{base}/keys"}
            body = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", key
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


async def test_tokens_of_development_open_nothing(tmp_path: Path, issuer: tuple[str, ECKey]) -> None:
    url, key = issuer
    settings = production(tmp_path / "production", NISS_OIDC_ISSUER=url)
    engine = open_database(settings)
    schema.upgrade(engine)
    engine.dispose()
    development = DevelopmentIssuer(tmp_path / "development")
    claims = {"iss": url, "aud": "niss-desk", "sub": "alice@acme.example", "exp": time.time() + 60}
    own_key = ECKey.import_key(json.loads((tmp_path / "development" / DEVELOPMENT_KEY).read_text()))
    tokens = {
        "of development": development.issue_token("alice@acme.example", now=datetime.now(UTC)),
        "by the key of development": jwt.encode({"alg": "ES256", "kid": own_key.kid}, claims, own_key),
        "under the issuer's key id": jwt.encode({"alg": "ES256", "kid": "theirs"}, claims, own_key),
    }
    app = build(settings)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk") as client:
        for what, token in tokens.items():
            answer = await client.get("/v1/requests", headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == 401, what
        good = jwt.encode({"alg": "ES256", "kid": "theirs"}, claims, key)
        answer = await client.get("/v1/requests", headers={"Authorization": f"Bearer {good}"})
        assert answer.status_code == 403, "a valid token of somebody unknown: no demo people in production"
        for path in ("/.well-known/jwks.json", "/.well-known/openid-configuration", "/mailbox"):
            assert (await client.get(path)).status_code == 404
    app.state.house.tools.store.engine.dispose()
