"""Mails of requests: an order of the outbox, in the words of mail/compose.py, with links to this service."""

from __future__ import annotations

from domain.notification import Notice
from domain.records import ComposedMail, MailOrder
from mail.compose import compose, message_id
from runtime.settings import Settings


class RequestMails:
    """domain.ports.Composer. Message ids are made of the request and the conclusion: a repeat is known as one."""

    def __init__(self, settings: Settings) -> None:
        self._sender = settings.mail_from
        self._public_url = settings.public_url.rstrip("/")

    def compose(self, order: MailOrder) -> ComposedMail:
        """See domain.ports.Composer."""
        message = compose(
            Notice(order.notice),
            language=order.language,
            recipient=order.recipient,
            employee_name=order.employee_name or "",
            link=f"{self._public_url}/requests/{order.request_id}",
            message_id=message_id(f"{order.request_id}.{order.key}", self._sender),
            sender=self._sender,
            at=order.at,
            deadline=order.deadline,
            reason=order.reason,
            asked=order.asks,
            objection=order.objection,
            explained=order.explained,
        )
        return ComposedMail(sender=self._sender, recipient=order.recipient, message=message.as_bytes())
