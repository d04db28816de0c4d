"""`niss audit`: the log verified and searched from the console."""

from __future__ import annotations

import json
from pathlib import Path

from runtime.heads import HeadsFile
from store import seals
from store.logbook import SealRow
from tests.api.desk import Desk
from tests.cli.calling import niss, refused, said
from tests.cli.test_erase import told
from tests.store.logbook import tamper

SSIN = "83.45.24-163.11"


def sealed(desk: Desk) -> None:
    """What the worker does."""
    store, made = desk.tools.store, list[SealRow]()
    while (seal := seals.seal_next(store, desk.tools.now())) is not None:
        made.append(seal)
    HeadsFile(desk.home / "audit" / "heads.jsonl").add(made)


async def test_the_log_is_verified(desk: Desk) -> None:
    await told(desk)
    sealed(desk)
    out = json.loads(said(niss(desk.home, "audit", "verify", "--json")))
    assert out["whole"]
    assert out["rows"] >= 10
    assert (out["seals"], out["headsOutside"], out["unsealed"]) == (1, 1, 0)
    assert f"{out['rows']} rows in 1 seals verified" in said(niss(desk.home, "audit", "verify"))

    tamper(desk.tools.store.engine, "UPDATE consultations SET person_id = 'nobody' WHERE id = 3")
    done = niss(desk.home, "audit", "verify", "--json")
    assert done.returncode == 1
    assert [one["kind"] for one in json.loads(done.stdout)["findings"]] == ["changed"]
    told_to = niss(desk.home, "audit", "verify").stderr
    assert f"niss: changed: 1 of {out['rows']} rows are not as they were sealed (rows 3)" in told_to
    assert "niss: the first wrong row is 3" in told_to
    assert json.loads(done.stdout)["firstWrong"] == 3


async def test_a_cut_end_is_seen_by_a_copy_of_the_heads(desk: Desk, tmp_path: Path) -> None:
    await told(desk)
    sealed(desk)
    heads = desk.home / "audit" / "heads.jsonl"
    copy = tmp_path / "copy.jsonl"
    copy.write_text(heads.read_text("ascii"), "ascii")
    heads.unlink()
    cut = ("DELETE FROM consultation_seals", "DELETE FROM consulted", "DELETE FROM consultations")
    tamper(desk.tools.store.engine, *cut)
    assert niss(desk.home, "audit", "verify").returncode == 0, "whoever reaches everything is not seen from here"
    done = niss(desk.home, "audit", "verify", "--heads", str(copy))
    assert done.returncode == 1
    assert "tailCut: seals 1 to 1 were noted outside" in done.stderr
    nowhere = niss(desk.home, "audit", "verify", "--heads", str(tmp_path / "none"))
    assert refused(nowhere) == "there is no such file of heads"


async def test_heads_that_are_gone_while_seals_are_there_are_a_finding(desk: Desk) -> None:
    await told(desk)
    sealed(desk)
    (desk.home / "audit" / "heads.jsonl").unlink()
    done = niss(desk.home, "audit", "verify", "--json")
    assert done.returncode == 1
    assert [one["kind"] for one in json.loads(done.stdout)["findings"]] == ["headsMissing"]
    assert not json.loads(done.stdout)["whole"]


async def test_whoever_has_seen_a_person_is_told_by_the_number_on_stdin(desk: Desk) -> None:
    request_id = await told(desk)
    (desk.home / "keys").mkdir(exist_ok=True)
    (desk.home / "keys" / "pseudonym.key").write_bytes(bytes(32))  # the one of this desk
    found = json.loads(said(niss(desk.home, "audit", "search", "--json", typed=f"{SSIN}\n")))
    assert {one["what"] for one in found["items"]} >= {"request", "file"}
    assert any(one["requests"] == [request_id] for one in found["items"])
    assert any(one["by"]["name"] == "Dave Mertens" and one["role"] == "agent" for one in found["items"])
    assert "83452416311" not in json.dumps(found)
    lines = said(niss(desk.home, "audit", "search", typed="83452416311\n")).splitlines()
    assert lines[0].split() == ["at", "by", "role", "company", "what", "requests", "fields", "reason", "trace"]
    assert len(lines) == found["total"] + 2, "and the search before"
    assert (
        refused(niss(desk.home, "audit", "search", typed="12345678901")) == "that is not a number with its check digits"
    )


async def test_nothing_is_old_enough_to_go(desk: Desk) -> None:
    await told(desk)
    sealed(desk)
    assert said(niss(desk.home, "audit", "expire")) == "0 consultations older than ten years deleted\n"
