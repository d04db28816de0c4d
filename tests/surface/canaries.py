"""Another company's data, planted under words that nobody else writes: no answer to others may hold one.

Globex plants everything that it may: requests in several phases, a draft, a reference, addresses for mails, the name of
an uploaded file, an objection, a colleague, software.
"""

from __future__ import annotations

from tests.api.desk import UNKNOWN, Desk, image, page

DRAFT = "Kanarieontwerp"
PERSON = "Kanarieglobex"
REFERENCE = "Kanarie-ref-globex"
MAIL = "kanarie.post@globex.example"
MESSAGE = "Kanariebezwaar"
FILE = "Kanarie-scan-globex"
MEMBER = "Kanarielid"
MEMBER_MAIL = "kanarie.lid@globex.example"
SOFTWARE = "Kanariesoftware"
SOFTWARE_MAIL = "kanarie.it@globex.example"
EVERYTHING = (DRAFT, PERSON, REFERENCE, MAIL, MESSAGE, FILE, MEMBER, MEMBER_MAIL, SOFTWARE, SOFTWARE_MAIL)
#: What they may not be shown. The desk reads what was submitted; an auditor who looked, and the people of companies.
HIDDEN_FROM = {
    "agent": (DRAFT, FILE, MEMBER, MEMBER_MAIL, SOFTWARE, SOFTWARE_MAIL),
    "supervisor": (DRAFT, FILE, MEMBER, MEMBER_MAIL, SOFTWARE, SOFTWARE_MAIL),
    "auditor": (DRAFT, PERSON, REFERENCE, MAIL, MESSAGE, FILE, MEMBER_MAIL, SOFTWARE_MAIL),
}


async def plant(desk: Desk) -> dict[str, list[str]]:
    """Plant them; ids of Globex by path parameter, which everybody else tries too."""
    carol, gina = desk.as_("carol"), desk.as_("gina")
    person = {**UNKNOWN, "surname": PERSON}
    draft = await desk.filled("carol", {**UNKNOWN, "surname": DRAFT})
    requests = [draft, await _sent(desk, person), await _sent(desk, person)]
    named = {"pages": (f"{FILE}.png", image(), "image/png")}
    assert (await carol.put(f"/v1/requests/{draft}/documents/passport", files=named)).status_code == 200
    closed = requests[-1]
    await desk.ruled(closed, kind="createNumber")
    desk.conclude(closed)
    objected = await carol.post(f"/v1/requests/{closed}/objection", json={"message": MESSAGE})
    assert objected.status_code == 202, objected.text
    member = await gina.post("/v1/company/members", json={"email": MEMBER_MAIL, "name": MEMBER})
    assert member.status_code == 201, member.text
    client = await desk.client_of("gina", name=SOFTWARE, email=SOFTWARE_MAIL)
    told = (await carol.get("/v1/notifications")).json()["items"]
    shown = (await carol.get("/v1/requests?scope=company")).text + (await gina.get("/v1/company/members")).text
    shown += (await gina.get("/v1/company/clients")).text + (await carol.get(f"/v1/requests/{closed}")).text
    assert [word for word in EVERYTHING if word not in shown] == [FILE], "nobody is ever shown the name of a file"
    return {
        "path.request_id": requests,
        "path.member_id": [member.json()["id"]],
        "path.client_id": [client],
        "path.notification_id": [line["id"] for line in told],
    }


async def _sent(desk: Desk, person: dict[str, str]) -> str:
    """A request in review that says where mails go."""
    request_id = await desk.filled("carol", person, reference=REFERENCE)
    carol = desk.as_("carol")
    named = page()
    assert (await carol.put(f"/v1/requests/{request_id}/documents/identityCard", files=[named])).status_code == 200
    answer = await carol.post(f"/v1/requests/{request_id}/submission", json={"email": MAIL})
    assert answer.status_code == 202, answer.text
    desk.conclude(request_id)
    return request_id
