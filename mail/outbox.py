"""A postman that keeps mails instead of sending them: for tests, and for whoever develops without a mail server."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from domain.errors import MailDeferred, Undeliverable


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail as handed over."""

    sender: str
    recipient: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """It, parsed."""
        return message_from_bytes(self.content, policy=default)


@dataclass(slots=True)
class Outbox:
    """domain.ports.Postman in memory. `failures` are raised by the next deliveries, in order, until none is left."""

    sent: list[Sent] = field(default_factory=list)
    failures: deque[MailDeferred | Undeliverable] = field(default_factory=deque)

    def fail(self, *failures: MailDeferred | Undeliverable) -> None:
        """Let the next deliveries fail."""
        self.failures.extend(failures)

    async def deliver(self, message: bytes, *, sender: str, recipient: str) -> None:
        """Keep it, or raise the next failure."""
        if self.failures:
            raise self.failures.popleft()
        self.sent.append(Sent(sender, recipient, message))

    async def check(self) -> None:
        """Raise MailDeferred while one is the next failure."""
        if self.failures and isinstance(self.failures[0], MailDeferred):
            raise self.failures[0]
