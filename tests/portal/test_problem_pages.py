"""Whatever is wrong, the page that says so keeps the menu of whoever looks, and leads back to their work."""

from __future__ import annotations

import pytest

from domain.errors import DatabaseUnavailable
from service import sessions, worklist
from tests.api.desk import Desk
from tests.portal.person import Person


@pytest.mark.parametrize(
    ("who", "places", "home"),
    [
        ("bob", ["/", "/company"], "/"),
        ("dave", ["/desk", "/desk/register", "/desk/day"], "/desk"),
        ("sven", ["/desk", "/desk/day", "/desk/statistics"], "/desk"),
        ("ada", ["/audit", "/audit/trail"], "/audit"),
        ("oscar", ["/service"], "/service"),
        (None, [], "/"),
    ],
)
async def test_the_menu_stays(desk: Desk, who: str | None, places: list[str], home: str) -> None:
    person = Person(await desk.browser(who))
    await person.goes("/nothing/here")
    assert person.status == 404
    links = [href for _, href in person.read().links]
    # The name of the service before the menu, the way back after it.
    assert [href for href in links if href in places] == ([home, *places, home] if places else [])
    assert ("Back to the overview", home) in person.read().links
    assert ('action="/sign-out"' in person.text) == (who is not None)


async def test_what_is_away_keeps_the_menu_and_a_store_that_is_away_keeps_the_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dave = Person(await desk.browser("dave"))

    def away(*_: object, **__: object) -> None:
        raise DatabaseUnavailable("away")

    monkeypatch.setattr(worklist, "worklist", away)
    await dave.goes("/desk")
    assert dave.status == 503
    assert ("My day", "/desk/day") in dave.read().links
    assert ("Try again", "/desk") in dave.read().links
    monkeypatch.setattr(sessions, "signed_in", away)
    await dave.goes("/desk")
    assert dave.status == 503
    assert "/desk/day" not in dave.text
    assert "The service is not available now" in dave.words
