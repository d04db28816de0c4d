"""Why the desk's people look: nothing of a case outside their queue, and nobody of the register, without a reason."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from store.logbook import ConsultationRow
from tests.api.conftest import on_both
from tests.api.desk import Desk
from tests.portal.person import Person


def noted(desk: Desk, what: str) -> list[ConsultationRow]:
    with desk.tools.store.reading() as session:
        found = select(ConsultationRow).where(ConsultationRow.what == what).order_by(col(ConsultationRow.id))
        return list(session.exec(found))


@on_both
@pytest.mark.parametrize("who", ["dave", "sven"])
async def test_a_scan_of_a_case_outside_the_queue_asks_why_whatever_its_address(desk: Desk, who: str) -> None:
    request_id = await desk.identified()
    raw = (await (await desk.browser("bob")).get(f"/requests/{request_id}/documents/passport/1")).content
    before = len(noted(desk, "page"))
    person = Person(await desk.browser(who))
    for address in (f"/requests/{request_id}/documents/passport/1", f"/requests/{request_id}"):
        await person.goes(address)
        assert person.path == f"/desk/requests/{request_id}"
        assert "Why do you open this case?" in person.words
        assert "Reuter" not in person.text
    assert len(noted(desk, "page")) == before
    await person.fills(f"/desk/requests/{request_id}/open", reason="Asked by the embassy.")
    await person.goes(f"/requests/{request_id}/documents/passport/1")
    assert person.path == f"/desk/requests/{request_id}/documents/passport/pages/1"
    assert person.answer is not None
    assert person.answer.headers["content-type"] == "image/jpeg"
    assert person.answer.content != raw, "with who looks and when drawn across it"
    assert len(noted(desk, "page")) == before + 1
    assert [row.reason for row in noted(desk, "opening")] == ["Asked by the embassy."]


async def searched(person: Person, address: str, **typed: str) -> Person:
    """The search form of a page, sent with these fields."""
    await person.goes(address)
    form = next(one for one in person.read().forms if "surname" in one.fields)
    person.answer = await person.browser.post(address, data={**form.fields, **typed})
    return person


@on_both
async def test_a_search_that_belongs_to_no_case_asks_why_and_keeps_what_was_typed(desk: Desk) -> None:
    dave = await searched(Person(await desk.browser("dave")), "/desk/register", surname="Reuter", birthDate="1983")
    assert dave.status == 400
    assert "Write why you search" in dave.words
    assert 'value="Reuter"' in dave.text
    assert "Coenige" not in dave.text
    assert noted(desk, "registerSearch") == []
    await searched(dave, "/desk/register", surname="Reuter", birthDate="24 mei", reason="")
    assert {"reason-error", "birthDate-error"} <= set(dave.read().ids), "both mistakes at once"
    await searched(dave, "/desk/register", surname="Reuter", reason="A call from the embassy.")
    assert dave.status == 200
    assert "Coenige Reuter" in dave.words
    assert 'value="A call from the embassy."' in dave.text, "for the next search of the same"
    (row,) = noted(desk, "registerSearch")
    assert (row.reason, row.request_ids) == ("A call from the embassy.", [])
    assert row.people == [desk.tools.pseudonyms.of("83452416311")]


@on_both
async def test_a_search_for_a_case_is_noted_with_the_case(desk: Desk) -> None:
    request_id = await desk.in_review()
    somebody = {"surname": "Reuter", "birthDate": "1983-05-24", "givenNames": "", "birthPlace": "", "sex": ""}
    dave = Person(await desk.browser("dave"))
    await searched(dave, f"/desk/requests/{request_id}/search", **somebody)
    assert "Coenige Reuter" in dave.words
    (row,) = noted(desk, "registerSearch")
    assert (row.reason, row.request_ids) == (None, [request_id])
    assert row.people


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
async def test_a_reason_that_names_the_person_is_refused_and_kept_in_the_form(desk: Desk, language: str) -> None:
    request_id = await desk.identified()
    browser = await desk.browser("dave")
    browser.headers["Accept-Language"] = language
    dave = await Person(browser).goes(f"/desk/requests/{request_id}")
    for named in ("REÜTER phones", "Is it 83 45 24/163.11?"):
        await dave.fills(f"/desk/requests/{request_id}/open", reason=named)
        assert dave.status == 400
        assert f'value="{named}"' in dave.text
        assert dave.read().ids.count("reason-error") == 1
    assert noted(desk, "opening") == []
    await searched(dave, "/desk/register", surname="Reuter", reason="Who is Reuter?")
    assert dave.status == 400
    assert 'value="Who is Reuter?"' in dave.text
    assert noted(desk, "registerSearch") == []


async def test_an_auditor_names_nobody_either(desk: Desk) -> None:
    await desk.identified()
    ada = await Person(await desk.browser("ada")).goes("/audit")
    await ada.fills("/audit", ssin="83452416311", reason="Coenige asks")
    assert ada.status == 400
    assert "Write the reason without the person’s name" in ada.words
    assert ada.form("/audit").fields["reason"] == "Coenige asks"
    assert noted(desk, "consultations") == []


async def test_the_log_says_where_no_reason_was_stated(desk: Desk) -> None:
    await desk.as_("dave").post("/v1/desk/register/query", json={"surname": "Reuter"})
    ada = await Person(await desk.browser("ada")).goes("/audit")
    await ada.fills("/audit", reason="A sample.", what="registerSearch")
    assert "By the interface, without a stated reason" in ada.words
