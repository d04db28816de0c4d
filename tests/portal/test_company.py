"""The company page: everybody reads it, the main access administrator changes it."""

from __future__ import annotations

from tests.api.conftest import on_both
from tests.api.desk import Desk
from tests.portal.person import Person


@on_both
async def test_the_administrator_invites_changes_and_removes(desk: Desk) -> None:
    alice = Person(await desk.browser("alice"))
    await alice.goes("/company")
    await alice.fills("/company/members", email="no address", role="requester")
    assert alice.status == 400
    assert "Write an e-mail address" in alice.text
    assert alice.form("/company/members").fields["email"] == "no address"
    await alice.fills("/company/members", email="new@acme.example", name="Nell New", role="requester")
    assert "Nell New" in alice.text
    assert "invited" in alice.text
    await alice.fills("/company/members", email="new@acme.example", role="requester")
    assert "This person is in a company already." in alice.text
    await alice.goes("/company")
    await alice.follows("Change Nell New")
    member = alice.path
    await alice.fills(f"{member}/role", role="administrator")
    assert alice.text.count("Main access administrator</td>") == 2
    await alice.goes(member)
    await alice.fills(f"{member}/remove")
    assert "Nell New" not in alice.text


async def test_a_company_keeps_one_administrator(desk: Desk) -> None:
    alice = Person(await desk.browser("alice"))
    await alice.goes("/company")
    await alice.follows("Change Alice")
    member = alice.path
    for action, values in (("role", {"role": "requester"}), ("remove", {})):
        await alice.goes(member)
        await alice.fills(f"{member}/{action}", **values)
        assert alice.status == 409
        assert "A company keeps one administrator." in alice.text


@on_both
async def test_a_mandate_is_given_and_ended(desk: Desk) -> None:
    alice = Person(await desk.browser("alice"))
    await alice.goes("/company")
    await alice.fills("/company/mandates", enterpriseNumber="0999001219")
    assert alice.status == 400
    assert alice.form("/company/mandates").fields["enterpriseNumber"] == "0999001219"
    until = {"until_day": "31", "until_month": "12", "until_year": "2040"}
    await alice.fills("/company/mandates", enterpriseNumber="0999.001.218", **until)
    assert "Globex" in alice.text
    assert "31/12/2040" in alice.text
    await alice.follows("End Globex")
    await alice.fills(f"{alice.path}/end")
    assert "Globex" not in alice.text


async def test_others_read_and_change_nothing(desk: Desk) -> None:
    bob = Person(await desk.browser("bob"))
    await bob.goes("/company")
    assert "Only the main access administrator of your company changes something here." in bob.text
    assert "alice@acme.example" in bob.text
    assert [form.action for form in bob.read().forms if form.action.startswith("/company")] == []
    token = bob.form("/sign-out").fields
    for path in ("/company/members", "/company/mandates"):
        answer = await bob.browser.post(
            path, data={**token, "email": "x@acme.example", "enterpriseNumber": "0999001218"}
        )
        assert answer.status_code == 403
    carol = await desk.id_of("carol")
    alice = await desk.browser("alice")
    assert (await alice.get(f"/company/members/{carol}")).status_code == 404
    assert (await alice.get("/company/mandates/none")).status_code == 404
    sam = await desk.browser("sam")
    assert "You ask in its name" in (await sam.get("/company")).text
