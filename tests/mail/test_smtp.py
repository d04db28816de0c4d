# ruff: noqa: N802 - the handlers are named by aiosmtpd
"""The postman against real SMTP servers: kind, busy, refusing, silent and away."""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from domain.errors import MailDeferred, Undeliverable
from mail.outbox import Outbox
from mail.smtp import SmtpPostman

SENDER = "desk@niss.example"
RECIPIENT = "alice.unique@acme.example"
MESSAGE = b"From: desk@niss.example\r\nTo: alice.unique@acme.example\r\nSubject: Hello\r\n\r\nBody\r\n"


Login = Callable[[str, bytes, bytes], bool]


class Moody:
    """A handler that answers as it is told."""

    def __init__(self, *, mail: str = "250 OK", rcpt: str = "250 OK", data: str = "250 OK") -> None:
        self.mail, self.rcpt, self.data = mail, rcpt, data
        self.kept: list[Envelope] = []

    async def handle_MAIL(self, _s: SMTP, _n: Session, envelope: Envelope, address: str, _o: list[str]) -> str:
        envelope.mail_from = address
        return self.mail

    async def handle_RCPT(self, _s: SMTP, _n: Session, envelope: Envelope, address: str, _o: list[str]) -> str:
        if self.rcpt.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, _s: SMTP, _n: Session, envelope: Envelope) -> str:
        self.kept.append(envelope)
        return self.data


@asynccontextmanager
async def server(
    handler: Moody, *, smtputf8: bool = False, tls: ssl.SSLContext | None = None, login: Login | None = None
) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()

    def connection() -> SMTP:
        return SMTP(handler, hostname="test", loop=loop, enable_SMTPUTF8=smtputf8, tls_context=tls, auth_callback=login)

    listening = await loop.create_server(connection, "127.0.0.1", 0)
    try:
        yield f"smtp://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    finally:
        listening.close()


async def deliver(url: str, recipient: str = RECIPIENT, *, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - the server's patience
    await SmtpPostman(url, timeout=timeout).deliver(MESSAGE, sender=SENDER, recipient=recipient)


async def test_a_mail_arrives_as_it_was() -> None:
    handler = Moody()
    async with server(handler) as url:
        await SmtpPostman(url).check()
        await deliver(url)
    (envelope,) = handler.kept
    assert (envelope.mail_from, envelope.rcpt_tos, envelope.content) == (SENDER, [RECIPIENT], MESSAGE)


@pytest.mark.parametrize(
    "answers",
    [{"rcpt": "550 No such user here: alice.unique"}, {"data": "554 We do not like alice.unique"}],
)
async def test_no_for_good_is_undeliverable(answers: dict[str, str]) -> None:
    async with server(Moody(**answers)) as url:
        with pytest.raises(Undeliverable) as caught:
            await deliver(url)
    assert "unique" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert not caught.value.retryable


@pytest.mark.parametrize(
    "answers",
    [
        {"rcpt": "451 Greylisted, alice.unique"},
        {"data": "452 Full"},
        {"mail": "421 Closing"},
        {"mail": "553 We do not know this sender"},
    ],
)
async def test_later_is_deferred(answers: dict[str, str]) -> None:
    async with server(Moody(**answers)) as url:
        with pytest.raises(MailDeferred) as caught:
            await deliver(url)
    assert "unique" not in str(caught.value)
    assert caught.value.retryable


async def test_a_server_that_is_away() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(MailDeferred):
            await deliver(url)
        with pytest.raises(MailDeferred):
            await SmtpPostman(url).check()
    with pytest.raises(MailDeferred):
        await deliver("smtp://no-such-host.invalid")


async def test_a_server_that_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(MailDeferred):
        await deliver(f"smtp://127.0.0.1:{silent.getsockname()[1]}", timeout=0.2)


async def test_an_address_of_another_script_needs_a_server_that_can() -> None:
    async with server(Moody()) as url:
        with pytest.raises(Undeliverable):
            await deliver(url, "josé@acme.example")
    able = Moody()
    async with server(able, smtputf8=True) as url:
        await deliver(url, "josé@acme.example")
    assert able.kept[0].rcpt_tos == ["josé@acme.example"]


async def test_the_envelope_has_bare_addresses_and_hosts_in_ascii() -> None:
    handler = Moody()
    async with server(handler) as url:
        postman = SmtpPostman(url)
        await postman.deliver(MESSAGE, sender=f"NISS desk <{SENDER}>", recipient="bert@bücher.example")
    assert handler.kept[0].mail_from == SENDER
    assert handler.kept[0].rcpt_tos == ["bert@xn--bcher-kva.example"]


@pytest.mark.parametrize("recipient", ["", "alice", "a@x.example>\r\nRCPT TO:<b@x.example", "a@x.example,b@x.example"])
async def test_no_other_recipient_gets_in(recipient: str) -> None:
    handler = Moody()
    async with server(handler) as url:
        with pytest.raises(Undeliverable):
            await deliver(url, recipient)
    assert handler.kept == []


async def test_a_password_that_is_not_accepted_is_no_fault_of_the_mail() -> None:
    async with server(Moody()) as url:
        with pytest.raises(MailDeferred):
            await deliver(url.replace("://", "://user:p%40ss@"))


@pytest.mark.parametrize("url", ["http://host", "smtp://", "host:25", ""])
def test_a_url_that_is_none(url: str) -> None:
    with pytest.raises(ValueError, match="smtp://"):
        SmtpPostman(url)


async def test_the_outbox_keeps_and_fails_as_told() -> None:
    outbox = Outbox()
    outbox.fail(MailDeferred("later"), Undeliverable("never"))
    with pytest.raises(MailDeferred):
        await outbox.check()
    with pytest.raises(MailDeferred):
        await outbox.deliver(MESSAGE, sender=SENDER, recipient=RECIPIENT)
    with pytest.raises(Undeliverable):
        await outbox.deliver(MESSAGE, sender=SENDER, recipient=RECIPIENT)
    await outbox.deliver(MESSAGE, sender=SENDER, recipient=RECIPIENT)
    await outbox.check()
    assert [sent.message["Subject"] for sent in outbox.sent] == ["Hello"]


# TLS


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 and its key, signed by itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    path = tmp_path_factory.mktemp("tls") / "test.pem"
    secret = key.private_bytes(pem, form, serialization.NoEncryption())
    path.write_bytes(certificate.public_bytes(pem) + secret)
    return path


def served(authority: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(authority)
    return context


async def test_starttls_is_used_where_offered_and_a_password_after_it(authority: Path) -> None:
    seen: list[bytes] = []

    def login(_kind: str, user: bytes, password: bytes) -> bool:
        seen.extend((user, password))
        return True

    handler = Moody()
    async with server(handler, tls=served(authority), login=login) as url:
        trusting = ssl.create_default_context(cafile=str(authority))
        postman = SmtpPostman(url.replace("://", "://me:p%40ss@"), tls=trusting)
        await postman.deliver(MESSAGE, sender=SENDER, recipient=RECIPIENT)
    assert len(handler.kept) == 1
    assert seen == [b"me", b"p@ss"]


async def test_a_certificate_nobody_vouches_for_is_not_trusted(authority: Path) -> None:
    handler = Moody()
    async with server(handler, tls=served(authority)) as url:
        with pytest.raises(MailDeferred):
            await deliver(url)
    assert handler.kept == []
