"""A notice becomes a mail: text and HTML of the same words, and headers that nobody can write into.

A mail holds the employee's name in its body and nothing else personal: no number, no date or place, no free text of an
agent or a requester (which may hold anything). What an agent wrote is read in the request, behind the link.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.notification import Notice
from locales.catalogue import say
from mail.addresses import recipient_address, sender_address
from mail.languages import INFORMATION_REASONS, REJECTION_REASONS, instant, listed, spoken

TEMPLATES: Final = Path(__file__).parent / "templates"
#: A longer name is cut in mails: it is there to be recognised.
NAME_LENGTH: Final = 120
#: What every mail says around its paragraphs; `{action}` is the words on its button.
FRAME: Final[Mapping[str, str]] = {
    "service": "Belgian identification number",
    "greeting": "Hello,",
    "call": "{action}:",
    "footer": "This message was sent automatically: replies are not read.",
}

_loader = FileSystemLoader(TEMPLATES)
# Words are rendered as plain text once; the HTML layout then escapes each paragraph.
_text = Environment(loader=_loader, undefined=StrictUndefined, autoescape=False, trim_blocks=True)  # noqa: S701 - plain text
_html = Environment(loader=_loader, undefined=StrictUndefined, autoescape=True, trim_blocks=True)


def message_id(key: str, sender: str) -> str:
    """`<key@host of the sender>`: the same notice sent twice is known as one."""
    host = sender_address(sender)[1].rpartition("@")[2]
    identifier = f"<{key}@{host}>"
    if not key or not identifier.isascii() or any(c.isspace() or c in "<>@" for c in key):
        raise ValueError("a message id needs a plain key and a sender with a host")
    return identifier


def compose(  # noqa: PLR0913 - all by keyword; a mail has this many sides
    notice: Notice,
    *,
    language: str,
    recipient: str,
    employee_name: str,
    link: str,
    message_id: str,
    sender: str,
    at: datetime,
    deadline: datetime | None = None,
    reason: str | None = None,
    asked: Sequence[str] = (),
    objection: bool = False,
    explained: bool = True,
) -> EmailMessage:
    """Write one mail. The same arguments give the same bytes.

    Args:
        notice: which one.
        language: of the request; a language without catalogue gets English.
        recipient: one mail address.
        employee_name: given names and surname, or "" where nothing is stated yet.
        link: to the request, http(s), with nothing personal in it.
        message_id: `<key@host>`, see `message_id()`.
        sender: NISS_MAIL_FROM, an address with or without a name.
        at: aware instant of the Date header.
        deadline: aware instant; needed by informationNeeded and reminder.
        reason: of the ruling (docs/api.md); needed by informationNeeded and rejected. Suspected fraud reads as
            not identifiable.
        asked: what was asked for: `document` and names of fields. A reminder without is one about a draft.

        objection: whether the question comes after an objection: the request then has a number, and keeps it.
        explained: whether the agent has written a message; without one, another reason is none that can be told.

    Raises:
        Undeliverable: the recipient is no mail address.
        ValueError: an argument of our own making is missing or malformed.
    """
    tongue = spoken(language)
    _check_link(link)
    values = {
        "employee": _one_line(employee_name),
        "reason": _reason(notice, reason, tongue),
        "asked": listed(asked, tongue),
        "deadline": instant(deadline, tongue) if deadline is not None else "",
        "objection": "yes" if objection else "",
        "unsaid": "yes" if reason == "other" and not explained else "",
    }
    _check_complete(notice, values)
    return _written(f"{notice}.txt", values, tongue, link, recipient, message_id, sender, at)


def compose_invitation(
    *, language: str, recipient: str, company: str, link: str, message_id: str, sender: str, at: datetime
) -> EmailMessage:
    """Write to somebody who is invited into a company: by whom, and where they sign in. See `compose`.

    Nothing personal is in it but the address it goes to. `company`: its name; `link`: the service's public address.
    """
    _check_link(link)
    values = {"company": _one_line(company), "address": link}
    return _written("invitation.txt", values, spoken(language), link, recipient, message_id, sender, at)


def _written(
    template: str,
    values: Mapping[str, str],
    tongue: str,
    link: str,
    recipient: str,
    message_id: str,
    sender: str,
    at: datetime,
) -> EmailMessage:
    """The message of a template's words, with its headers."""
    parts = _parts(template, values, tongue)
    layout: dict[str, object] = {**parts, "link": link, "language": tongue}
    layout |= {name: say(words, tongue, {"action": str(parts["action"])}) for name, words in FRAME.items()}

    to = recipient_address(recipient)
    message = EmailMessage(policy=SMTP if to.isascii() else SMTPUTF8)
    name, address = sender_address(sender)
    message["From"] = Address(name or str(layout["service"]), addr_spec=address)
    message["To"] = to
    message["Subject"] = str(parts["subject"])
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(_text.get_template("layout.txt").render(layout), cte="quoted-printable")
    message.add_alternative(_html.get_template("layout.html").render(layout), subtype="html", cte="quoted-printable")
    # After the content: setting it clears every Content- header.
    message["Content-Language"] = tongue
    # A boundary of our own, so that a mail sent again has the same bytes.
    message.set_boundary("=_" + hashlib.sha256(message_id.encode()).hexdigest()[:32])
    return message


def _parts(template: str, values: Mapping[str, str], language: str) -> dict[str, object]:
    """Subject, paragraphs and action of a notice's template, each a line of plain text."""
    blocks = _text.get_template(template)
    # `_("…")` says a sentence with the values of this mail in its {placeholders}.
    context = blocks.new_context({**values, "_": lambda sentence: say(sentence, language, values)})
    rendered = {name: "".join(block(context)) for name, block in blocks.blocks.items()}
    paragraphs = [" ".join(part.split()) for part in rendered["body"].split("\n\n")]
    return {
        "subject": " ".join(rendered["subject"].split()),
        "paragraphs": [part for part in paragraphs if part],
        "action": " ".join(rendered["action"].split()),
    }


def _reason(notice: Notice, reason: str | None, language: str) -> str:
    if reason is None:
        return ""
    if notice is Notice.REJECTED:
        shown = "notIdentifiable" if reason == "suspectedFraud" else reason
        return say(REJECTION_REASONS.get(shown, REJECTION_REASONS["other"]), language)
    return say(INFORMATION_REASONS.get(reason, INFORMATION_REASONS["other"]), language)


def _check_complete(notice: Notice, values: Mapping[str, str]) -> None:
    needed = {
        Notice.INFORMATION_NEEDED: ("reason", "deadline", "asked"),
        Notice.REMINDER: ("deadline",),
        Notice.REJECTED: ("reason",),
    }.get(notice, ())
    missing = [name for name in needed if not values[name]]
    if missing:
        raise ValueError(f"{notice} needs {', '.join(missing)}")


def _check_link(link: str) -> None:
    parts = urlsplit(link)
    if parts.scheme not in ("http", "https") or not parts.netloc or any(c.isspace() for c in link):
        raise ValueError("the link of a mail is an http or https URL")


def _one_line(name: str) -> str:
    """A name as it may stand in a paragraph: no control characters, no marks that turn the reading direction."""
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in name)
    kept = "".join(c for c in kept if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    kept = " ".join(kept.split())
    return kept if len(kept) <= NAME_LENGTH else kept[: NAME_LENGTH - 1] + "…"
