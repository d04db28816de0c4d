"""The wired service sends invitations: an administrator invites, the worker mails by SMTP, the invited one comes in."""

from __future__ import annotations

import pytest

from demo.post import text
from demo.running import until
from tests.journeys.service import Walk
from tests.journeys.test_outages import paused

pytestmark = [pytest.mark.journey, pytest.mark.engine]
NORA = "nora.smets@acme.example"
MEMBERS = "/v1/company/members"


def test_who_is_invited_gets_one_mail_and_comes_in(walk: Walk) -> None:
    alice = walk.service.as_("alice@acme.example", language="nl")
    with paused(walk.service.pids["worker"]):
        invited = alice.call("POST", MEMBERS, json={"email": NORA, "name": "Nora Smets"})
        assert invited.status_code == 201
        assert walk.service.post.about(to=NORA, containing="Acme NV") == [], "no worker, no mail"
    until(lambda: walk.service.post.about(to=NORA, containing="Acme NV"), "the invitation arrives")
    # The next mail goes out by the same worker, later: a second invitation would have been there before it.
    second = "piet@acme.example"
    assert alice.call("POST", MEMBERS, json={"email": second}).status_code == 201
    until(lambda: walk.service.post.about(to=second, containing="Acme NV"), "another invitation arrives")
    (mail,) = walk.service.post.about(to=NORA, containing="Acme NV")
    assert walk.service.base in text(mail)
    assert "Nora" not in text(mail)
    assert "Alice" not in mail.as_string()
    assert mail["Content-Language"] == "nl"
    came = walk.service.as_(NORA)
    assert came.call("GET", "/v1/company").json()["name"] == "Acme NV"
    member = came.call("GET", f"{MEMBERS}/{invited.json()['id']}").json()
    assert (member["email"], member["state"]) == (NORA, "active")
