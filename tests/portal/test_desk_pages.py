"""The agents' pages, without a script: who may open them, what is noted, and every decision in forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.routing import APIRoute
from sqlmodel import col, select

from portal.desk import by_hand, case, decisions, queue
from store.logbook import ConsultationRow
from tests.api.conftest import on_both
from tests.api.desk import COENIG, Desk
from tests.portal.desk_tour import MARIA, TWIN
from tests.portal.person import Form, Person
from tests.portal.test_every_page import counted

CASE = "/desk/requests/{request_id}"
NOWHERE = "0b8a0c6e-0000-4000-8000-000000000000"
#: What is opened, and as what it is noted.
READ = {
    "/desk": "queue",
    "/desk/day": "day",
    "/desk/register": None,
    CASE: "file",
    f"{CASE}/documents/{{kind}}/pages/{{number}}": "page",
    f"{CASE}/create": "file",
    f"{CASE}/ask": "request",
    f"{CASE}/reject": "request",
    f"{CASE}/search": "request",
}
SENT = {
    "/desk/next",
    "/desk/register",
    *(
        f"{CASE}/{verb}"
        for verb in (
            "claim", "open", "release", "identify", "create", "ask", "preview", "reject", "confirm", "undo", "search",
        )
    ),
}  # fmt: skip
#: Statements a page may take, whatever is in the tables; the case is a file, its history and the register's answer.
AT_MOST = 44
KILOBYTES = 150


def routes() -> Iterator[tuple[str, str]]:
    for router in (queue.router, by_hand.router, case.router, decisions.router):
        for route in router.routes:
            assert isinstance(route, APIRoute)
            yield from ((method, route.path) for method in route.methods or ())


async def agent(desk: Desk, who: str = "dave") -> Person:
    return Person(await desk.browser(who))


def the_form(person: Person) -> Form:
    """What the page is there for: the last form that is sent."""
    return [form for form in person.read().forms if form.method == "post" and "form_token" in form.fields][-1]


async def a_case(desk: Desk, path: str = CASE) -> str:
    return path.format(request_id=await desk.in_review(), kind="passport", number="1")


def noted(desk: Desk) -> list[str]:
    with desk.tools.store.reading() as session:
        return [row.what for row in session.exec(select(ConsultationRow).order_by(col(ConsultationRow.id)))]


def test_no_route_is_forgotten() -> None:
    found = set(routes())
    assert {path for method, path in found if method == "GET"} == set(READ)
    assert {path for method, path in found if method == "POST"} == SENT
    assert {method for method, _ in found} == {"GET", "POST"}


@pytest.mark.parametrize("path", READ)
async def test_a_page_is_there_is_noted_and_asks_little(desk: Desk, path: str) -> None:
    url = await a_case(desk, path)
    browser = await desk.browser("dave")
    before = len(noted(desk))
    with counted(desk) as statements:
        answer = await browser.get(url)
    assert answer.status_code == 200, answer.text
    assert READ[path] in [None, *noted(desk)[before:]]
    assert len(statements) <= AT_MOST, statements
    assert "no-store" in answer.headers["cache-control"]
    if answer.headers["content-type"].startswith("text/html"):
        weight = len(answer.content)
        for file in set(answer.text.split('"/static/')[1:]):
            weight += len((await browser.get("/static/" + file.split('"')[0])).content)
        assert weight < KILOBYTES * 1000
        assert "style=" not in answer.text
        assert " onclick" not in answer.text


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize(("who", "status"), [("bob", 403), ("oscar", 403), (None, 303)])
async def test_the_desk_is_for_agents(desk: Desk, path: str, who: str | None, status: int) -> None:
    url = await a_case(desk, path)
    assert (await (await desk.browser(who)).get(url)).status_code == status


@pytest.mark.parametrize("path", sorted(SENT))
async def test_nothing_is_sent_from_elsewhere_or_by_somebody_else(desk: Desk, path: str) -> None:
    url = await a_case(desk, path)
    facts = len(desk.sent)
    for who in ("dave", "bob"):
        browser = await desk.browser(who)
        assert (await browser.post(url, data={"form_token": "x"})).status_code == 403
    assert len(desk.sent) == facts


@pytest.mark.parametrize("path", [path for path in READ if "{request_id}" in path])
async def test_what_is_not_there_is_a_page(desk: Desk, path: str) -> None:
    answer = await (await desk.browser("dave")).get(path.format(request_id=NOWHERE, kind="passport", number="1"))
    assert answer.status_code == 404


@on_both
async def test_an_empty_queue_says_so_and_a_full_one_leads_to_the_next_case(desk: Desk) -> None:
    dave = await agent(desk)
    await dave.goes("/desk")
    assert "The queue is empty" in dave.text
    request_id = await desk.in_review()
    await dave.goes("/desk")
    assert "The queue is empty" not in dave.text
    await dave.fills("/desk/next")
    assert dave.path == f"/desk/requests/{request_id}"
    assert "Yours until" in dave.words
    await dave.fills("/desk/next")
    assert dave.path == "/desk?done=1"
    assert "There is no case left that is free." in dave.text


async def test_the_case_of_another_agent_can_be_read_and_not_decided(desk: Desk) -> None:
    request_id = await desk.in_review()
    dave, erin = await agent(desk), await agent(desk, "erin")
    await dave.goes(f"/desk/requests/{request_id}")
    await dave.fills(f"/desk/requests/{request_id}/claim")
    await erin.goes(f"/desk/requests/{request_id}")
    assert "Why do you open this case?" in erin.words
    assert "Reuter" not in erin.text
    await erin.fills(f"/desk/requests/{request_id}/open")
    assert erin.status == 400
    await erin.fills(f"/desk/requests/{request_id}/open", reason="Dave is ill")
    assert "held by Dave" in erin.words
    with desk.tools.store.reading() as session:
        reasons = [row.reason for row in session.exec(select(ConsultationRow).where(ConsultationRow.what == "opening"))]
    assert "Dave is ill" in reasons
    assert f"/desk/requests/{request_id}/reject" not in erin.text
    late = await erin.browser.post(
        f"/desk/requests/{request_id}/reject",
        data={"form_token": erin.form("/desk/next").fields["form_token"], "reason": "other"},
    )
    assert late.status_code == 409
    assert "Another agent holds this request." in late.text
    await dave.fills(f"/desk/requests/{request_id}/release")
    assert dave.path == "/desk"


async def test_a_script_is_told_until_when_the_lease_holds(desk: Desk) -> None:
    request_id = await desk.in_review()
    dave = await (await agent(desk)).goes(f"/desk/requests/{request_id}")
    token = dave.form("/desk/next").fields["form_token"]
    answer = await dave.browser.post(
        f"/desk/requests/{request_id}/claim", data={"form_token": token}, headers={"Accept": "application/json"}
    )
    assert re.fullmatch(r"\d\d:\d\d", answer.json()["heldUntil"])


async def test_fields_lie_side_by_side_with_differing_letters_marked(desk: Desk) -> None:
    desk.tools.register.add([TWIN])  # type: ignore[attr-defined]
    request_id = await desk.in_review(person=MARIA)
    dave = await (await agent(desk)).goes(f"/desk/requests/{request_id}")
    assert "Mari<mark>e</mark>" in dave.text
    assert "91.71.03-012.75" in dave.text
    assert "?ssin" not in dave.text


async def test_identify_undo_and_identify_again(desk: Desk) -> None:
    desk.under(ruling_undo=timedelta(seconds=30))
    request_id = await desk.in_review()
    await _search(desk, request_id, surname="Reuter", birthDate="1983-05-24")
    dave = await _search(desk, request_id, surname="Reuter", birthDate="1983-05-24")
    await dave.fills(f"/desk/requests/{request_id}/identify")
    assert dave.path == f"/desk/requests/{request_id}"
    assert "Decided by Dave" in dave.words
    await dave.fills(f"/desk/requests/{request_id}/undo")
    assert "Decided by" not in dave.words
    await dave.goes("/desk/day")
    assert "undone" in dave.words


async def _search(desk: Desk, request_id: str, **fields: str) -> Person:
    dave = await (await agent(desk)).goes(f"/desk/requests/{request_id}/search")
    form = the_form(dave)
    dave.answer = await dave.browser.post(f"/desk/requests/{request_id}/search", data={**form.fields, **fields})
    assert dave.status == 200
    return dave


async def test_a_number_is_created_once_every_look_alike_is_ruled_out(desk: Desk) -> None:
    desk.under(four_eyes="never")
    desk.tools.register.add([TWIN])  # type: ignore[attr-defined]
    request_id = await desk.in_review(person=MARIA)
    url = f"/desk/requests/{request_id}/create"
    dave = await (await agent(desk)).goes(url)
    assert "Tick each one who is somebody else" in dave.words
    fields = the_form(dave).fields
    dave.answer = await dave.browser.post(url, data=fields)
    assert dave.status == 409
    assert "Error:" in dave.text
    assert 'href="#others"' in dave.text
    dave.answer = await dave.browser.post(
        url, data={**fields, "differentFrom": TWIN.ssin.digits}, follow_redirects=True
    )
    assert dave.path == f"/desk/requests/{request_id}"
    assert desk.sent[-1].fact.ruling.value == "createNumber"  # type: ignore[union-attr]


async def test_without_the_minimum_no_number_can_be_created(desk: Desk) -> None:
    request_id = await desk.in_review(person={"surname": "Tienpont", "birthDate": "1991"})
    dave = await (await agent(desk)).goes(f"/desk/requests/{request_id}/create")
    assert "A name and a birth date are needed" in dave.words


async def test_a_question_keeps_what_was_entered_and_shows_its_mail(desk: Desk) -> None:
    request_id = await desk.in_review()
    url = f"/desk/requests/{request_id}/ask"
    dave = await (await agent(desk)).goes(url)
    fields = the_form(dave).fields
    dave.answer = await dave.browser.post(url, data={**fields, "message": "Page 1 <is> dark."})
    assert dave.status == 400
    assert "Page 1 &lt;is&gt; dark." in dave.text
    assert 'href="#reason"' in dave.text
    shown = {**fields, "document": "yes", "fields": ["birthPlace"], "reason": "unreadable"}
    dave.answer = await dave.browser.post(url, data={**shown, "preview": "1"})
    assert dave.status == 200
    assert 'value="birthPlace" checked' in dave.text
    mail = re.search(r'<pre id="preview" lang="(\w\w)"[^>]*>([^<]+)</pre>', dave.text)
    assert mail is not None
    assert COENIG["surname"] in mail[2] or "Tienpont" in mail[2]
    plain = await dave.browser.post(f"/desk/requests/{request_id}/preview", data=shown)
    assert plain.headers["content-type"].startswith("text/plain")
    assert plain.text.split() == mail[2].replace("&#39;", "'").split()
    dave.answer = await dave.browser.post(url, data=shown, follow_redirects=True)
    assert dave.path == f"/desk/requests/{request_id}"
    assert desk.sent[-1].fact.ruling.value == "requestInformation"  # type: ignore[union-attr]


async def test_a_form_sent_twice_counts_once(desk: Desk) -> None:
    desk.under(ruling_undo=timedelta(seconds=30))
    request_id = await desk.in_review()
    url = f"/desk/requests/{request_id}/reject"
    dave = await (await agent(desk)).goes(url)
    sent = {**the_form(dave).fields, "reason": "notIdentifiable"}
    first = await dave.browser.post(url, data=sent)
    second = await dave.browser.post(url, data=sent)
    assert (first.status_code, second.status_code) == (303, 303)


async def test_a_second_agent_confirms_and_never_the_same_one(desk: Desk) -> None:
    desk.under(four_eyes="always", ruling_undo=timedelta(seconds=30))
    request_id = await desk.in_review()
    dave = await _search(desk, request_id, surname="Reuter", birthDate="1983-05-24")
    await dave.fills(f"/desk/requests/{request_id}/identify")
    assert "A second agent must confirm it" in dave.words
    assert f"/desk/requests/{request_id}/confirm" not in dave.text
    erin = await (await agent(desk, "erin")).goes("/desk?show=toConfirm")
    await erin.goes(f"/desk/requests/{request_id}")
    await erin.fills(f"/desk/requests/{request_id}/confirm")
    assert "Decided by Dave" in erin.words
    await erin.goes("/desk/day")
    assert "(confirmed by you)" in erin.words


async def test_a_search_keeps_its_fields_and_puts_nothing_into_the_address(desk: Desk) -> None:
    dave = await (await agent(desk)).goes("/desk/register")

    async def searches(**fields: str) -> None:
        typed = {**the_form(dave).fields, "reason": "A colleague asks.", **fields}
        dave.answer = await dave.browser.post("/desk/register", data=typed)

    await searches(surname="Reuter", birthDate="24 mei")
    assert dave.status == 400
    assert 'value="24 mei"' in dave.text
    await searches(birthDate="1983")
    assert dave.path == "/desk/register"
    assert "Coenige Reuter" in dave.words
    await searches(surname="Nobodyatall")
    assert "Nobody was found" in dave.words
