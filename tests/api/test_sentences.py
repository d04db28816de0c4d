"""The sentence of the history page, in every state a request can be in."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.niss import Niss
from domain.request import Outcome, Phase
from service.sentences import notification_summary, summary
from service.views import ActionExpected, CompanyRef, NotificationLine, PersonRef, RequestView

AT = datetime(2026, 5, 4, tzinfo=UTC)
COENIG = RequestView(
    id="r",
    phase=Phase.CLOSED,
    outcome=Outcome.IDENTIFIED,
    steps={},
    employee={"surname": "Reuter", "givenNames": "Coenig"},
    completed=(),
    address=None,
    documents=(),
    ssin=Niss.parse("83.45.24-163.11"),
    registered_name=("Reuter", "Coenige"),
    action_expected=None,
    rejection=None,
    requester=PersonRef("p", "Bob"),
    email=None,
    company=CompanyRef("0999000129", "Acme NV"),
    mandatary=None,
    reference=None,
    language="fr",
    created_at=AT,
    submitted_at=AT,
    updated_at=AT,
    closed_at=AT,
    deadline=None,
    version=7,
)
OPEN: dict[str, Any] = {"outcome": None, "ssin": None, "registered_name": None, "closed_at": None}


def asked(kind: str) -> ActionExpected:
    return ActionExpected(kind, kind, (), "other", None, AT)


@pytest.mark.parametrize(
    ("changes", "french", "english"),
    [
        (
            {},
            "Coenig Reuter a été identifié comme Coenige Reuter avec le NISS 83.45.24-163.11",
            "Coenig Reuter was identified as Coenige Reuter with the NISS 83.45.24-163.11",
        ),
        (
            {"registered_name": None},
            "Le NISS de Coenig Reuter est 83.45.24-163.11",
            "The NISS of Coenig Reuter is 83.45.24-163.11",
        ),
        (
            {"outcome": Outcome.NUMBER_CREATED, "registered_name": None},
            "Le NISS de Coenig Reuter est 83.45.24-163.11",
            "The NISS of Coenig Reuter is 83.45.24-163.11",
        ),
        (
            {"completed": ("givenNames",), "registered_name": None},
            "Le NISS de Reuter est 83.45.24-163.11",
            "The NISS of Reuter is 83.45.24-163.11",
        ),
        (
            {"employee": {"surname": "{n} {0}", "givenNames": "{x}"}, "registered_name": None},
            "Le NISS de {x} {n} {0} est 83.45.24-163.11",
            "The NISS of {x} {n} {0} is 83.45.24-163.11",
        ),
        (
            {**OPEN, "phase": Phase.IDENTIFYING},
            "La demande d'identification pour Coenig Reuter est en cours",
            "The identification request for Coenig Reuter is in progress",
        ),
        (
            {**OPEN, "phase": Phase.IN_REVIEW},
            "La demande d'identification pour Coenig Reuter est en cours",
            "The identification request for Coenig Reuter is in progress",
        ),
        (
            {**OPEN, "phase": Phase.AWAITING_INFORMATION, "action_expected": asked("newDocument")},
            "Nouveau document nécessaire pour Coenig Reuter",
            "New document needed for Coenig Reuter",
        ),
        (
            {**OPEN, "phase": Phase.AWAITING_INFORMATION, "action_expected": asked("correction")},
            "Des données doivent être corrigées ou complétées pour Coenig Reuter",
            "Data must be corrected or completed for Coenig Reuter",
        ),
        (
            {**OPEN, "phase": Phase.COLLECTING, "employee": {}},
            "La demande d'identification pour une personne à préciser n'est pas encore envoyée",
            "The identification request for a person still to be named has not been sent yet",
        ),
        (
            {**OPEN, "outcome": Outcome.REJECTED},
            "La demande d'identification pour Coenig Reuter a été refusée",
            "The identification request for Coenig Reuter was rejected",
        ),
        (
            {**OPEN, "outcome": Outcome.WITHDRAWN},
            "La demande d'identification pour Coenig Reuter a été annulée",
            "The identification request for Coenig Reuter was withdrawn",
        ),
        (
            {**OPEN, "outcome": Outcome.EXPIRED},
            "La demande d'identification pour Coenig Reuter a expiré",
            "The identification request for Coenig Reuter has expired",
        ),
    ],
)  # fmt: skip
def test_what_has_become_of_a_request(changes: dict[str, Any], french: str, english: str) -> None:
    view = replace(COENIG, **changes)
    assert (summary(view, "fr"), summary(view, "en")) == (french, english)


def told(kind: str, view: RequestView, *later: str) -> NotificationLine:
    return NotificationLine("n1", kind, view.created_at, read=False, request=view, later=frozenset(later))


@pytest.mark.parametrize(
    ("kind", "later", "changes", "english"),
    [
        ("identified", ["numberReplaced"], {}, "A number was given for Coenig Reuter"),
        (
            "identified",
            ["identified"],
            {},
            "Coenig Reuter was identified as Coenige Reuter with the NISS 83.45.24-163.11",
        ),
        ("numberReplaced", ["numberReplaced"], {}, "The number of Coenig Reuter was replaced"),
        (
            "numberCreated",
            ["rejected"],
            {"outcome": Outcome.REJECTED, "ssin": None, "registered_name": None},
            "A number was given for Coenig Reuter",
        ),
        (
            "informationRequested",
            ["informationRequested"],
            {**OPEN, "phase": Phase.AWAITING_INFORMATION, "action_expected": asked("newDocument")},
            "Information is needed for Coenig Reuter",
        ),
    ],
)
def test_what_was_told_before_stays_true_and_tells_no_number_that_no_longer_holds(
    kind: str, later: list[str], changes: dict[str, Any], english: str
) -> None:
    assert notification_summary(told(kind, replace(COENIG, **changes), *later), "en") == english


@pytest.mark.parametrize(
    ("kind", "changes", "english"),
    [
        ("identified", {}, "Coenig Reuter was identified as Coenige Reuter with the NISS 83.45.24-163.11"),
        ("inReview", {}, "The identification request for Coenig Reuter is in progress"),
        ("informationRequested", {}, "Information is needed for Coenig Reuter"),
        (
            "informationRequested",
            {**OPEN, "phase": Phase.AWAITING_INFORMATION, "action_expected": asked("newDocument")},
            "New document needed for Coenig Reuter",
        ),
        ("reminder", {}, "Reminder: the identification request for Coenig Reuter is waiting for you"),
        ("rejected", {}, "The identification request for Coenig Reuter was rejected"),
        ("expired", OPEN, "The identification request for Coenig Reuter has expired"),
        ("withdrawn", OPEN, "The identification request for Coenig Reuter was withdrawn"),
        ("numberCreated", {"registered_name": None}, "The NISS of Coenig Reuter is 83.45.24-163.11"),
        (
            "identified",
            {"outcome": Outcome.REJECTED, "ssin": None, "registered_name": None},
            "The identification request for Coenig Reuter was rejected",
        ),
    ],
)
def test_a_notification_says_what_was_so_when_it_was_told(kind: str, changes: dict[str, Any], english: str) -> None:
    assert notification_summary(told(kind, replace(COENIG, **changes)), "en") == english


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Le NISS de Coenig Reuter a été remplacé : c’est maintenant 83.45.24-163.11"),
        ("nl", "Het INSZ van Coenig Reuter is vervangen: het is nu 83.45.24-163.11"),
        ("de", "Die ENSS von Coenig Reuter wurde ersetzt: Sie lautet jetzt 83.45.24-163.11"),
        ("en", "The NISS of Coenig Reuter was replaced: it is now 83.45.24-163.11"),
    ],
)
def test_a_replaced_number_is_told_as_one(language: str, said: str) -> None:
    assert notification_summary(told("numberReplaced", COENIG), language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "Coenig Reuter is geïdentificeerd als Coenige Reuter met het INSZ 83.45.24-163.11"),
        ("de", "Coenig Reuter wurde als Coenige Reuter mit der ENSS 83.45.24-163.11 identifiziert"),
    ],
)
def test_the_history_page_speaks_dutch_and_german(language: str, said: str) -> None:
    assert summary(COENIG, language) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "The personal data of this request have been erased"),
        (
            {"outcome": Outcome.REJECTED},
            "The identification request for a person whose data have been erased was rejected",
        ),
    ],
)
def test_a_request_whose_data_were_erased(changes: dict[str, Any], said: str) -> None:
    view = replace(COENIG, employee={}, ssin=None, registered_name=None, **changes)
    assert summary(view, "en") == said
    assert notification_summary(told("identified", view), "en") == "The personal data of this request have been erased"
