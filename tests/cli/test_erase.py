"""`niss erase`: everything personal of one request goes, what happened stays."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from sqlmodel import select

from domain.niss import Niss
from domain.records import RecordKind, Transition
from store.recorder import Recorder
from store.tables import ConsultationRow, FactRow, HistoryRow, IdentificationRow, Request
from tests.api.desk import COENIG, Desk
from tests.cli.calling import niss, refused, said

PERSON = {**COENIG, "formerSurname": "Quendolar", "documentNumber": "QX99887766"}
PLANTED = (
    *("Coenig", "Reuter", "Quendolar", "QX99887766", "1983-05-24", "Aachen", "83452416311", "Am Markt"),
    *("Zolderkast 7", "requester@elsewhere.example", "Please look closer", "not our Coenig", "REF-4711"),
)
#: These remember who is who: not the request's. Who saw whom is remembered under pseudonyms.
KEPT = ("members", "companies", "mandates")


async def told(desk: Desk) -> str:
    """A request with everything that may be personal in it, closed with a number after an objection."""
    bob, dave = desk.as_("bob"), desk.as_("dave")
    request_id = await desk.filled(person={**PERSON, "birthPlace": "Zolderkast 7"}, reference="REF-4711")
    sent = await bob.post(f"/v1/requests/{request_id}/submission", json={"email": "requester@elsewhere.example"})
    assert sent.status_code == 202, sent.text
    recorder, now = Recorder(desk.tools.store), desk.tools.now()
    desk_ = f"/v1/desk/requests/{request_id}/ruling"
    assert recorder.record(Transition(request_id, "a", 4, RecordKind.IN_REVIEW, reason="ambiguous"), now).newer == []
    ask = {"kind": "requestInformation", "fields": ["birthPlace"], "reason": "other", "message": "Please look closer"}
    assert (await dave.post(desk_, json=ask)).status_code == 202
    desk.conclude(request_id)
    assert (await bob.put(f"/v1/requests/{request_id}/personalData", json=PERSON)).status_code == 200
    desk.conclude(request_id)
    objected = await bob.post(f"/v1/requests/{request_id}/objection", json={"message": "not our Coenig Reuter"})
    assert objected.status_code == 202, objected.text
    upheld = await dave.post(desk_, json={"kind": "identify", "ssin": "83452416311"})
    assert upheld.status_code == 202, upheld.text
    desk.conclude(request_id)
    assert (await bob.get(f"/v1/requests/{request_id}")).json()["ssin"] == "83452416311"
    return request_id


def found_in(home: Path, *, but: tuple[str, ...]) -> dict[str, list[str]]:
    """Planted words by the table they stand in; the register's tables and those named are left out."""
    found = {}
    with sqlite3.connect(home / "niss.db") as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in tables:
            content = repr(connection.execute(f'SELECT * FROM "{name}"').fetchall())  # noqa: S608 - its own names
            words = [word for word in PLANTED if word in content]
            if words and name not in but and not name.startswith("register"):
                found[name] = words
    return found


async def test_everything_personal_goes_and_what_happened_stays(desk: Desk) -> None:
    request_id = await told(desk)
    before = found_in(desk.home, but=KEPT)
    assert {"requests", "statements", "identifications", "rulings"} <= set(before)
    blobs = list((desk.home / "blobs" / "requests" / request_id).iterdir())
    assert blobs
    history, facts = counts(desk, request_id)
    assert said(niss(desk.home, "erase", request_id, "--yes")) == f"{request_id} erased, {len(blobs)} pages with it\n"

    assert found_in(desk.home, but=KEPT) == {}
    assert not any(path.exists() for path in blobs)
    assert counts(desk, request_id) == (history, facts)
    after = (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()
    assert (after["phase"], after["outcome"], after["employee"]) == ("closed", "identified", {})
    assert after["summary"] == "The personal data of this request have been erased"
    assert "ssin" not in after
    assert "address" not in after
    again = await desk.as_("bob").post(f"/v1/requests/{request_id}/objection", json={"message": "and now?"})
    assert again.status_code == 409
    assert said(niss(desk.home, "erase", request_id, "--yes", "--json")).strip() == json.dumps(
        {"id": request_id, "pages": 0, "withdrawn": False}
    )


async def test_it_is_noted_who_did_it_and_others_are_left_alone(desk: Desk) -> None:
    other, request_id = await told(desk), await told(desk)
    said(niss(desk.home, "erase", request_id, "--yes"))
    kept = (await desk.as_("bob").get(f"/v1/requests/{other}")).json()
    assert kept["ssin"] == "83452416311"
    assert kept["documents"]
    image = await desk.as_("bob").get(f"/v1/requests/{other}/documents/passport/pages/1")
    assert image.status_code == 200
    with desk.tools.store.reading() as session:
        noted = session.exec(select(ConsultationRow).where(ConsultationRow.what == "erasure")).one()
        assert (noted.request_ids, noted.role) == ([request_id], "ops")
        assert noted.person_id.startswith("console:")


async def test_mails_that_wait_are_not_sent_any_more(desk: Desk) -> None:
    request_id = await told(desk)
    said(niss(desk.home, "erase", request_id, "--yes"))
    shown = json.loads(said(niss(desk.home, "requests", "show", request_id, "--json")))
    assert {(mail["state"], mail["lastError"]) for mail in shown["mails"]} == {("undeliverable", "erased")}


async def test_an_open_request_only_by_force(desk: Desk) -> None:
    request_id = await desk.submitted(person=PERSON)
    line = refused(niss(desk.home, "erase", request_id, "--yes"))
    assert line == "the request is still open (identifying); --force withdraws it first"
    out = json.loads(said(niss(desk.home, "erase", request_id, "--yes", "--force", "--json")))
    assert out == {"id": request_id, "pages": 1, "withdrawn": True}
    assert found_in(desk.home, but=KEPT) == {}
    with desk.tools.store.reading() as session:
        row = session.get_one(Request, request_id)
        assert (row.phase, row.outcome) == ("closed", "withdrawn")
        last = session.exec(select(FactRow).where(FactRow.request_id == request_id)).all()[-1]
        assert (last.kind, last.by_id, last.delivered_at) == ("withdrawn", None, None)


async def test_an_answer_on_its_way_brings_nothing_back(desk: Desk) -> None:
    request_id = await desk.submitted(person=PERSON)
    said(niss(desk.home, "erase", request_id, "--yes", "--force"))
    person = desk.tools.register.person(Niss.parse("83.45.24-163.11"))
    assert person is not None
    recorder = Recorder(desk.tools.store)
    recorder.remember(request_id, "late", finding="identified", reason="sure", person=person, at=desk.tools.now())
    with desk.tools.store.reading() as session:
        kept = session.get_one(IdentificationRow, (request_id, "late"))
        assert (kept.finding, kept.answer) == ("identified", None)
    assert found_in(desk.home, but=KEPT) == {}


async def test_an_accepted_decision_comes_first(desk: Desk) -> None:
    request_id = await desk.in_review()
    ruling = {"kind": "reject", "reason": "other"}
    answer = await desk.as_("dave").post(f"/v1/desk/requests/{request_id}/ruling", json=ruling)
    assert answer.status_code == 202
    assert refused(niss(desk.home, "erase", request_id, "--yes", "--force")) == "An agent has decided already."


async def test_nothing_goes_without_a_yes(desk: Desk) -> None:
    request_id = await told(desk)
    line = refused(niss(desk.home, "erase", request_id, typed="y\n"))
    assert line == "nothing is erased without a yes: answer at a terminal, or give --yes"
    assert found_in(desk.home, but=KEPT)
    assert refused(niss(desk.home, "erase", "nothing", "--yes")) == "There is no such request."


async def test_a_blob_store_that_is_away_changes_nothing(desk: Desk) -> None:
    request_id = await told(desk)
    before = found_in(desk.home, but=KEPT)
    away = {"NISS_BLOB_URL": "s3://nowhere/x", "AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_ALLOW_HTTP": "true"}
    keys = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_REGION": "eu-west-1"}
    assert (
        refused(niss(desk.home, "erase", request_id, "--yes", **away, **keys)) == "The store of pages does not answer."
    )
    assert found_in(desk.home, but=KEPT) == before


def counts(desk: Desk, request_id: str) -> tuple[int, int]:
    with desk.tools.store.reading() as session:
        lines: Any = session.exec(select(HistoryRow.id).where(HistoryRow.request_id == request_id)).all()
        facts: Any = session.exec(select(FactRow.seq).where(FactRow.request_id == request_id)).all()
        return len(lines), len(facts)
