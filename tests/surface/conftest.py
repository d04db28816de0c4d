"""The application behind a real server, with a request in every phase, and Schemathesis from outside."""

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from access.issuer import DevelopmentIssuer
from access.pseudonyms import Pseudonyms
from documents.blobs import ObjectBlobs
from domain.terms import Terms
from register.demo import FIVE
from register.sql import SqlRegister
from runtime.database import make_engine
from runtime.seed import seed_demo_people
from runtime.server import configured
from service.context import Tools
from store.unit_of_work import Store
from tests.api.desk import Desk
from tests.intake import INTAKE
from tests.surface.canaries import plant

HERE = Path(__file__).parent
FULL = os.environ.get("NISS_SCHEMATHESIS") == "full"
#: What the short form is made of: who may do something, once each.
SHORTLY = ("sqlite-administrator", "sqlite-agent", "postgres-requester", "sqlite-software", "heard[sqlite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the others to `make schemathesis`."""
    if not FULL:
        mine = {item for item in items if HERE in item.path.parents}
        items[:] = [item for item in items if item not in mine or any(named in item.name for named in SHORTLY)]


@dataclass
class Surface:
    """One served application. `ids` are those of the path parameters that are there."""

    desk: Desk
    url: str
    folder: Path

    def token(self, login: str) -> str:
        """A person's."""
        return self.desk.issuer.issue_token(login, now=datetime.now(UTC))

    async def software(self) -> str:
        """A token of Acme's software, that may do all that software may."""
        client_id = await self.desk.client_of("alice")
        credentials = {"client_id": client_id, "client_secret": self.desk.secrets[client_id]}
        form = {"grant_type": "client_credentials", **credentials}
        answer = await self.desk.as_(None).post("/oauth/token", data=form)
        return str(answer.json()["access_token"])

    def answers(self) -> int:
        """How many answers of the last run were searched for what is another company's."""
        return int((self.folder / "answers").read_text(encoding="utf-8"))

    def run(self, token: str, hidden: Sequence[str], *options: str) -> subprocess.CompletedProcess[str]:
        """Schemathesis with a token; no answer may hold a word of `hidden`."""
        command = [str(Path(sys.executable).parent / "st"), "--config-file", str(self.folder / "schemathesis.toml")]
        command += ["run", f"{self.url}/openapi.json", "--header", f"Authorization: Bearer {token}", *options]
        environ = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120", "PYTHONPATH": str(HERE.parents[1])}
        environ["SCHEMATHESIS_HOOKS"] = "tests.surface.hooks"
        environ |= {"NISS_HIDDEN": json.dumps(list(hidden)), "NISS_ANSWERS": str(self.folder / "answers")}
        return subprocess.run(command, env=environ, cwd=self.folder, capture_output=True, text=True, check=False)


def configuration(values: dict[str, list[str]]) -> str:
    """The project's, and what is there: three of four ids are such."""
    lines = [(HERE / "schemathesis.toml").read_text(encoding="utf-8")]
    lines += [
        f"[dictionaries.{name.rpartition('.')[2]}]\nvalues = {json.dumps(found)}" for name, found in values.items()
    ]
    lines.append("[parameters]")
    lines += [f'"{name}" = {{ dictionary = "{name.rpartition(".")[2]}", probability = 0.75 }}' for name in values]
    return "\n".join(lines) + "\n"


async def known(desk: Desk) -> dict[str, list[str]]:
    """By parameter: requests in every phase, notifications, a member, a mandate, numbers; and another company's."""
    requests = [
        await desk.opened("alice"),
        await desk.filled("alice"),
        await desk.submitted("alice"),
        *[await desk.in_review("alice") for _ in range(3)],
        await desk.asked(document=True, fields=["sex", "contact"]),
        await desk.identified("alice"),
        await desk.objected(),
    ]
    theirs = await plant(desk)
    own_client = await desk.client_of("alice")
    alice = desk.as_("alice")
    members = (await alice.get("/v1/company/members")).json()["items"]
    told = (await alice.get("/v1/notifications")).json()["items"]
    granted = (await alice.get("/v1/company/mandates")).json()["items"]
    for client in desk.clients.values():
        await client.aclose()
    desk.clients.clear()
    return {
        "path.request_id": requests + theirs["path.request_id"],
        "path.member_id": [member["id"] for member in members if member["role"] == "requester"]
        + theirs["path.member_id"],
        "path.client_id": [own_client, *theirs["path.client_id"]],
        "path.mandate_id": [mandate["id"] for mandate in granted],
        "path.notification_id": [line["id"] for line in told] + theirs["path.notification_id"],
        "path.number": ["1", "2"],
        "body.ssin": [person.ssin.digits for person in FIVE],
        "body.enterpriseNumber": ["0999001218", "0999.002.307"],
        "body.birthDate": ["1983-05-24", "1990"],
        "header.If-Match": ["*", '"3"'],
    }


@pytest.fixture
def surface(database_url: str, tmp_path: Path) -> Iterator[Surface]:
    engine = make_engine(database_url, synchronous="NORMAL")
    register = SqlRegister(engine, "fictitious")
    seed_demo_people(Store(engine))
    register.add(FIVE)
    tools = Tools(
        store=Store(engine),
        blobs=ObjectBlobs((tmp_path / "blobs").as_uri()),
        pages=INTAKE,
        register=register,
        terms=Terms(ruling_undo=timedelta(seconds=1)),
        pseudonyms=Pseudonyms(bytes(32)),
        now=lambda: datetime.now(UTC),
    )
    desk = Desk(tools, DevelopmentIssuer(tmp_path), tmp_path, register)
    desk.under(ruling_undo=timedelta(0))
    (tmp_path / "schemathesis.toml").write_text(configuration(asyncio.run(known(desk))), encoding="utf-8")
    desk.under(ruling_undo=timedelta(seconds=1), four_eyes="always")
    # Made once, before anybody waits for it: on a busy machine that alone takes seconds.
    desk.app.openapi()
    server = configured(desk.app, host="127.0.0.1", port=0)
    serving = threading.Thread(target=server.run)
    serving.start()
    while not server.started:
        assert serving.is_alive()
        time.sleep(0.01)
    yield Surface(desk, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", tmp_path)
    server.should_exit = True
    serving.join(10)
    engine.dispose()
