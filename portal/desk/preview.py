"""What a question's mail would say, before it is asked: in the requester's language."""

from __future__ import annotations

from collections.abc import Sequence

from domain.notification import Notice
from domain.ruling import ASKABLE_FIELDS, QUESTION_REASONS
from mail.compose import compose
from portal.entered import Entered
from runtime.house import House
from service.views import DeskView

_NOBODY = "requester@example.org"


def mail_preview(house: House, file: DeskView, entered: Entered, fields: Sequence[str]) -> str | None:
    """The mail's plain text, None while nothing is asked for or no reason is chosen."""
    asked = [*(["document"] if entered.value("document") else []), *(name for name in fields if name in ASKABLE_FIELDS)]
    reason = entered.value("reason")
    if not asked or reason not in QUESTION_REASONS:
        return None
    view, now = file.request, house.tools.now()
    name = " ".join(view.employee[part] for part in ("givenNames", "surname") if part in view.employee)
    mail = compose(
        Notice.INFORMATION_NEEDED,
        language=view.language,
        recipient=_NOBODY,
        employee_name=name,
        link=f"{house.public_url}/requests/{view.id}",
        message_id=f"<preview@{_NOBODY.partition('@')[2]}>",
        sender=_NOBODY,
        at=now,
        deadline=now + file.answer_expiry,
        reason=reason,
        asked=asked,
        objection=view.objection is not None,
        explained=bool(entered.value("message").strip()),
    )
    body = mail.get_body(("plain",))
    return body.get_content() if body is not None else None
