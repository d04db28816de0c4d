"""`niss members`: a company's people, and the service's own."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import niss, refused, said

ACME = "0999.000.129"


def listed(home: Path, *company: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(said(niss(home, "members", "list", *company, "--json")))
    return found


def test_a_companys_people_by_name(tmp_path: Path) -> None:
    people = listed(tmp_path, "--company", ACME)
    assert [person["email"].partition("@")[0] for person in people] == ["alice", "bea", "bob"]
    assert set(people[0]) == {"id", "name", "email", "role", "state"}
    table = said(niss(tmp_path, "members", "list", "--company", "0999000129"))
    assert table.splitlines()[0].split() == ["id", "name", "e-mail", "role", "state"]
    assert "Alice Claes" in table


def test_somebody_comes_changes_and_goes(tmp_path: Path) -> None:
    company = ("--company", ACME)
    invited = json.loads(
        said(niss(tmp_path, "members", "invite", "cas@acme.example", "--name", "Cas Adam", *company, "--json"))
    )
    assert (invited["role"], invited["state"], invited["name"]) == ("requester", "invited", "Cas Adam")
    assert said(niss(tmp_path, "token", "cas@acme.example")).count(".") == 2
    assert "administrator" in said(niss(tmp_path, "members", "role", invited["id"], "administrator", *company))
    assert {p["role"] for p in listed(tmp_path, *company) if p["id"] == invited["id"]} == {"administrator"}
    said(niss(tmp_path, "members", "remove", invited["id"], *company))
    assert invited["id"] not in {person["id"] for person in listed(tmp_path, *company)}


def test_a_company_keeps_one_administrator(tmp_path: Path) -> None:
    alice = listed(tmp_path, "--company", ACME)[0]["id"]
    for change in (("remove", alice), ("role", alice, "requester")):
        line = refused(niss(tmp_path, "members", *change, "--company", ACME))
        assert line == "A company keeps one administrator."


def test_the_first_company_and_its_administrator_in_production(tmp_path: Path) -> None:
    production = {"NISS_MODE": "production"}
    new = ("--company", "0403.170.701", "--company-name", "Nieuw NV", "--role", "administrator")
    assert said(niss(tmp_path, "members", "invite", "nele@nieuw.example", *new, **production))
    found = json.loads(said(niss(tmp_path, "members", "list", "--company", "0403170701", "--json", **production)))
    assert [(person["email"], person["role"]) for person in found] == [("nele@nieuw.example", "administrator")]
    assert json.loads(said(niss(tmp_path, "members", "list", "--json", **production))) == [], "no demo people"


def test_the_services_own_people(tmp_path: Path) -> None:
    assert {person["role"] for person in listed(tmp_path)} == {"agent", "supervisor", "auditor", "ops"}
    invited = json.loads(said(niss(tmp_path, "members", "invite", "fien@desk.example", "--json")))
    assert (invited["role"], invited["state"]) == ("agent", "invited")
    said(niss(tmp_path, "members", "role", invited["id"], "ops"))
    assert {p["role"] for p in listed(tmp_path) if p["id"] == invited["id"]} == {"ops"}
    said(niss(tmp_path, "members", "remove", invited["id"]))
    assert invited["id"] not in {person["id"] for person in listed(tmp_path)}
    assert said(niss(tmp_path, "members", "invite", "fien@desk.example", "--role", "ops"))


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (("list", "--company", "0403.170.701"), "There is no such company."),
        (("list", "--company", "0999.000.128"), "company must be an enterprise number of ten digits"),
        (
            ("invite", "nobody", "--role", "boss"),
            "email must be an e-mail address; role must be one of agent, supervisor, auditor, ops",
        ),
        (("invite", "bob@acme.example", "--role", "agent"), "email is there already"),
        (("invite", "x@acme.example", "--role", "agent", "--company", ACME), "role must be one of administrator"),
        (("role", "nobody", "agent"), "There is no such member."),
        (("role", "nobody", "requester"), "role must be one of agent, supervisor, auditor, ops"),
        (("remove", "nobody"), "There is no such member."),
        (("remove", "nobody", "--company", ACME), "There is no such member."),
    ],
)
def test_what_cannot_be_is_one_clear_line(args: tuple[str, ...], line: str, tmp_path: Path) -> None:
    assert line in refused(niss(tmp_path, "members", *args))
