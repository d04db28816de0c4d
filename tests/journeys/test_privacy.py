"""Nothing personal outside its place: planted values are looked for in Temporal's file, histories, logs and mails."""

import asyncio
import base64
import quopri
import re
import sqlite3
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from temporalio.client import Client

from demo.caller import Refused
from demo.post import text
from demo.running import until
from tests.journeys.service import LOUIS_NISS, Walk, scan, serving, stranger

pytestmark = [pytest.mark.journey, pytest.mark.engine]

#: Values that stand nowhere else in the world.
PLANTED = {
    "surname": "Zwyntrabqel",
    "givenNames": "Ōrxelíta",
    "birthPlace": "Vlorquemstadt",
    "birthDate": "1987-03-29",
    "documentNumber": "QX7719043ZK",
    "formerSurname": "Hjøkfenburg",
}
ADDRESS = {
    "official": {
        "street": "Grünzwiebelpfad",
        "houseNumber": "7193",
        "postalCode": "XK-90417",
        "municipality": "Oberquaxheim",
        "country": "DE",
    },
    "contact": {"street": "Rue Pluvinquette", "postalCode": "8888", "municipality": "Trazegniesville"},
}
EMAIL = "prive+zorblax@plurimaxx.example"
MESSAGE = "Geheimwoord kwispelbroem"
REFERENCE = "HR-Grubblefink-42"
NAME = (PLANTED["surname"], PLANTED["givenNames"])


def test_planted_values_stay_where_they_belong(tmp_path: Path) -> None:
    with serving(tmp_path) as walk:
        numbers = _a_long_story(walk)
        histories = asyncio.run(_histories(walk.service.temporal_target))
        mails = {
            name: text(mail) for name, mail in zip(walk.service.post.names(), walk.service.post.mails(), strict=True)
        }
        raw_mails = dict(walk.service.post.raw)
        run_file = (tmp_path / "run.json").read_bytes()
    planted = [
        *(value for name, value in PLANTED.items() if name != "birthDate"),
        *(value for part in ADDRESS.values() for value in part.values() if len(value) > 4),
        EMAIL,
        EMAIL.partition("@")[0],
        MESSAGE,
        REFERENCE,
        *numbers,
    ]
    dates = [PLANTED["birthDate"], "29/03/1987", "29.03.1987", "19870329", "870329"]
    places = {path.name: path.read_bytes() for path in sorted(tmp_path.glob("temporal.db*"))}
    assert "temporal.db" in places
    places |= {f"logs/{path.name}": path.read_bytes() for path in (tmp_path / "logs").iterdir()}
    places |= {"run.json": run_file, "histories": "\n".join(histories).encode()}
    assert len(histories) >= 4
    for where, content in places.items():
        assert hits(content, [*planted, *dates]) == [], where
    # The search finds what is there: an outcome, a summary.
    told = ["numberCreated", "Who is it?"]
    assert hits(places["temporal.db"] + places.get("temporal.db-wal", b""), told) == told
    assert hits(places["histories"], told) == told

    about = [name for name, words in mails.items() if PLANTED["surname"] in words]
    assert about
    for name, raw in raw_mails.items():
        head, _, body = raw.partition(b"\r\n\r\n")
        # Headers hold the recipient, who must be told; the body holds the employee's name.
        kept = re.sub(rb"(?mi)^To: .*(\r?\n[ \t].*)*", b"", head)
        assert hits(kept, [*planted, *dates]) == [], f"headers of {name}"
        rest = [value for value in planted if value not in NAME]
        assert hits(mails[name].encode(), [*rest, *dates]) == [], f"body of {name}"
        assert hits(body + quopri.decodestring(body), [*rest, *dates]) == [], f"body of {name}"


def _a_long_story(walk: Walk) -> list[str]:
    """Upload, state, refuse, send, ask, answer, create, reject, withdraw: with planted values; the numbers given."""
    bob, dave = walk.bob, walk.dave
    request_id = bob.opens(reference=REFERENCE)["id"]
    bob.uploads(request_id, "passport", [(f"{PLANTED['surname']}.png", scan(), "image/png")])
    bad_calls = [
        ("PUT", f"/v1/requests/{request_id}/personalData", {"json": {**PLANTED, "birthDate": "29/03/1987"}}),
        ("PUT", f"/v1/requests/{request_id}/personalData", {"json": {**PLANTED, "sex": PLANTED["surname"]}}),
        ("PUT", f"/v1/requests/{request_id}/address", {"json": {"official": {"street": PLANTED["birthPlace"]}}}),
        ("PUT", f"/v1/requests/{request_id}/personalData", {"content": f'{{"surname": "{PLANTED["surname"]}'}),
        ("POST", f"/v1/requests/{request_id}/submission", {"json": {"email": f"{EMAIL} {EMAIL}"}}),
    ]
    for method, path, given in bad_calls:
        with pytest.raises(Refused) as refused:
            bob.call(method, path, **given)  # type: ignore[arg-type]
        assert refused.value.status in (400, 409)
    bob.states(request_id, PLANTED)
    bob.locates(request_id, ADDRESS)
    bob.submits(request_id, email=EMAIL)
    walk.comes_to(request_id, "inReview")
    dave.rules(request_id, "requestInformation", fields=["birthPlace"], reason="incomplete", message=MESSAGE)
    walk.comes_to(request_id, "awaitingInformation")
    until(lambda: _mails(walk, request_id) >= 2, "mails were sent")
    former = walk.service.kill("worker")
    bob.states(request_id, {**PLANTED, "sex": "F"})
    walk.service.started_again("worker", former)
    until(lambda: walk.kinds(request_id).count("inReview") == 2, "back at the desk")
    walk.creates(request_id)
    given = walk.comes_to(request_id, "closed")

    rejected = bob.submits(walk.filled({**stranger(), "surname": PLANTED["surname"]}), email=EMAIL)["id"]
    walk.comes_to(rejected, "inReview")
    dave.rules(rejected, "reject", reason="other", message=MESSAGE)
    walk.comes_to(rejected, "closed")
    withdrawn = bob.submits(walk.filled({**stranger(), "surname": PLANTED["surname"]}))["id"]
    bob.withdraws(withdrawn)
    walk.comes_to(withdrawn, "closed")
    known = bob.submits(walk.filled({**PLANTED, "sex": "F"}), email=EMAIL)
    assert known["ssin"] == given["ssin"]
    for each, count in ((request_id, 4), (rejected, 2), (known["id"], 1)):
        until(lambda each=each, count=count: _mails(walk, each) >= count, "mails were sent")  # type: ignore[misc]
    return [given["ssin"], given["ssinFormatted"], LOUIS_NISS]


def _mails(walk: Walk, request_id: str) -> int:
    return sum(request_id in text(mail) for mail in walk.service.post.mails())


async def _histories(target: str) -> list[str]:
    """Every history as JSON, payloads decoded beside it, with the memo and the summaries."""
    client = await Client.connect(target)
    found = []
    async for execution in client.list_workflows():
        handle = client.get_workflow_handle(execution.id, run_id=execution.run_id)
        history = (await handle.fetch_history()).to_json()
        payloads = re.findall(r'"data":\s*"([A-Za-z0-9+/=]+)"', history)
        decoded = " ".join(base64.b64decode(payload).decode(errors="replace") for payload in payloads)
        found.append(f"{history}\n{decoded}\n{await execution.memo()}\n{execution.search_attributes}")
    return found


def hits(content: bytes, values: list[str]) -> list[str]:
    """The values that stand in the content, as they are or in one of the usual encodings."""
    return [value for value in values if any(form in content for form in _forms(value))]


def _forms(value: str) -> set[bytes]:
    """As text (UTF-8, UTF-16, JSON and HTML escapes, URL, quoted-printable) and inside base64 at any offset."""
    whole = value.encode()
    escaped = value.encode("ascii", "backslashreplace")
    quoted = "".join(char if ord(char) < 128 else "".join(f"={byte:02X}" for byte in char.encode()) for char in value)
    named = value.encode("ascii", "xmlcharrefreplace")
    texts = {whole, value.encode("utf-16-le"), escaped, quote(value).encode(), quote_plus(value).encode()}
    return texts | {quoted.encode(), named} | {_inside_base64(whole, offset) for offset in range(3)}


def _inside_base64(whole: bytes, offset: int) -> bytes:
    """The part of its base64 that is the same wherever the value stands `offset` bytes into a group of three."""
    encoded = base64.b64encode(b"\0" * offset + whole)
    first = (0, 2, 3)[offset]
    rest = (offset + len(whole)) % 3
    return encoded[first : len(encoded) - (0, 3, 2)[rest]]


def test_the_search_finds_what_is_hidden(tmp_path: Path) -> None:
    """The searcher on a file of its own: text, base64 at each offset, inside an SQLite file."""
    for offset in range(3):
        assert hits(base64.b64encode(b"x" * offset + "Ōrxelíta".encode() + b"yz"), ["Ōrxelíta"])
    with sqlite3.connect(tmp_path / "x.db") as database:
        database.execute("create table t (a)")
        database.execute("insert into t values (?)", ("before Zwyntrabqel after",))
    database.close()
    assert hits((tmp_path / "x.db").read_bytes(), ["Zwyntrabqel", "nobody"]) == ["Zwyntrabqel"]
