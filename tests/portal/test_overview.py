"""The front page: sentences, what is expected, filters, leafing, reading, and the table for spreadsheets."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import pytest
from sqlmodel import col, select

from portal.overview import disarmed
from store.tables import ConsultationRow
from tests.api.conftest import on_both
from tests.api.desk import COENIG, Desk
from tests.portal.person import Person

#: As the service's own page says it, and in the other languages.
IDENTIFIED = {
    "fr": "<strong>Coenig Reuter</strong> a été identifié comme Coenige Reuter avec le NISS "
    '<strong class="number">83.45.24-163.11</strong>',
    "nl": "<strong>Coenig Reuter</strong> is geïdentificeerd als Coenige Reuter met het INSZ "
    '<strong class="number">83.45.24-163.11</strong>',
    "en": "<strong>Coenig Reuter</strong> was identified as Coenige Reuter with the NISS "
    '<strong class="number">83.45.24-163.11</strong>',
}


async def person(desk: Desk, who: str = "bob") -> Person:
    return Person(await desk.browser(who))


@on_both
async def test_somebody_new_is_told_what_to_do(desk: Desk) -> None:
    bob = await person(desk)
    await bob.goes("/")
    assert "You have no requests yet" in bob.text
    await bob.follows("Request a Belgian identification number")
    assert bob.path == "/requests/new"


@pytest.mark.parametrize("language", IDENTIFIED)
async def test_the_history_says_what_the_services_own_page_says(desk: Desk, language: str) -> None:
    await desk.identified()
    bob = await (await person(desk)).goes("/", **{"Accept-Language": language})
    assert f'<html lang="{language}">' in bob.text
    assert IDENTIFIED[language] in bob.text


async def test_a_name_is_text_whatever_is_in_it(desk: Desk) -> None:
    await desk.submitted(person={**COENIG, "surname": "<script>alert(1)</script>", "givenNames": "{n} {x}"})
    bob = await (await person(desk)).goes("/")
    assert "<script>alert" not in bob.text
    assert "<strong>{n} {x} &lt;script&gt;alert(1)&lt;/script&gt;</strong>" in bob.text


async def test_what_is_expected_comes_first_with_deadline_and_reason(desk: Desk) -> None:
    request_id = await desk.asked(document=True, message="Page 1 is <blurred>.")
    bob = await (await person(desk)).goes("/")
    assert bob.text.index("Action expected – before") < bob.text.index("History of your requests")
    assert "« Page 1 is &lt;blurred&gt;. »" in bob.text
    await bob.follows("Upload the document")
    assert bob.path == f"/requests/{request_id}/documents"


async def test_notifications_are_counted_until_they_are_read(desk: Desk) -> None:
    first, second = await desk.identified(), await desk.in_review()
    bob = await (await person(desk)).goes("/")
    assert '<span class="badge">2</span>' in bob.text
    action = next(
        form.action for form in bob.read().forms if form.action.endswith("/read") and form.action.count("/") == 3
    )
    await bob.fills(action)
    assert '<span class="badge">1</span>' in bob.text
    await bob.fills("/notifications/read")
    assert "New notifications" not in bob.text
    assert first in bob.text
    assert second in bob.text


async def test_a_name_is_looked_for_and_stands_in_no_address(desk: Desk) -> None:
    await desk.identified()
    await desk.in_review()
    bob = await (await person(desk)).goes("/")
    await bob.fills("/filter", q="reut")
    assert bob.path == "/"
    assert "Coenig Reuter" in bob.text.split("History of")[1]
    assert "Tienpont" not in bob.text.split("History of")[1]
    await bob.goes("/?state=inProgress")
    assert "No request fits" in bob.text
    await bob.fills("/filter", q="")
    assert "Tienpont" in bob.text.split("History of")[1]
    carol = await (await person(desk, "carol")).goes("/")
    assert "Reuter" not in carol.text


async def test_states_and_requesters_are_chosen(desk: Desk) -> None:
    await desk.identified()
    await desk.in_review("bea")
    bob = await (await person(desk)).goes("/?scope=company")
    assert "Tienpont" in bob.text
    colleague = bob.text.split('id="requester"')[1].split("Bea")[0].rsplit('value="', 1)[1].split('"')[0]
    await bob.goes(f"/?scope=company&requester={colleague}")
    assert "Reuter" not in bob.text.split("History of")[1]
    for state, seen in (("numbered", "Reuter"), ("inProgress", "Tienpont")):
        shown = (await bob.goes(f"/?scope=company&state={state}")).text.split("History of")[1]
        assert seen in shown
        assert ("Reuter" in shown) != ("Tienpont" in shown)
    for nonsense in ("state=%00", "requester=" + quote("' OR 1"), "cursor=x", "sort=name", "period=x", "scope=all"):
        assert (await bob.goes(f"/?{nonsense}")).status == 200


async def test_a_long_history_is_leafed_through(desk: Desk) -> None:
    made = [await desk.opened() for _ in range(22)]
    bob = await (await person(desk)).goes("/")
    assert "20 of 22" in bob.words
    seen = {one for one in made if one in bob.text}
    await bob.follows("Next page")
    seen |= {one for one in made if one in bob.text}
    assert seen == set(made)
    await bob.follows("Back to the first page")
    assert bob.path == "/"


async def test_the_table_disarms_what_spreadsheets_would_run(desk: Desk) -> None:
    await desk.submitted(person={**COENIG, "surname": "=HYPERLINK(1)", "givenNames": "@x"})
    bob = await person(desk)
    answer = await bob.browser.get("/history.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][2:4] == ["'=HYPERLINK(1)", "'@x"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert disarmed("\t=1") == "'\t=1"


async def test_who_is_shown_the_history_is_noted(desk: Desk) -> None:
    request_id = await desk.identified()
    bob = await person(desk)
    for path in ("/", "/history.csv"):
        with desk.tools.store.reading() as session:
            before = len(session.exec(select(ConsultationRow)).all())
        await bob.goes(path)
        with desk.tools.store.reading() as session:
            rows = session.exec(select(ConsultationRow).order_by(col(ConsultationRow.id))).all()[before:]
        assert request_id in [one for row in rows if row.what == "requests" for one in row.request_ids]


@pytest.mark.parametrize(("who", "where"), [("dave", "/desk"), ("oscar", "/service")])
async def test_others_are_led_to_their_own_work(desk: Desk, who: str, where: str) -> None:
    browser = await desk.browser(who)
    answer = await browser.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, where)


async def test_the_language_is_the_one_that_was_chosen(desk: Desk) -> None:
    bob = await (await person(desk)).goes("/?scope=company")
    await bob.fills("/language", language="de")
    assert bob.path == "/?scope=company"
    assert '<html lang="de">' in bob.text
    assert bob.browser.cookies["language"] == "de"
