"""Use cases on a real database, register and blob folder; the story's conclusions are recorded by hand."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from access.caller import Caller
from access.pseudonyms import Pseudonyms
from documents.blobs import ObjectBlobs
from documents.prepared import PreparedZones
from domain.document import DocumentKind, UploadedFile
from domain.identification import RegisteredPerson
from domain.niss import Niss
from domain.people import PartialDate, Sex
from domain.records import Recorded, RecordKind, Transition
from domain.terms import Delays, Terms
from register.sql import SqlRegister
from runtime.database import make_engine
from runtime.seed import seed_demo_people
from service import objections, people, requests, rulings, steps, submission
from service.context import Tools
from store.recorder import Recorder
from store.tables import Request
from store.unit_of_work import Store
from tests.intake import INTAKE

REGISTERED = RegisteredPerson(
    ssin=Niss("83452416311"),
    surname="Reuter",
    given_names="Coenige",
    sex=Sex.MALE,
    birth_date=PartialDate(1983, 5, 24),
    birth_place="Aachen",
)
DEAD = RegisteredPerson(
    ssin=Niss("94450506933"),
    surname="Janssens",
    given_names="Thomas",
    sex=Sex.MALE,
    birth_date=PartialDate(1994, 5, 5),
    deceased_on=datetime(2020, 1, 1, tzinfo=UTC).date(),
)
PERSON = {"surname": "Tienpont", "givenNames": "Maria", "sex": "F", "birthDate": "1991-03-02", "birthPlace": "Gouda"}
ADDRESS = {"official": {"street": "Domstraat", "municipality": "Gouda", "country": "NL"}}


def a_scan() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(kept, "PNG")
    return kept.getvalue()


SCAN = a_scan()


@dataclass
class House:
    """Tools with a clock that a test may move, and shortcuts to every phase."""

    tools: Tools
    recorder: Recorder
    blobs: Path
    clock: list[datetime] = field(default_factory=list)
    conclusions: int = 0
    zones: PreparedZones = field(default_factory=PreparedZones)

    def passes(self, time: timedelta) -> None:
        self.clock[0] += time

    def caller(self, name: str) -> Caller:
        company = {"carol": "globex", "sam": "payroll", "dave": "desk", "erin": "desk", "oscar": "ops"}
        return people.caller_of(self.tools, f"{name}@{company.get(name, 'acme')}.example")

    def opened(self, by: str = "bob", on_behalf_of: str | None = None) -> str:
        asked = requests.open_request(
            self.tools, self.caller(by), on_behalf_of=on_behalf_of, reference=None, language="fr"
        )
        return asked.view.id

    def upload(self, request_id: str, by: str = "bob", kind: DocumentKind = DocumentKind.PASSPORT) -> Any:
        return steps.upload_document(
            self.tools, self.caller(by), request_id, kind, pages=[UploadedFile("pages[0]", SCAN)]
        )

    def state(self, request_id: str, by: str = "bob", **changed: Any) -> Any:
        return steps.state_personal_data(self.tools, self.caller(by), request_id, {**PERSON, **changed})

    def address(self, request_id: str, by: str = "bob", **changed: Any) -> Any:
        return steps.state_address(self.tools, self.caller(by), request_id, {**ADDRESS, **changed})

    def submit(
        self, request_id: str, by: str = "bob", email: str | None = None, confirmed: tuple[str, ...] = ()
    ) -> Any:
        return submission.submit(self.tools, self.caller(by), request_id, email=email, confirmed=confirmed)

    def drafted(self, **who: Any) -> str:
        request_id = self.opened(**who)
        by = who.get("by", "bob")
        self.upload(request_id, by=by)
        self.state(request_id, by=by)
        self.address(request_id, by=by)
        return request_id

    def sent(self, **who: Any) -> str:
        request_id = self.drafted(**who)
        self.submit(request_id, by=who.get("by", "bob"))
        return request_id

    def reviewed(self, **who: Any) -> str:
        request_id = self.sent(**who)
        self.conclude(request_id, RecordKind.IN_REVIEW, reason="unknown")
        return request_id

    def asked(self, *, document: bool = False, fields: tuple[str, ...] = ()) -> str:
        request_id = self.reviewed()
        ruled = self.rule(request_id, kind="requestInformation", document=document, fields=list(fields), reason="other")
        self.carry_out(request_id, RecordKind.INFORMATION_REQUESTED, ruled, deadline=self.clock[0] + timedelta(days=21))
        return request_id

    def closed(self) -> str:
        request_id = self.reviewed()
        self.carry_out(request_id, RecordKind.REJECTED, self.rule(request_id, kind="reject", reason="other"))
        return request_id

    def object_to(self, request_id: str, by: str = "bob") -> Any:
        return objections.object_to(self.tools, self.caller(by), request_id, message="Not ours.")

    def rule(self, request_id: str, by: str = "dave", **members: object) -> Any:
        return rulings.rule(self.tools, self.caller(by), request_id, members)

    def carry_out(self, request_id: str, kind: RecordKind, ruled: Any, **more: Any) -> Recorded:
        return self.conclude(request_id, kind, ruling_id=ruled.outgoing[0].fact.ruling_id, **more)

    def conclude(self, request_id: str, kind: RecordKind, **more: Any) -> Recorded:
        """What the story writes, having seen every fact."""
        self.conclusions += 1
        more.setdefault("last_seq", self.row(request_id).last_seq)
        more.setdefault("key", f"{kind.value}-{self.conclusions}")
        return self.recorder.record(Transition(request_id=request_id, kind=kind, **more), self.clock[0])

    def row(self, request_id: str) -> Request:
        with self.tools.store.reading() as session:
            return session.get_one(Request, request_id)

    def stored_pages(self) -> int:
        return sum(1 for file in self.blobs.rglob("*") if file.is_file())


MakeHouse = Callable[..., House]


@pytest.fixture
def make_house(database_url: str, tmp_path: Path) -> Iterator[MakeHouse]:
    """A house with other terms: `make_house(four_eyes="always")`."""
    engine = make_engine(database_url, synchronous="NORMAL")

    def make(**terms: Any) -> House:
        clock = [datetime(2026, 3, 2, 12, tzinfo=UTC)]
        store, zones = Store(engine), PreparedZones()
        register = SqlRegister(engine, "fictitious")
        register.add([REGISTERED, DEAD])
        seed_demo_people(store)
        given = Terms(**{"delays": Delays(), "ruling_undo": timedelta(), "four_eyes": "never", **terms})
        tools = Tools(
            store=store,
            blobs=ObjectBlobs((tmp_path / "blobs").as_uri()),
            pages=INTAKE,
            register=register,
            terms=given,
            pseudonyms=Pseudonyms(bytes(32)),
            now=lambda: clock[0],
            zones=zones,
            marks_key=b"k" * 32,
        )
        return House(tools, Recorder(store), tmp_path / "blobs", clock, zones=zones)

    yield make
    engine.dispose()


@pytest.fixture
def house(make_house: MakeHouse) -> House:
    return make_house()
