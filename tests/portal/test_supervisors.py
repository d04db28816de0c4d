"""What a supervisor does at the desk: gives cases away, confirms, takes back, counts."""

from __future__ import annotations

from datetime import timedelta

from service import people
from tests.api.conftest import on_both
from tests.api.desk import LOGINS, Desk
from tests.portal.person import Person


@on_both
async def test_a_supervisor_gives_a_case_to_an_agent(desk: Desk) -> None:
    request_id = await desk.in_review()
    erin = people.caller_of(desk.tools, LOGINS["erin"]).person_id
    sven = Person(await desk.browser("sven"))
    await sven.goes(f"/desk/requests/{request_id}")
    await sven.follows("Give to somebody")
    form = next(one for one in sven.read().forms if one.method == "post" and not one.action)
    answer = await sven.browser.post(sven.path, data={**form.fields, "assignee": await desk.id_of("bob")})
    assert answer.status_code == 400
    assert "Choose an agent." in answer.text
    answer = await sven.browser.post(sven.path, data={**form.fields, "assignee": erin})
    assert answer.headers["location"] == f"/desk/requests/{request_id}"
    file = (await desk.as_("erin").get(f"/v1/desk/requests/{request_id}")).json()
    assert file["assignee"]["id"] == erin
    # It is somebody's now: whoever looks again says why.
    asked = await sven.browser.get(f"/desk/requests/{request_id}/assignment", follow_redirects=True)
    assert asked.status_code == 200


async def test_what_is_closed_is_given_to_nobody(desk: Desk) -> None:
    request_id = await desk.in_review()
    sven = Person(await desk.browser("sven"))
    await sven.goes(f"/desk/requests/{request_id}/assignment")
    form = next(one for one in sven.read().forms if one.method == "post" and not one.action)
    await desk.ruled(request_id, kind="reject", reason="notEligible")
    desk.conclude(request_id)
    erin = people.caller_of(desk.tools, LOGINS["erin"]).person_id
    answer = await sven.browser.post(sven.path, data={**form.fields, "assignee": erin})
    # What is closed is outside everybody's queue: its page asks for a reason first.
    assert (answer.status_code, answer.headers["location"]) == (303, f"/desk/requests/{request_id}")
    closed = (await desk.as_("dave").get(f"/v1/desk/requests/{request_id}")).json()
    assert closed.get("assignee", {}).get("id") != erin


async def test_statistics_are_counts_in_words(desk: Desk) -> None:
    await desk.in_review()
    sven = Person(await desk.browser("sven"))
    await sven.goes("/desk")
    await sven.follows("Statistics")
    assert "Cases that nobody has 1" in sven.words
    assert "At the desk 1" in sven.words
    assert "Nobody found 1" in sven.words
    assert "Tienpont" not in sven.text


async def test_a_supervisor_confirms_and_takes_the_confirmation_back(desk: Desk) -> None:
    desk.under(four_eyes="always", ruling_undo=timedelta(hours=1))
    request_id = await desk.in_review()
    await desk.ruled(request_id, kind="identify", ssin="83452416311")
    sven = Person(await desk.browser("sven"))
    await sven.goes(f"/desk/requests/{request_id}")
    assert "Send it back" in sven.words
    await sven.fills(f"/desk/requests/{request_id}/confirm")
    assert "Decided by Dave" in sven.words
    await sven.fills(f"/desk/requests/{request_id}/undo")
    assert "Decided by Dave" not in sven.words
    assert "ruling" not in (await desk.as_("dave").get(f"/v1/desk/requests/{request_id}")).json()


async def test_what_others_confirmed_is_not_a_supervisors_to_undo(desk: Desk) -> None:
    desk.under(four_eyes="always", ruling_undo=timedelta(hours=1))
    request_id = await desk.in_review()
    await desk.ruled(request_id, kind="identify", ssin="83452416311")
    confirmed = await desk.as_("erin").post(f"/v1/desk/requests/{request_id}/ruling/confirmation")
    assert confirmed.status_code == 202
    sven = Person(await desk.browser("sven"))
    await sven.goes(f"/desk/requests/{request_id}")
    await sven.fills(f"/desk/requests/{request_id}/open", reason="What became of it?")
    assert "Decided by Dave" in sven.words
    assert f"/desk/requests/{request_id}/undo" not in sven.text
