"""What a caller reads, in the language they asked for."""

import pytest

from tests.api.desk import Desk


@pytest.mark.parametrize(
    ("language", "detail", "issue", "summary"),
    [
        (
            "nl-BE",
            "De persoonsgegevens worden niet aanvaard.",
            "is verplicht",
            "De identificatieaanvraag voor een nog te vermelden persoon is nog niet verstuurd",
        ),
        (
            "fr",
            "Les données personnelles ne sont pas acceptées.",
            "est obligatoire",
            "La demande d'identification pour une personne à préciser n'est pas encore envoyée",
        ),
        (
            "de;q=0.9, en;q=0.8",
            "Die persönlichen Daten werden nicht angenommen.",
            "ist erforderlich",
            "Der Identifizierungsantrag für eine noch anzugebende Person wurde noch nicht abgesandt",
        ),
        (
            "en",
            "The personal data are not accepted.",
            "is required",
            "The identification request for a person still to be named has not been sent yet",
        ),
    ],
)
async def test_problems_and_summaries(desk: Desk, language: str, detail: str, issue: str, summary: str) -> None:
    request_id = await desk.opened()
    bob, asked = desk.as_("bob"), {"Accept-Language": language}
    refused = await bob.put(f"/v1/requests/{request_id}/personalData", json={"surname": "X"}, headers=asked)
    assert refused.status_code == 400
    assert refused.headers["Content-Language"] == language[:2]
    assert refused.json()["detail"] == detail
    assert [(one["name"], one["detail"]) for one in refused.json()["issues"]] == [("birthDate", issue)]
    assert (await bob.get(f"/v1/requests/{request_id}", headers=asked)).json()["summary"] == summary
