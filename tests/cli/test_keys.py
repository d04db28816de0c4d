"""`niss keys`, and what an erased request's key means for every copy of its pages."""

import json
import shutil
from pathlib import Path

import pytest

from documents.keyring import KeyRing
from tests.api.desk import Desk
from tests.cli.calling import niss, refused, said

#: How a page begins: a JPEG, a PNG.
PLAIN = (b"\xff\xd8\xff", b"\x89PNG")


def pages(home: Path) -> list[bytes]:
    return [path.read_bytes() for path in (home / "blobs").rglob("*") if path.is_file()]


def copied(home: Path, backup: Path, *names: str) -> None:
    for name in names:
        for path in home.glob(f"{name}*"):
            kept = backup / path.name
            if path.is_dir():
                shutil.copytree(path, kept, dirs_exist_ok=True)
            else:
                shutil.copy(path, kept)


async def test_an_erased_request_does_not_come_back_with_database_and_pages(desk: Desk, tmp_path: Path) -> None:
    """The main database and the pages are restored from a backup made before; the key store has its own."""
    request_id, other = await desk.submitted(), await desk.submitted()
    page, kept = (f"/v1/requests/{one}/documents/passport/pages/1" for one in (request_id, other))
    bob = desk.as_("bob")
    assert (await bob.get(page)).status_code == 200
    before = pages(desk.home)
    assert len(before) == 2
    assert not any(content.startswith(PLAIN) for content in before)
    backup = tmp_path / "backup"
    backup.mkdir()
    copied(desk.home, backup, "niss.db", "blobs")

    said(niss(desk.home, "erase", request_id, "--yes", "--force"))
    assert (await bob.get(page)).status_code == 404
    assert len(pages(desk.home)) == 1

    desk.tools.store.engine.dispose()
    for path in desk.home.glob("niss.db*"):
        path.unlink()
    copied(backup, desk.home, "niss.db", "blobs")
    assert sorted(pages(desk.home)) == sorted(before)
    # Its row is back, its page is there, and nobody can read it any more.
    assert (await bob.get(f"/v1/requests/{request_id}")).json()["documents"]
    answer = await bob.get(page)
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:problem-type:belgif:resourceNotFound")
    again = await bob.get(kept)
    assert again.status_code == 200
    assert again.content.startswith(PLAIN)
    finding = key_store(desk.home)
    assert finding["state"] == "warning"
    assert finding["says"] == f"1 erased requests came back, with a backup: {request_id}"
    said(niss(desk.home, "erase", request_id, "--yes", "--force"))
    assert key_store(desk.home)["state"] == "ok"


def key_store(home: Path) -> dict[str, str]:
    done = niss(home, "doctor", "--json")
    (found,) = [one for one in json.loads(done.stdout)["checks"] if one["name"] == "keyStore"]
    return dict(found)


async def test_a_key_store_or_a_key_that_was_lost(desk: Desk) -> None:
    request_id = await desk.submitted()
    page = f"/v1/requests/{request_id}/documents/passport/pages/1"
    assert key_store(desk.home)["says"].startswith("1 keys of requests")
    kek = desk.home / "keys" / "kek"
    right = kek.read_text()
    kek.write_text(said(niss(desk.home, "keys", "new")))
    assert "not in NISS_KEK_FILE" in key_store(desk.home)["says"]
    assert (await desk.as_("bob").get(page)).status_code == 200, "a service that runs has read its key before"
    kek.write_text(right)
    desk.tools.blobs.close()  # type: ignore[attr-defined]
    for path in desk.home.glob("keys.db*"):
        path.unlink()
    finding = key_store(desk.home)
    assert (finding["state"], finding["says"]) == ("wrong", "1 requests have pages and no key")
    answer = await desk.as_("bob").get(page)
    assert answer.status_code == 503, answer.text


async def test_a_new_key_beside_the_service(desk: Desk) -> None:
    await desk.submitted()
    kek = desk.home / "keys" / "kek"
    old = kek.read_text()
    kek.write_text(said(niss(desk.home, "keys", "new")) + old)
    assert "niss keys rewrap" in key_store(desk.home)["do"]
    by = KeyRing.read(kek).current
    assert json.loads(said(niss(desk.home, "keys", "rewrap", "--json"))) == {"rewrapped": 1, "by": by}
    assert said(niss(desk.home, "keys", "rewrap")) == f"0 keys of requests encrypted anew, by {by}\n"
    kek.write_text(kek.read_text().splitlines()[0] + "\n")
    assert key_store(desk.home)["state"] == "ok"


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"NISS_MODE": "production"}, "NISS_KEK_FILE: is required in production"),
        ({"NISS_KEK_FILE": "/nowhere/kek"}, "NISS_KEK_FILE: /nowhere/kek cannot be read: No such file or directory"),
        ({"NISS_KEK_FILE": "kek"}, "NISS_KEK_FILE: must be an absolute path"),
        ({"NISS_KEYSTORE_URL": "mysql://x"}, "NISS_KEYSTORE_URL: must be a URL that begins with sqlite:// or postg"),
        ({"NISS_KEYSTORE_URL": "sqlite:///{home}/niss.db"}, "NISS_KEYSTORE_URL: must not be the database of requests"),
    ],
)
def test_settings_that_cannot_be(tmp_path: Path, given: dict[str, str], line: str) -> None:
    environ = {name: value.format(home=tmp_path) for name, value in given.items()}
    assert refused(niss(tmp_path, "keys", "rewrap", **environ)).startswith(line)
