# ruff: noqa: RUF001 - typographic apostrophes are how names are written
"""Every mail in every language, and what must never be in one."""

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from domain import ruling
from domain.errors import Undeliverable
from domain.notification import Notice
from domain.ruling import ASKABLE_FIELDS, QUESTION_REASONS
from locales.catalogue import LANGUAGES
from mail.compose import TEMPLATES, compose, compose_invitation, message_id
from mail.languages import ASKED, INFORMATION_REASONS, REJECTION_REASONS, listed

SNAPSHOTS = Path(__file__).parent / "snapshots"
SENDER = "desk@niss.example"
NEEDED: dict[str, Any] = {
    "recipient": "alice@acme.example",
    "employee_name": "Zoë van ’t Hoff & Söhne",
    "link": "https://desk.example/requests/0f3c",
    "message_id": message_id("0f3c-1", SENDER),
    "sender": SENDER,
    "at": datetime(2025, 7, 1, 8, 5, tzinfo=UTC),
}
DEADLINE = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
CASES: dict[str, tuple[Notice, dict[str, Any]]] = {
    "numberReady": (Notice.NUMBER_READY, {}),
    "inProgress": (Notice.IN_PROGRESS, {}),
    "informationNeeded": (
        Notice.INFORMATION_NEEDED,
        {"reason": "unreadable", "asked": ["document", "birthPlace", "official"], "deadline": DEADLINE},
    ),
    "reminder-answer": (Notice.REMINDER, {"asked": ["document"], "deadline": DEADLINE}),
    "informationNeeded-objection": (
        Notice.INFORMATION_NEEDED,
        {"reason": "other", "asked": ["document"], "deadline": DEADLINE, "objection": True},
    ),
    "reminder-objection": (Notice.REMINDER, {"asked": ["document"], "deadline": DEADLINE, "objection": True}),
    "reminder-draft": (Notice.REMINDER, {"deadline": DEADLINE}),
    "reminder-draft-nameless": (Notice.REMINDER, {"deadline": DEADLINE, "employee_name": ""}),
    "rejected": (Notice.REJECTED, {"reason": "notEligible"}),
    "rejected-unexplained": (Notice.REJECTED, {"reason": "other", "explained": False}),
    "informationNeeded-unexplained": (
        Notice.INFORMATION_NEEDED,
        {"reason": "other", "explained": False, "asked": ["document"], "deadline": DEADLINE},
    ),
    "withdrawn": (Notice.WITHDRAWN, {}),
    "expired": (Notice.EXPIRED, {}),
    "numberReplaced": (Notice.NUMBER_REPLACED, {"objection": True}),
    "numberReplaced-twoNumbers": (Notice.NUMBER_REPLACED, {}),
    "expired-nameless": (Notice.EXPIRED, {"employee_name": ""}),
}


def mail(notice: Notice = Notice.NUMBER_READY, language: str = "en", **changes: object) -> EmailMessage:
    return compose(notice, language=language, **{**NEEDED, **changes})


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert isinstance(body, EmailMessage)
    content = body.get_content()
    assert isinstance(content, str)
    return content


def readable(message: EmailMessage) -> str:
    again = message_from_bytes(message.as_bytes(), policy=default)
    headers = "".join(f"{name}: {value}\n" for name, value in again.items())
    return f"{headers}\n{part(again, 'plain')}\n{part(again, 'html')}".replace("\r\n", "\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_every_mail_in_every_language_is_as_it_was(case: str, language: str) -> None:
    """A snapshot that is missing is written, and fails once: look at it, then commit it."""
    notice, given = CASES[case]
    _is_as_it_was(f"{language}/{case}.txt", readable(mail(notice, language, **given)))


INVITATION: dict[str, Any] = {
    **{name: NEEDED[name] for name in ("message_id", "sender", "at")},
    "recipient": "eve@acme.example",
    "company": "Van ’t Hoff & Söhne",
    "link": "https://desk.example/",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invitation_in_every_language_is_as_it_was(language: str) -> None:
    _is_as_it_was(f"{language}/invitation.txt", readable(compose_invitation(language=language, **INVITATION)))


def test_an_invitation_names_the_company_in_its_body_alone_and_nobody() -> None:
    message = compose_invitation(language="nl", **{**INVITATION, "company": "Acme\r\nBcc: x@evil.example"})
    assert all("Acme" not in str(value) for value in message.values())
    assert "Bcc" not in message
    assert "eve" not in part(message, "plain") + part(message, "html")
    assert (
        message.as_bytes()
        == compose_invitation(language="nl", **{**INVITATION, "company": "Acme\r\nBcc: x@evil.example"}).as_bytes()
    )
    with pytest.raises(ValueError, match="link"):
        compose_invitation(language="nl", **{**INVITATION, "link": "javascript:1"})


def _is_as_it_was(name: str, now: str) -> None:
    path = SNAPSHOTS / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(now, encoding="utf-8")
        pytest.fail(f"{path.name} was missing and is written now")
    assert now == path.read_text(encoding="utf-8")


def test_no_snapshot_is_left_over_and_every_notice_has_one() -> None:
    assert {path.stem for path in SNAPSHOTS.glob("*/*.txt")} == {*CASES, "invitation"}
    assert {path.parent.name for path in SNAPSHOTS.glob("*/*.txt")} == set(LANGUAGES)
    assert {notice for notice, _ in CASES.values()} == set(Notice)


def test_every_notice_has_a_template_and_every_code_its_words() -> None:
    assert {path.stem for path in TEMPLATES.glob("*.txt")} - {"layout", "invitation"} == {
        str(notice) for notice in Notice
    }
    assert set(INFORMATION_REASONS) == set(QUESTION_REASONS)
    assert set(REJECTION_REASONS) == set(ruling.REJECTION_REASONS) - {"suspectedFraud"}
    assert set(ASKED) == {"document", *ASKABLE_FIELDS}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "the sex, the surname and the given names"),
        ("fr", "le sexe, le nom et les prénoms"),
        ("nl", "het geslacht, de naam en de voornamen"),
        ("de", "das Geschlecht, den Namen und die Vornamen"),
    ],
)
def test_what_is_asked_for_reads_as_a_list(language: str, said: str) -> None:
    assert listed(["sex", "surname", "givenNames"], language) == said
    assert listed(["sex"], language) == said.split(",", maxsplit=1)[0]
    assert listed([], language) == ""


def test_a_question_after_an_objection_threatens_nothing_that_is_not_so() -> None:
    given: dict[str, Any] = {"asked": ["document"], "reason": "incomplete", "deadline": DEADLINE}
    for notice in (Notice.INFORMATION_NEEDED, Notice.REMINDER):
        assert "closed without a number" in part(mail(notice, **given), "plain")
        after = part(mail(notice, objection=True, **given), "plain")
        assert "without a number" not in after
        assert "an agent will decide without your answer" in after


def test_the_name_is_in_the_body_alone() -> None:
    for notice, given in CASES.values():
        message = mail(notice, **{**given, "employee_name": "Unique Nameworthy"})
        assert all("Unique" not in str(value) for value in message.values())
        assert "Unique Nameworthy" in part(message, "plain")


def test_suspected_fraud_reads_as_not_identifiable() -> None:
    told = readable(mail(Notice.REJECTED, reason="suspectedFraud"))
    assert told == readable(mail(Notice.REJECTED, reason="notIdentifiable"))
    assert "fraud" not in told.lower()


def test_instants_are_told_in_brussels_time() -> None:
    assert "1 January 2026 at 00:30" in part(mail(Notice.REMINDER, deadline=DEADLINE), "plain")
    assert "1. Januar 2026 um 00:30 Uhr" in part(mail(Notice.REMINDER, "de", deadline=DEADLINE), "plain")
    assert "1 januari 2026 om 00:30" in part(mail(Notice.REMINDER, "nl", deadline=DEADLINE), "plain")
    summer = datetime(2025, 7, 1, 22, 0, tzinfo=UTC)
    assert "2 juillet 2025 à 00:00" in part(mail(Notice.REMINDER, "fr", deadline=summer), "plain")


@pytest.mark.parametrize("language", ["xx", "../fr", "NL"])
def test_a_language_without_catalogue_gets_english(language: str) -> None:
    message = mail(language=language)
    assert message["Content-Language"] == "en"
    assert "Hello," in part(message, "plain")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_sentences_of_mails_are_short(case: str, language: str) -> None:
    notice, given = CASES[case]
    text = part(mail(notice, language, **{**given, "employee_name": "N"}), "plain")
    for sentence in re.split(r"[.:?!]\s", text.replace("\n", " ")):
        assert len(sentence.split()) <= 25, sentence


def test_the_same_arguments_give_the_same_bytes() -> None:
    assert mail().as_bytes() == mail().as_bytes()
    assert mail()["Message-ID"] == "<0f3c-1@niss.example>"
    assert mail()["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("evil", ["A\r\nBcc: x@y.example\r\n\r\nB", "A\nB", "A\x00B", "A\u2028B", "A\x85B", "A\u202eB"])
def test_a_name_stays_in_its_line(evil: str) -> None:
    message = message_from_bytes(mail(employee_name=evil).as_bytes(), policy=default)
    assert message["Bcc"] is None
    line = next(line for line in part(message, "plain").splitlines() if "(NISS)" in line)
    assert line.startswith("The identification number (NISS) of A")
    assert line.endswith("B is available.")


def test_a_name_is_text_in_the_html_and_no_template() -> None:
    message = mail(employee_name='<img src=x onerror="a()"> {{ 7*7 }} & O’Neil')
    html = part(message, "html")
    assert "<img" not in html
    assert "&lt;img" in html
    assert "{{ 7*7 }}" in part(message, "plain")


def test_a_long_name_is_cut() -> None:
    assert "x" * 119 + "…" in part(mail(employee_name="x" * 200), "plain")


@pytest.mark.parametrize(
    "recipient",
    ["", "alice", "@acme.example", "a@b@c,d@e", "alice@acme.example\r\nBcc: x@y.example", "a@x.example, b@x.example",
     "<a@x.example>", "a b@x.example", "a@", "a@.", "a@x..y", "a@" + "x" * 80 + ".example"],
)  # fmt: skip
def test_what_is_no_address_is_undeliverable_and_not_repeated(recipient: str) -> None:
    with pytest.raises(Undeliverable) as caught:
        mail(recipient=recipient)
    assert "alice" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_addresses_of_other_scripts() -> None:
    assert "bert@xn--bcher-kva.example" in mail(recipient="bert@bücher.example")["To"]
    assert "josé@acme.example" in mail(recipient="josé@acme.example").as_bytes().decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": "desk@niss.example\r\nBcc: x@y.example"},
        {"message_id": "<a@b>\r\nBcc: x@y.example"},
        {"link": "javascript:alert(1)"},
        {"link": "https://desk.example/\r\nBcc: x"},
        {"link": "/requests/1"},
    ],
)
def test_our_own_mistakes_are_errors(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        mail(**changes).as_bytes()


@pytest.mark.parametrize("notice", [Notice.INFORMATION_NEEDED, Notice.REMINDER, Notice.REJECTED])
def test_a_notice_without_what_it_tells(notice: Notice) -> None:
    with pytest.raises(ValueError, match="needs"):
        mail(notice)


def test_an_unknown_part_cannot_be_asked() -> None:
    with pytest.raises(ValueError, match="nobody can be asked"):
        mail(Notice.REMINDER, asked=["shoeSize"], deadline=DEADLINE)


@pytest.mark.parametrize(("key", "sender"), [("a b", SENDER), ("a", "nobody"), ("a>", SENDER), ("é", SENDER)])
def test_a_message_id_is_plain(key: str, sender: str) -> None:
    with pytest.raises(ValueError, match=r"message id|sender"):
        message_id(key, sender)
    assert message_id("k", "NISS desk <desk@niss.example>") == "<k@niss.example>"
