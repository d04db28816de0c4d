"""Why the desk's people look: nothing of a case outside their queue, and nobody of the register, without a reason."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from store.logbook import ConsultationRow
from tests.api.conftest import on_both
from tests.api.desk import Desk
from tests.portal.person import Person


def noted(desk: Desk, what: str) -> list[ConsultationRow]:
    with desk.tools.store.reading() as session:
        found = select(ConsultationRow).where(ConsultationRow.what == what).order_by(col(ConsultationRow.id))
        return list(session.exec(found))


@on_both
@pytest.mark.parametrize("who", ["dave", "sven"])
async def test_a_scan_of_a_case_outside_the_queue_asks_why_whatever_its_address(desk: Desk, who: str) -> None:
    request_id = await desk.identified()
    raw = (await (await desk.browser("bob")).get(f"/requests/{request_id}/documents/passport/1")).content
    before = len(noted(desk, "page"))
    person = Person(await desk.browser(who))
    for address in (f"/requests/{request_id}/documents/passport/1", f"/requests/{request_id}"):
        await person.goes(address)
        assert person.path == f"/desk/requests/{request_id}"
        assert "Why do you open this case?" in person.words
        assert "Reuter" not in person.text
    assert len(noted(desk, "page")) == before
    await person.fills(f"/desk/requests/{request_id}/open", reason="Asked by the embassy.")
    await person.goes(f"/requests/{request_id}/documents/passport/1")
    assert person.path == f"/desk/requests/{request_id}/documents/passport/pages/1"
    assert person.answer is not None
    assert person.answer.headers["content-type"] == "image/jpeg"
    assert person.answer.content != raw, "with who looks and when drawn across it"
    assert len(noted(desk, "page")) == before + 1
    assert [row.reason for row in noted(desk, "opening")] == ["Asked by the embassy."]
