"""The four steps without JavaScript: nothing typed is lost, what is wrong is said beside it, sending counts once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.api.conftest import on_both
from tests.api.desk import Desk, image
from tests.portal.person import Person

PERSON = {
    "surname": "Reuter",
    "givenNames": "Coenig",
    "birthDate_day": "24",
    "birthDate_month": "5",
    "birthDate_year": "1983",
    "birthPlace": "Aachen",
}
ADDRESS = {
    "official__country": "DE",
    "official__street": "Jakobstraße",
    "official__houseNumber": "12",
    "official__postalCode": "52064",
    "official__municipality": "Aachen",
}


def scan(name: str = "pages", content: bytes | None = None, called: str = "scan.png") -> tuple[str, Any]:
    return name, (called, image() if content is None else content, "image/png")


@pytest.fixture
async def bob(desk: Desk) -> Person:
    return Person(await desk.browser("bob"))


async def begun(bob: Person) -> str:
    await bob.goes("/requests/new")
    await bob.fills("/requests/new")
    assert bob.path.endswith("/documents"), bob.path
    return bob.path.split("/")[2]


async def at_the_check(bob: Person, **person: str) -> str:
    request_id = await begun(bob)
    await bob.fills(f"/requests/{request_id}/documents", files=[scan()], kind="passport", button="on")
    assert "Step 2 of 4" in bob.words
    await bob.fills(f"/requests/{request_id}/personal-data", **{**PERSON, **person}, button="on")
    assert "Step 3 of 4" in bob.words
    await bob.fills(f"/requests/{request_id}/address", **ADDRESS, button="on")
    assert "Step 4 of 4" in bob.words
    return request_id


@on_both
async def test_from_the_first_page_to_the_number(desk: Desk, bob: Person) -> None:
    desk.conclude_while_waiting = True
    request_id = await at_the_check(bob)
    for said in ("Passport 1 page", "Reuter", "24/05/1983", "Jakobstraße 12", "Germany"):
        assert said in bob.words, said
    await bob.fills(f"/requests/{request_id}/check", button="on")
    assert bob.path == f"/requests/{request_id}/sent"
    assert '<p class="big-number" id="number">83.45.24-163.11</p>' in bob.text
    await bob.follows("See all data")
    assert "All data of Coenig Reuter" in bob.text
    assert "from the register" in bob.words
    await bob.goes("/")
    await bob.follows("See all data")
    assert bob.path == f"/requests/{request_id}"


async def test_sent_twice_counts_once(desk: Desk, bob: Person) -> None:
    request_id = await at_the_check(bob)
    form = bob.form(f"/requests/{request_id}/check")
    for _ in range(2):
        answer = await bob.browser.post(form.action, data=form.fields)
        assert answer.headers["location"] == f"/requests/{request_id}/sent"
    assert len([sent for sent in desk.sent if sent.fact.kind == "submitted"]) == 1
    await bob.goes(f"/requests/{request_id}/check")
    assert bob.path == f"/requests/{request_id}/sent"
    assert "We are looking for Coenig Reuter in the register…" in bob.words


async def test_begun_twice_is_one_draft(desk: Desk, bob: Person) -> None:
    await bob.goes("/requests/new")
    form = bob.form("/requests/new")
    places = {(await bob.browser.post(form.action, data=form.fields)).headers["location"] for _ in range(2)}
    assert len(places) == 1
    assert (await desk.as_("bob").get("/v1/requests")).json()["total"] == 1


async def test_fields_are_found_on_documents_of_the_main_countries(bob: Person) -> None:
    request_id = await begun(bob)
    await bob.goes(f"/requests/{request_id}/personal-data", **{"Accept-Language": "en"})
    assert "Poland Surname: Nazwisko Given names: Imiona Date of birth: Data urodzenia" in bob.words
    assert '<span lang="uk">Прізвище</span>' in bob.text
    await bob.goes(f"/requests/{request_id}/personal-data", **{"Accept-Language": "fr"})
    assert re.search(r"Pologne [^:]+: Nazwisko", bob.words)


async def test_what_was_typed_comes_back_with_what_is_wrong(bob: Person) -> None:
    request_id = await begun(bob)
    await bob.goes(f"/requests/{request_id}/personal-data")
    wrong = {**PERSON, "surname": " ", "birthDate_year": "2090", "givenNames": 'A"<b>'}
    await bob.fills(f"/requests/{request_id}/personal-data", **wrong, button="on")
    assert bob.status == 400
    assert "<title>Error: Personal data – niss-desk</title>" in bob.text
    reader = bob.read()
    for said, anchor in (
        ("Fill in the surname, as on the document.", "#surname"),
        ("The date of birth must be in the past.", "#birthDate-day"),
    ):
        assert (said, anchor) in reader.links
        assert anchor[1:] in reader.ids
    fields = bob.form(f"/requests/{request_id}/personal-data").fields
    assert (fields["givenNames"], fields["birthDate-year"], fields["birthPlace"]) == ('A"<b>', "2090", "Aachen")
    assert 'aria-invalid="true"' in bob.text


@pytest.mark.parametrize(
    ("day", "month", "year", "kept"),
    [("", "", "1980", "1980"), ("", "11", "1980", "1980-11"), ("7", "1", "1980", "1980-01-07")],
)
async def test_a_birth_date_may_be_incomplete(
    desk: Desk, bob: Person, day: str, month: str, year: str, kept: str
) -> None:
    request_id = await at_the_check(bob, birthDate_day=day, birthDate_month=month, birthDate_year=year)
    stated = (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()["employee"]
    assert stated["birthDate"] == kept
    await bob.goes(f"/requests/{request_id}/personal-data")
    fields = bob.form(f"/requests/{request_id}/personal-data").fields
    assert fields["birthDate-year"] == year
    assert (fields["birthDate-day"] or "0").lstrip("0") == day


@pytest.mark.parametrize(
    ("day", "month", "year", "said"),
    [
        ("7", "", "1980", "Write the date of birth in figures, for example 24 11 1953."),
        ("x", "1", "1980", "Write the date of birth in figures, for example 24 11 1953."),
        ("", "", "80", "Write the date of birth in figures, for example 24 11 1953."),
        ("1", "13", "1980", "Write the date of birth in figures, for example 24 11 1953."),
        ("31", "2", "1980", "This day does not exist: look at the day and the month."),
        ("29", "2", "1981", "This day does not exist: look at the day and the month."),
    ],
)
async def test_a_birth_date_that_is_none_is_explained(bob: Person, day: str, month: str, year: str, said: str) -> None:
    request_id = await begun(bob)
    await bob.goes(f"/requests/{request_id}/personal-data")
    changed = {"birthDate_day": day, "birthDate_month": month, "birthDate_year": year}
    await bob.fills(f"/requests/{request_id}/personal-data", **{**PERSON, **changed}, button="on")
    assert re.search(rf'<p class="error" id="birthDate-error">{said}', bob.text)
    assert 'href="#birthDate-day"' in bob.text
    assert bob.form(f"/requests/{request_id}/personal-data").fields["birthDate-day"] == day


async def test_good_pages_stay_where_others_are_no_good(desk: Desk, bob: Person) -> None:
    request_id = await begun(bob)
    files = [
        scan(called="front.png"),
        scan(content=b"GIF89a not read here", called="me.gif"),
        scan(content=b"", called="x.png"),
    ]
    await bob.fills(f"/requests/{request_id}/documents", files=files, kind="identityCard", button="on")
    assert bob.status == 400
    assert "me.gif: " in bob.text
    assert "Page 1, front" in bob.text
    document = (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()["documents"][0]
    assert [page["side"] for page in document["pages"]] == ["front"]


async def test_pages_are_added_moved_and_removed(desk: Desk, bob: Person) -> None:
    request_id = await begun(bob)
    place = f"/requests/{request_id}/documents"
    await bob.fills(place, files=[scan(), scan("backs")], kind="identityCard", button="add")
    assert "Page 2, back" in bob.text
    small = image(size=(300, 200))
    await bob.fills(place, files=[scan(content=small)], kind="identityCard", button="on")
    assert "Hard to read" in bob.text
    assert "The picture is too small to read." in bob.text
    await bob.fills(f"{place}/identityCard/3/up")
    sizes = [page["width"] for page in await pages(desk, request_id)]
    assert sizes == [300, 900, 900]
    await bob.fills(f"{place}/identityCard/3/remove")
    await bob.fills(f"{place}/identityCard/1/remove")
    assert [page["side"] for page in await pages(desk, request_id)] == ["front"]
    await bob.fills(f"{place}/identityCard/1/remove")
    assert "documents" not in (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()
    await bob.fills(place, files=[scan() for _ in range(5)], kind="passport", button="add")
    assert "has more than 4 pages" in bob.text


async def pages(desk: Desk, request_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()["documents"][0][
        "pages"
    ]
    return found


@pytest.mark.parametrize(
    ("sent", "said"), [({}, "Choose at least one page"), ({"files": [scan()]}, "Choose the kind of document.")]
)
async def test_what_a_document_lacks_is_said(bob: Person, sent: dict[str, Any], said: str) -> None:
    request_id = await begun(bob)
    form = bob.form(f"/requests/{request_id}/documents")
    data = {name: value for name, value in form.fields.items() if name != "kind"}
    bob.answer = await bob.browser.post(
        form.action, data={**data, "go": "on"}, files=sent.get("files") or [("pages", ("", b""))]
    )
    assert bob.status == 400
    assert said in bob.text


async def test_what_is_missing_is_named_with_the_way_to_it(bob: Person) -> None:
    request_id = await begun(bob)
    await bob.goes(f"/requests/{request_id}/check")
    await bob.fills(f"/requests/{request_id}/check", button="on")
    assert bob.status == 409
    assert ("Add a document.", f"/requests/{request_id}/documents") in bob.read().links
    await bob.goes(f"/requests/{request_id}")
    assert bob.words.count("To do") == 4


async def test_the_minimum_is_explained_where_it_bites(bob: Person) -> None:
    request_id = await at_the_check(bob, birthPlace="")
    await bob.follows("Change Official address")
    await bob.fills(f"/requests/{request_id}/address", official__country="BE", official__postalCode="9000", button="on")
    await bob.fills(f"/requests/{request_id}/check", button="on")
    assert bob.status == 409
    assert "A number needs a little more" in bob.text
    assert ("Fill in the place of birth.", f"/requests/{request_id}/personal-data#birthPlace") in bob.read().links
    assert ("Or fill in a contact address in Belgium.", f"/requests/{request_id}/address#contact") in bob.read().links


async def test_a_draft_is_left_and_found_again(bob: Person) -> None:
    request_id = await begun(bob)
    await bob.goes(f"/requests/{request_id}/personal-data")
    await bob.fills(f"/requests/{request_id}/personal-data", **PERSON, button="later")
    assert bob.path == "/"
    await bob.follows("Continue")
    assert bob.path == f"/requests/{request_id}"
    await bob.follows("Continue")
    assert bob.path == f"/requests/{request_id}/documents"
    await bob.goes(f"/requests/{request_id}/personal-data")
    assert bob.form(f"/requests/{request_id}/personal-data").fields["surname"] == "Reuter"


async def test_a_change_of_language_keeps_what_was_typed(bob: Person) -> None:
    request_id = await begun(bob)
    await bob.goes(f"/requests/{request_id}/personal-data")
    await bob.fills(f"/requests/{request_id}/personal-data", surname="Half typ", birthPlace="Gent", language="nl")
    assert '<html lang="nl">' in bob.text
    fields = bob.form(f"/requests/{request_id}/personal-data").fields
    assert (fields["surname"], fields["birthPlace"]) == ("Half typ", "Gent")
    await bob.goes("/")
    assert "Uw aanvragen" in bob.text


async def test_on_behalf_of_an_employer(desk: Desk) -> None:
    sam = Person(await desk.browser("sam"))
    await sam.goes("/requests/new")
    assert "For whom do you ask?" in sam.text
    await sam.fills("/requests/new", onBehalfOf="0999000129", reference="A-17")
    found = (await desk.as_("sam").get(sam.path.replace("/documents", "").replace("/requests", "/v1/requests"))).json()
    assert (found["company"]["enterpriseNumber"], found["reference"]) == ("0999000129", "A-17")
    await sam.goes("/requests/new")
    await sam.fills("/requests/new", onBehalfOf="0999001218")
    assert sam.status == 403


@on_both
async def test_the_round_of_a_new_document(desk: Desk, bob: Person) -> None:
    request_id = await desk.asked(document=True, fields=["birthPlace"], message="Page 1 is blurred.")
    await bob.goes(f"/requests/{request_id}")
    await bob.follows("Upload the document")
    assert "« Page 1 is blurred. »" in bob.text
    await bob.fills(f"/requests/{request_id}/documents", files=[scan()], kind="passport", button="on")
    assert bob.path == f"/requests/{request_id}/personal-data"
    await bob.fills(f"/requests/{request_id}/personal-data", birthPlace="Gent", button="on")
    assert bob.path == f"/requests/{request_id}"
    assert (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()["phase"] == "identifying"
    for part in ("documents", "personal-data", "address"):
        await bob.goes(f"/requests/{request_id}/{part}")
        assert bob.path == f"/requests/{request_id}"
