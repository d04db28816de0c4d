"""What an auditor reads in the log stands there in words, in each language: no code of the log as it is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from domain.niss import Niss
from portal.access_words import AUDITED, SHOWN
from register.demo import FIVE
from service import console, staff
from store.tables import Request
from tests.api.conftest import on_both
from tests.api.desk import Desk
from tests.portal.person import Person

OLD, OTHER = Niss.parse("85.07.30-033.28"), Niss.parse("98.47.28-997.65")
#: What no field of a statement is.
RARE = ("formerSsin", "deceasedOn", "summary", "history", "objection", "consultations", "registeredName", "documents")
SAID = {
    "en": {"Former NISS", "Date of death", "What has become of the request", "Objection", "Who has seen it"},
    "fr": {"Ancien NISS", "Date de décès", "Ce que la demande est devenue", "Objection", "Qui les a vues"},
    "nl": {
        "Vroeger INSZ",
        "Datum van overlijden",
        "Wat er van de aanvraag geworden is",
        "Bezwaar",
        "Wie ze gezien heeft",
    },
    "de": {"Frühere ENSS", "Sterbedatum", "Was aus dem Antrag geworden ist", "Widerspruch", "Wer sie gesehen hat"},
}


async def everything_was_shown(desk: Desk) -> None:
    """A request with an objection and a number replaced, seen by its requester, an agent and an auditor."""
    request_id = await desk.objected()
    desk.register.add([replace(FIVE[0], ssin=OTHER, given_names="Coenraad", deceased_on=date(2020, 1, 2))])
    with desk.tools.store.writing() as session:
        session.get_one(Request, request_id).former_ssin = OLD.digits
    for who, address in (
        ("dave", f"/v1/desk/requests/{request_id}"),
        ("bob", "/v1/notifications"),
        ("bob", f"/v1/requests/{request_id}"),
        ("bob", f"/v1/requests/{request_id}/history"),
    ):
        assert (await desk.as_(who).get(address)).status_code == 200
    searched = await desk.as_("ada").post("/v1/audit/consultations/query", json={"reason": "A sample."})
    assert searched.status_code == 200, searched.text


@on_both
@pytest.mark.parametrize("language", SAID)
async def test_the_log_says_in_words_what_was_shown(desk: Desk, language: str) -> None:
    await everything_was_shown(desk)
    ada = Person(await desk.browser("ada"))
    ada.browser.headers["Accept-Language"] = language
    await ada.goes("/audit")
    await ada.fills("/audit", reason="A sample.")
    assert ada.status == 200
    fields = re.findall(r'<span class="quiet small breaks">([^<]+,[^<]+|[^<0-9]+)</span>', ada.text)
    named = {name.strip() for told in fields for name in told.split(",")}
    assert SAID[language] <= named
    assert not {*RARE, *SHOWN} & named
    kinds = set(re.findall(r'<td data-of="[^"]*">([a-zA-Z]+)<br>', ada.text))
    assert not {code for code in AUDITED if code not in ("request", "history")} & kinds


async def test_who_acted_at_the_console_is_said_to_have(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "root")
    staff.list_staff(desk.tools, console.ops())
    ada = Person(await desk.browser("ada"))
    await ada.goes("/audit")
    await ada.fills("/audit", reason="A sample.", what="members")
    assert "root, at the console" in ada.words
    assert "console:" not in ada.words
