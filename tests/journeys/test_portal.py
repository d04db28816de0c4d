"""People do the whole work in a browser, on the whole service: the source document's people, in French."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from demo import people
from demo.post import text
from demo.running import until
from demo.specimens import Look
from tests.journeys.hand import PATIENCE, Hand, chromium
from tests.journeys.service import BOB, Walk

pytestmark = [pytest.mark.journey, pytest.mark.engine, pytest.mark.browser, pytest.mark.timeout(900)]
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture
def bob(browser: Browser, walk: Walk) -> Iterator[Hand]:
    context = browser.new_context(locale="fr-BE", viewport={"width": 1280, "height": 900})
    hand = Hand(context, walk.service.urls["portal"].rstrip("/"))
    hand.signs_in(BOB)
    yield hand
    context.close()
    assert "\n".join(said for said in hand.complaints if "Failed to load" not in said) == ""


def ask(bob: Hand, hire: people.Hire, *, script: bool = True) -> str:
    request_id = bob.begins()
    bob.shows_the_document(hire, script=script)
    bob.states(hire)
    bob.sends()
    return request_id


def test_the_source_documents_people_in_french(walk: Walk, bob: Hand) -> None:
    """Until the overview reads as the service's own page; then the new document, from the mail's link."""
    asked = {hire.name: ask(bob, hire) for hire in (people.COENIG, people.LOUIS, people.MARIA, people.JEAN)}
    expect(bob.page.locator("#answer")).to_contain_text("est en cours")
    bob.goes(f"/requests/{asked['Coenig Reuter']}/sent")
    expect(bob.page.locator(".big-number")).to_have_text("83.45.24-163.11")
    jean = asked[people.JEAN.name]
    walk.comes_to(jean, "inReview")
    walk.asked(jean, document=True, reason="unreadable", message="La page 1 est floue : le nom ne se lit pas.")
    bob.goes("/")
    assert set(bob.lines()) == {hire.line for hire in (people.COENIG, people.LOUIS, people.MARIA, people.JEAN)}
    expected = bob.page.locator(".expected")
    expect(expected).to_contain_text("Action attendue – avant le")
    expect(expected).to_contain_text("La page 1 est floue : le nom ne se lit pas.")

    def link() -> str:
        for mail in walk.service.post.mails():
            if jean in text(mail) and "Action" in str(mail["Subject"]):
                return str(re.findall(r"https?://\S+", text(mail))[0])
        return ""

    until(lambda: bool(link()), "the mail that asks", 90)
    stranger = Hand(bob.context.browser.new_context(locale="fr-BE"), bob.base)  # type: ignore[union-attr]
    stranger.page.goto(link())
    assert "/sign-in" in stranger.page.url
    stranger.page.get_by_role("link", name=BOB).click()
    stranger.page.wait_for_url(f"**/requests/{jean}")
    stranger.follows("Charger le document")
    file = {"name": "neu.png", "mimeType": "image/png", "buffer": people_scan(people.JEAN)}
    stranger.page.check("input[name=kind][value=identityCard]")
    stranger.page.set_input_files("#files", file)  # type: ignore[arg-type]
    stranger.presses("Envoyer le document")
    stranger.page.wait_for_url(f"**/requests/{jean}")
    walk.comes_to(jean, "inReview")
    stranger.context.close()
    bob.goes("/")
    bob.page.locator(f"#lines a[href='/requests/{asked[people.MARIA.name]}/withdraw']").click()
    bob.presses("Oui, la supprimer")
    expect(bob.page.locator("#lines")).to_contain_text("La demande d'identification pour Maria Tienpont a été annulée")


def people_scan(hire: people.Hire) -> bytes:
    from demo.specimens import draw  # noqa: PLC0415 - one drawing

    return draw(hire.person, hire.kind, Look.CLEAN, 11)


def test_send_pressed_twice_and_the_way_back(walk: Walk, bob: Hand) -> None:
    request_id = bob.begins()
    bob.shows_the_document(people.HANS, look=Look.CLEAN)
    bob.states(people.HANS)
    bob.page.get_by_role("button", name="Envoyer la demande").dblclick(no_wait_after=True)
    bob.page.wait_for_url("**/sent")
    expect(bob.page.locator(".big-number")).to_have_text("99.45.09-027.60")
    assert walk.kinds(request_id).count("submitted") == 1
    bob.page.go_back()
    bob.page.wait_for_url(lambda url: not url.endswith("/check"))
    assert bob.page.url.endswith(f"/requests/{request_id}")
    expect(bob.page.locator(".big-number")).to_have_text("99.45.09-027.60")


def test_a_draft_is_resumed_on_another_day(browser: Browser, bob: Hand) -> None:
    """In another browser, signed in anew: everything accepted is there."""
    request_id = bob.begins()
    bob.shows_the_document(people.THOMAS)
    bob.page.fill("#surname", "Janssens")
    bob.page.fill("#birthDate-year", "1994")
    bob.presses("Enregistrer et revenir plus tard")
    bob.page.wait_for_url(f"{bob.base}/")
    bob.context.clear_cookies()
    context = browser.new_context(
        locale="fr-BE", viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
    )
    later = Hand(context, bob.base)
    later.signs_in(BOB)
    later.page.locator(f"#lines a[href='/requests/{request_id}']").click()
    expect(later.page.locator(".tasks")).to_contain_text("Fait")
    later.follows("2. Données personnelles")
    assert later.page.input_value("#surname") == "Janssens"
    later.states(people.THOMAS)
    later.sends()
    expect(later.page.locator(".big-number")).to_have_text("94.45.05-069.33")
    context.close()


def test_the_whole_journey_without_javascript(browser: Browser, walk: Walk) -> None:
    context = browser.new_context(locale="fr-BE", java_script_enabled=False)
    bob = Hand(context, walk.service.urls["portal"].rstrip("/"))
    bob.signs_in(BOB)
    request_id = ask(bob, people.HILDEGARDA, script=False)
    if bob.page.locator("[data-waiting]").count():
        walk.comes_to(request_id, "closed")
        bob.goes(f"/requests/{request_id}/sent")
    assert bob.page.locator(".big-number").inner_text() == "93.45.12-046.19"
    bob.follows("Voir toutes les données")
    bob.follows("Ce n’est pas mon travailleur")
    bob.page.fill("#message", "La date de naissance est une autre.")
    bob.presses("Envoyer l’objection")
    bob.page.wait_for_url(f"**/requests/{request_id}")
    assert "Un agent examine votre objection." in bob.page.inner_text("main")
    bob.goes("/")
    bob.page.fill("#q", "hildeg")
    bob.presses("Afficher")
    bob.page.wait_for_url(f"{bob.base}/")
    assert bob.lines() != []
    assert all("Hildegarda" in line for line in bob.lines())
    bob.follows("Entreprise")
    assert "Acme" in bob.page.inner_text("h1")
    bob.presses("Se déconnecter")
    bob.page.wait_for_url("**/sign-in")
    context.close()


def test_news_is_announced_while_one_looks(walk: Walk, bob: Hand) -> None:
    bob.goes("/")
    fresh = bob.page.locator("#fresh")
    expect(fresh).to_be_hidden()
    walk.in_review()
    expect(fresh).to_be_visible()
    expect(fresh).to_contain_text("Il y a du nouveau pour vos demandes.")
