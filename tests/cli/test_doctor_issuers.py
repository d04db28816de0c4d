"""`niss doctor` on the issuers whose tokens are believed: real ones, behind ports of their own."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from runtime.doctor import Finding, checks, examined
from tests.conftest import MakeSettings
from tests.portal.other_issuer import OtherIssuer, running


@pytest.fixture
async def issuer() -> AsyncIterator[OtherIssuer]:
    async with running(OtherIssuer({})) as there:
        yield there


async def told(make: MakeSettings, folder: Path, *entries: dict[str, Any], **environ: str) -> list[Finding]:
    if entries:
        (folder / "issuers.json").write_text(json.dumps(entries))
        environ["NISS_OIDC_ISSUERS"] = str(folder / "issuers.json")
    settings = make(**environ)
    return [one for name, check in checks(settings) if name == "issuer" for one in await examined(name, check)]


async def test_it_is_told_where_no_issuer_lets_the_services_own_people_in(
    issuer: OtherIssuer, make_settings: MakeSettings, tmp_path: Path
) -> None:
    entry = {"key": "a", "issuer": issuer.url, "clientId": "the-portal", "vouchesForStaff": False}
    environ = {"NISS_OIDC_ISSUER": issuer.url}
    *_, nobody = await told(make_settings, tmp_path, entry, **environ)
    assert (nobody.state, "no agent comes in" in nobody.says) == ("warning", True)
    for more in ({"vouchesForStaff": True}, {"vouchesForStaff": None, "staffRoles": {"desk": "agent"}}):
        assert [one.state for one in await told(make_settings, tmp_path, {**entry, **more}, **environ)] == ["ok"]


async def test_an_audience_that_id_tokens_have_too_is_told(
    issuer: OtherIssuer, make_settings: MakeSettings, tmp_path: Path
) -> None:
    (alike,) = await told(make_settings, tmp_path, NISS_OIDC_ISSUER=issuer.url)
    assert (alike.state, "NISS_OIDC_AUDIENCE" in alike.do) == ("warning", True)
    assert "the audience of calls is the portal's own name there, niss-desk" in alike.says
    (apart,) = await told(make_settings, tmp_path, NISS_OIDC_ISSUER=issuer.url, NISS_OIDC_CLIENT_ID="the-portal")
    assert (apart.state, apart.do) == ("ok", "")
    entry = {"key": "a", "issuer": issuer.url, "clientId": "the-portal"}
    (alike,) = await told(make_settings, tmp_path, {**entry, "audience": "the-portal"})
    assert (alike.state, "the-portal" in alike.says) == ("warning", True)
    (apart,) = await told(make_settings, tmp_path, entry)
    assert apart.state == "ok"
