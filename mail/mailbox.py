"""The mails that the catcher kept, read and rendered: the mailbox page of development."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.errors import NotFound
from mail.compose import TEMPLATES
from mail.languages import BRUSSELS

#: More are not listed: the page is for looking at what was just sent.
LISTED: Final = 200
_NAME: Final = re.compile(r"\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{8}\.eml", re.ASCII)
_pages = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True, trim_blocks=True)


@dataclass(frozen=True, slots=True)
class CaughtMail:
    """One kept mail. `name` is its file's name, `received` an aware instant; a text it does not have is ""."""

    name: str
    received: datetime
    subject: str
    sender: str
    recipient: str
    text: str
    html: str

    @property
    def shown(self) -> str:
        """When it was received, in Brussels."""
        return f"{self.received.astimezone(BRUSSELS):%Y-%m-%d %H:%M:%S}"


def list_mails(folder: Path, *, limit: int = LISTED) -> list[CaughtMail]:
    """The newest mails first; [] where the folder is not there yet."""
    if not folder.is_dir():
        return []
    names = sorted((path.name for path in folder.iterdir() if _NAME.fullmatch(path.name)), reverse=True)
    found = []
    for name in names[:limit]:
        try:
            found.append(read_mail(folder, name))
        except NotFound:  # somebody emptied the folder meanwhile
            continue
    return found


def raw_mail(folder: Path, name: str) -> bytes:
    """The file of one mail. Raises NotFound for any name that the catcher would not have given."""
    if not _NAME.fullmatch(name):
        raise NotFound("This mail is not there.")
    try:
        return (folder / name).read_bytes()
    except OSError:
        raise NotFound("This mail is not there.") from None


def read_mail(folder: Path, name: str) -> CaughtMail:
    """One mail, parsed as far as it can be. Raises NotFound."""
    message = message_from_bytes(raw_mail(folder, name), policy=default)
    received = datetime.strptime(name[:23], "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
    return CaughtMail(
        name=name,
        received=received,
        subject=_header(message, "Subject"),
        sender=_header(message, "From"),
        recipient=_header(message, "To"),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def render_mailbox(mails: Sequence[CaughtMail], *, base: str = "/mailbox") -> str:
    """The list as a page. Each links to `<base>/<name>` (the page of one mail) and `<base>/<name>/raw` (its file)."""
    return _pages.get_template("mailbox/list.html").render(mails=mails, base=base)


def render_mail(mail: CaughtMail, *, base: str = "/mailbox") -> str:
    """One mail as a page: its text with clickable links, its HTML in a frame that may run nothing."""
    return _pages.get_template("mailbox/mail.html").render(mail=mail, base=base)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except Exception:  # noqa: BLE001 - anybody can send anything to the catcher; email's header parser raises at will
        return ""


def _part(message: EmailMessage, kind: str) -> str:
    try:
        body = message.get_body((kind,))
        content = body.get_content() if body is not None else ""
    except Exception:  # noqa: BLE001 - see _header: an unknown charset, a broken encoding
        return ""
    return content if isinstance(content, str) else ""
