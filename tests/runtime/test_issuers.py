"""The issuers of the settings."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey, RSAKey

from access.issuers import IssuerTerms
from runtime.issuers import read_issuers
from runtime.settings import DEVELOPMENT_KEY, WrongSetting
from runtime.wiring import make_api_parts
from tests.conftest import MakeSettings

ONE = {"key": "csam", "issuer": "https://login.example/csam", "clientId": "portal"}


def read(make: MakeSettings, folder: Path, *entries: object, **environ: str) -> tuple[IssuerTerms, ...]:
    (folder / "issuers.json").write_text(json.dumps(entries))
    return read_issuers(make(NISS_OIDC_ISSUERS=str(folder / "issuers.json"), **environ))


def test_one_issuer_needs_two_settings_at_most(make_settings: MakeSettings, tmp_path: Path) -> None:
    assert read_issuers(make_settings()) == ()
    key = RSAKey.generate_key(2048)
    (tmp_path / "key.pem").write_bytes(key.as_pem(private=True))
    (only,) = read_issuers(
        make_settings(
            NISS_OIDC_ISSUER="https://login.example/",
            NISS_OIDC_AUDIENCE="desk",
            NISS_OIDC_CLIENT_KEY=str(tmp_path / "key.pem"),
            NISS_OIDC_ACR="urn:500 urn:600",
        )
    )
    assert (only.issuer, only.audience, only.client_id) == ("https://login.example", "desk", "desk")
    assert (only.acr, only.subject_is_login) == (("urn:500", "urn:600"), True)
    assert only.client_key is not None
    assert only.client_key.thumbprint() == key.thumbprint()


def test_several_issuers_stand_side_by_side(make_settings: MakeSettings, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    (tmp_path / "key.json").write_text(json.dumps(ECKey.generate_key("P-256").as_dict(private=True)))
    second = {
        "key": "itsme",
        "issuer": "https://idp.example",
        "label": "itsme",
        "clientId": "x",
        "clientKey": str(tmp_path / "key.json"),
        "claims": {"enterpriseNumber": "kbo", "emailVerified": "verified"},
        "staffRoles": {"Desk": "agent"},
    }
    first = {**ONE, "clientSecretFile": str(tmp_path / "secret")}
    found = read(make_settings, tmp_path, first, second, NISS_OIDC_ISSUER="https://login.example/main")
    assert [terms.key for terms in found] == ["main", "csam", "itsme"]
    assert found[1].client_secret == "s3cret"
    assert "s3cret" not in repr(found)
    assert found[2].claims.enterprise_number == "kbo"
    assert found[2].staff_roles == {"Desk": "agent"}
    assert not found[2].subject_is_login
    again = read(make_settings, tmp_path, first, NISS_OIDC_ISSUER="https://login.example/csam/")
    assert [terms.key for terms in again] == ["csam"], "the file says more of it"


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([{}], "[0].key: field required"),
        ([{**ONE, "secret": "x"}], "[0].secret: extra inputs"),
        ([{**ONE, "issuer": "http://login.example"}], "[0].issuer: must be an https address"),
        ([{**ONE, "key": "a/b"}], "[0].key: "),
        ([{**ONE, "scopes": ["email"]}], "[0].scopes: "),
        ([{**ONE, "staffRoles": {"x": "administrator"}}], "[0].staffRoles: "),
        ([{**ONE, "staffRoles": {"x": "king"}}], "[0].staffRoles: "),
        ([{**ONE, "staffRoles": {"x": "agent"}, "vouchesForStaff": False}], "[0].vouchesForStaff: "),
        ([{**ONE, "clientKey": "/nowhere"}], "[0].clientKey: /nowhere cannot be read"),
        ([{**ONE, "clientSecretFile": "/nowhere"}], "[0].clientSecretFile: /nowhere cannot be read"),
        ([ONE, {**ONE, "issuer": "https://other.example"}], "two issuers have the same key"),
        ([ONE, {**ONE, "key": "other"}], "two issuers have the same issuer"),
        (["x"], "[0]."),
    ],
)
def test_what_cannot_be_meant_stops_the_start(
    make_settings: MakeSettings, tmp_path: Path, entries: list[Any], said: str
) -> None:
    with pytest.raises(WrongSetting) as wrong:
        read(make_settings, tmp_path, *entries, NISS_MODE="production")
    assert str(wrong.value).startswith("NISS_OIDC_ISSUERS: ")
    assert said in str(wrong.value)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize("content", ["", "{}", "[", '"x"'])
def test_a_file_that_is_no_list_stops_the_start(make_settings: MakeSettings, tmp_path: Path, content: str) -> None:
    (tmp_path / "issuers.json").write_text(content)
    with pytest.raises(WrongSetting):
        read_issuers(make_settings(NISS_OIDC_ISSUERS=str(tmp_path / "issuers.json")))
    with pytest.raises(WrongSetting):
        read_issuers(make_settings(NISS_OIDC_ISSUERS=str(tmp_path / "nowhere.json")))


@pytest.mark.parametrize("kind", ["public", "P-384", "nonsense"])
def test_a_key_that_cannot_sign_stops_the_start(make_settings: MakeSettings, tmp_path: Path, kind: str) -> None:
    content = {
        "public": ECKey.generate_key("P-256").as_pem(private=False),
        "P-384": ECKey.generate_key("P-384").as_pem(private=True),
        "nonsense": b"{x",
    }[kind]
    (tmp_path / "key.pem").write_bytes(content)
    with pytest.raises(WrongSetting, match=r"NISS_OIDC_CLIENT_KEY: .* holds no private key"):
        read_issuers(
            make_settings(NISS_OIDC_ISSUER="https://x.example", NISS_OIDC_CLIENT_KEY=str(tmp_path / "key.pem"))
        )


def test_issuers_of_the_file_are_enough_for_production(make_settings: MakeSettings, tmp_path: Path) -> None:
    (tmp_path / "issuers.json").write_text(json.dumps([ONE]))
    settings = make_settings(NISS_MODE="production", NISS_OIDC_ISSUERS=str(tmp_path / "issuers.json"))
    settings.check_issuer()
    assert [terms.key for terms in read_issuers(settings)] == ["csam"]


def test_production_believes_no_key_of_its_own(make_settings: MakeSettings, tmp_path: Path) -> None:
    key = make_settings().home / "keys" / "kek"
    key.parent.mkdir()
    key.write_bytes(base64.b64encode(os.urandom(32)))
    (tmp_path / "issuers.json").write_text(json.dumps([ONE]))
    settings = make_settings(
        NISS_MODE="production", NISS_OIDC_ISSUERS=str(tmp_path / "issuers.json"), NISS_KEK_FILE=str(key)
    )
    for _ in range(2):  # it starts again, too
        parts = make_api_parts(settings)
        parts.tools.store.engine.dispose()
        assert parts.issuer is None
        assert not (settings.home / DEVELOPMENT_KEY).exists()


def test_staff_come_by_the_organisations_own_issuer_or_by_one_that_is_said_to_vouch(
    make_settings: MakeSettings, tmp_path: Path
) -> None:
    def vouching(*entries: object, **environ: str) -> list[str]:
        return [terms.key for terms in read(make_settings, tmp_path, *entries, **environ) if terms.vouches_for_staff]

    main, two = {"NISS_OIDC_ISSUER": "https://login.example/main"}, {**ONE, "key": "two", "issuer": "https://2.example"}
    assert vouching(**main) == ["main"]
    assert vouching(ONE, two, **main) == ["main"]
    assert vouching(ONE) == ["csam"], "the only one there is"
    assert vouching(ONE, two) == []
    assert vouching(ONE, {**two, "vouchesForStaff": True}) == ["two"]
    assert vouching(ONE, two, NISS_OIDC_ISSUER=ONE["issuer"] + "/") == ["csam"]
    assert vouching({**ONE, "vouchesForStaff": False}, two, NISS_OIDC_ISSUER=ONE["issuer"]) == []
