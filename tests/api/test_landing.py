"""Where the links of mails lead until the portal is here."""

from __future__ import annotations

from typing import Any

ID = "0b6f1c2e-1111-4222-8333-444455556666"


async def test_the_links_of_mails_lead_somewhere(desk: Any) -> None:
    answer = await desk.as_(None).get(f"/requests/{ID}")
    assert answer.status_code == 200
    assert f"/v1/requests/{ID}" in answer.text


async def test_a_link_that_is_none_of_ours(desk: Any) -> None:
    assert (await desk.as_(None).get("/requests/%3Cscript%3E")).status_code == 404
    assert (await desk.as_(None).get(f"/requests/{ID}?y=1")).status_code == 400
