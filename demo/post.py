"""The mails that were sent, read from the mailbox page of the service."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import httpx

_NAME = re.compile(r"/mailbox/(\d{8}T[\d.]+Z-[0-9a-f]{8}\.eml)\b")


class Post:
    """The mailbox of a running service. Mails are fetched once each."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.http = httpx.Client(base_url=base, timeout=30, trust_env=False)
        self.raw: dict[str, bytes] = {}

    def names(self) -> list[str]:
        """Names of all mails, oldest first; each is in `raw` from then on."""
        page = self.http.get("/mailbox")
        page.raise_for_status()
        for name in set(_NAME.findall(page.text)) - set(self.raw):
            self.raw[name] = self.http.get(f"/mailbox/{name}/raw").raise_for_status().content
        return sorted(self.raw)

    def mails(self) -> list[EmailMessage]:
        """All mails, oldest first."""
        return [message_from_bytes(self.raw[name], policy=default) for name in self.names()]

    def about(self, *, to: str, containing: str) -> list[EmailMessage]:
        """Mails to somebody whose text has these words, oldest first."""
        return [mail for mail in self.mails() if mail["To"] == to and containing in text(mail)]


def text(mail: EmailMessage) -> str:
    """The plain text of a mail on one line, as its reader sees it."""
    body = mail.get_body(("plain",))
    return " ".join(body.get_content().split()) if body is not None else ""
