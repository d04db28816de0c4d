"""Delivers over SMTP."""

from __future__ import annotations

import ssl
from typing import Final
from urllib.parse import unquote, urlsplit

import aiosmtplib

from domain.errors import MailDeferred, Undeliverable
from mail.addresses import recipient_address, sender_address

TIMEOUT_SECONDS: Final = 20.0
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS: Final = {"smtp": 25, "smtps": 465}


class SmtpPostman:
    """domain.ports.Postman. One connection a mail: mails are few, and a kept connection breaks at the wrong moment.

    `smtp://[user:password@]host[:port]` (STARTTLS where the server offers it; required before a password leaves for
    another machine) or `smtps://…` (TLS from the first byte). Certificates are verified.
    """

    def __init__(self, url: str, *, timeout: float = TIMEOUT_SECONDS, tls: ssl.SSLContext | None = None) -> None:
        """`timeout` in seconds for each answer; `tls` for a certificate authority of one's own. ValueError: no URL."""
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("an SMTP URL starts with smtp:// or smtps:// and names a host")
        self._host = parts.hostname
        self._port = parts.port or _PORTS[parts.scheme]
        self._use_tls = parts.scheme == "smtps"
        self._username = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._timeout = timeout
        self._tls = tls

    async def deliver(self, message: bytes, *, sender: str, recipient: str) -> None:
        """Hand one RFC 5322 message over. `sender` may have a name; the envelope takes its address.

        Raises:
            MailDeferred: the server is away, too slow, says 4xx, or does not accept us (login, sender): later.
            Undeliverable: 5xx to the recipient or to the message, or no address at all: never.
        """
        recipient = recipient_address(recipient)
        _, sender = sender_address(sender)
        # SMTPUTF8 is asked for only where an address needs it: few servers of companies offer it.
        options = [] if (sender + recipient).isascii() else ["SMTPUTF8"]
        try:
            async with self._client() as client:
                await client.sendmail(sender, [recipient], message, mail_options=options)
        except (aiosmtplib.SMTPException, OSError, ValueError) as wrong:
            # None of their texts is passed on: they repeat addresses.
            raise _translated(wrong) from None

    async def check(self) -> None:
        """Say hello. Raises MailDeferred where the server cannot be reached now."""
        try:
            async with self._client() as client:
                await client.noop()
        except (aiosmtplib.SMTPException, OSError, ValueError):
            raise MailDeferred("The mail server does not answer.") from None

    def _client(self) -> aiosmtplib.SMTP:
        must_hide = self._username is not None and self._host not in _LOCAL
        return aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            username=self._username,
            password=self._password,
            timeout=self._timeout,
            use_tls=self._use_tls,
            start_tls=True if must_hide and not self._use_tls else None,
            tls_context=self._tls,
        )


def _translated(wrong: Exception) -> MailDeferred | Undeliverable:
    """Only what the server says of this recipient or this message, and says for good, is for good."""
    if isinstance(wrong, aiosmtplib.SMTPRecipientsRefused):
        codes = [refused.code for refused in wrong.recipients]
        if codes and all(_permanent(code) for code in codes):
            return Undeliverable("The mail server refuses this recipient.")
    if isinstance(wrong, aiosmtplib.SMTPDataError) and _permanent(wrong.code):
        return Undeliverable("The mail server refuses this message.")
    if isinstance(wrong, aiosmtplib.SMTPNotSupported):
        return Undeliverable("The mail server cannot write to this kind of address.")
    if isinstance(wrong, aiosmtplib.SMTPResponseException):
        return MailDeferred(f"The mail server answers {wrong.code}.")
    return MailDeferred("The mail server does not answer.")


def _permanent(code: int) -> bool:
    return 500 <= code < 600
