"""`niss requests`: where requests stand, without anything personal."""

import json
import re

from tests.api.desk import COENIG, UNKNOWN, Desk
from tests.cli.calling import niss, refused, said

PERSONAL = (*COENIG.values(), *UNKNOWN.values(), "Markt", "bob@acme.example", "Bob", "83452416311", "REF-77")


async def some(desk: Desk) -> dict[str, str]:
    closed = await desk.submitted(reference="REF-77")
    desk.conclude(closed)
    return {"draft": await desk.opened(), "closed": closed, "in review": await desk.in_review()}


async def test_the_list_and_one_of_it(desk: Desk) -> None:
    made = await some(desk)
    out = json.loads(said(niss(desk.home, "requests", "list", "--json")))
    assert out["total"] == 3
    assert [one["id"] for one in out["items"]] == [made["in review"], made["draft"], made["closed"]]
    closed = out["items"][2]
    assert (closed["phase"], closed["outcome"], closed["company"]) == ("closed", "identified", "0999000129")
    assert closed["mails"] == {"pending": 1}
    assert closed["factsWaiting"] == 4, "nobody signals in this test"
    shown = json.loads(said(niss(desk.home, "requests", "show", made["closed"], "--json")))
    assert shown["workflowId"] == f"request-{made['closed']}"
    assert [fact["kind"] for fact in shown["facts"]] == [
        "documentUploaded",
        "personalDataStated",
        "addressStated",
        "submitted",
    ]
    assert [line["kind"] for line in shown["history"]][-1] == "identified"
    assert shown["mails"][0] == {
        "notice": "numberReady",
        "state": "pending",
        "at": shown["mails"][0]["at"],
        "attempts": 0,
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", shown["createdAt"])


async def test_filters(desk: Desk) -> None:
    made = await some(desk)

    def ids(*args: str) -> set[str]:
        return {one["id"] for one in json.loads(said(niss(desk.home, "requests", "list", *args, "--json")))["items"]}

    assert ids("--phase", "inReview") == {made["in review"]}
    assert ids("--outcome", "identified") == {made["closed"]}
    assert ids("--waiting") == {made["closed"], made["in review"]}
    table = said(niss(desk.home, "requests", "list", "--limit", "1"))
    assert table.splitlines()[-1] == "1 of 3; --limit shows more"


async def test_nothing_in_it_is_personal(desk: Desk) -> None:
    made = await some(desk)
    outputs = [said(niss(desk.home, "requests", "list"))]
    outputs += [said(niss(desk.home, "requests", "show", request_id)) for request_id in made.values()]
    outputs += [said(niss(desk.home, "requests", "show", made["in review"], "--json"))]
    words = {word for word in PERSONAL if len(word) > 2}
    assert [word for word in words if any(word in out for out in outputs)] == []


async def test_what_is_not_there(desk: Desk) -> None:
    assert refused(niss(desk.home, "requests", "show", "nothing")) == "There is no such request."
    wrong = niss(desk.home, "requests", "list", "--phase", "asleep")
    assert wrong.returncode == 2
    assert "collecting" in wrong.stderr
