"""In a browser, on the whole service: an administrator's company, a mandate, a zone that says otherwise, cancelling."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from demo import people
from demo.running import until
from documents.zone.installed import missing
from tests.journeys.hand import PATIENCE, Hand, chromium
from tests.journeys.service import BOB, CAROL, Walk

pytestmark = [pytest.mark.journey, pytest.mark.engine, pytest.mark.browser, pytest.mark.timeout(900)]
expect.set_options(timeout=PATIENCE)
GINA, SAM, NEW = "gina@globex.example", "sam@payroll.example", "nora@globex.example"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


def comes(browser: Browser, walk: Walk, login: str) -> Hand:
    hand = Hand(browser.new_context(locale="fr-BE"), walk.service.urls["portal"].rstrip("/"))
    hand.signs_in(login)
    return hand


def test_the_administrator_invites_gives_a_role_and_removes(browser: Browser, walk: Walk) -> None:
    gina = comes(browser, walk, GINA)
    page = gina.page
    gina.goes("/company")
    page.get_by_text("Inviter un collègue").click()
    page.fill("#email", "not an address")
    gina.presses("Inviter")
    expect(page.locator("#problem")).to_be_focused()
    page.fill("#email", NEW)
    page.fill("#name", "Nora Peters")
    gina.presses("Inviter")
    expect(page.locator("tr", has_text="Nora Peters")).to_contain_text("invité")
    until(lambda: any(NEW in str(mail["To"]) for mail in walk.service.post.mails()), "the invitation", 90)
    page.locator("tr", has_text="Nora Peters").get_by_role("link").click()
    page.get_by_label("Gestionnaire d’accès principal").check()
    gina.presses("Garder ce rôle")
    expect(page.locator("tr", has_text="Nora Peters")).to_contain_text("Gestionnaire d’accès principal")
    page.locator("tr", has_text="Nora Peters").get_by_role("link").click()
    gina.presses("Retirer de l’entreprise")
    expect(page.locator("h1")).to_contain_text("Globex")
    expect(page.locator("main")).not_to_contain_text("Nora Peters")
    carol = comes(browser, walk, CAROL)
    carol.goes("/company")
    expect(carol.page.locator("tr", has_text="Carol").first).to_be_visible()
    assert carol.page.get_by_text("Inviter un collègue").count() == 0
    for one in (gina, carol):
        one.context.close()


def test_under_a_mandate_a_social_secretariat_asks_until_it_ends(browser: Browser, walk: Walk) -> None:
    gina, sam = comes(browser, walk, GINA), comes(browser, walk, SAM)
    gina.goes("/company")
    gina.page.get_by_text("Donner un mandat").click()
    gina.page.fill("#enterpriseNumber", "0999.002.307")
    gina.presses("Donner le mandat")
    expect(gina.page.locator("tr", has_text="Payroll BV")).to_contain_text("demande en votre nom")
    sam.goes("/")
    sam.follows("Demander un numéro d’identification belge")
    sam.page.get_by_label("Globex SA").check()
    sam.presses("Commencer")
    sam.page.wait_for_url("**/documents")
    request_id = sam.request_id
    sam.shows_the_document(people.HANS)
    sam.states(people.HANS)
    sam.sends()
    expect(sam.page.locator(".big-number")).to_have_text("99.45.09-027.60")
    gina.goes("/?scope=company")
    assert "Le NISS de Hans Van Mechelen est 99.45.09-027.60" in gina.lines()
    sam.goes(f"/requests/{request_id}")
    expect(sam.page.locator("main")).to_contain_text("Globex SA")
    gina.goes("/company")
    gina.page.locator("tr", has_text="Payroll BV").get_by_role("link").click()
    gina.presses("Mettre fin au mandat")
    expect(gina.page.locator("h1")).to_contain_text("Globex")
    sam.goes(f"/requests/{request_id}")
    expect(sam.page.locator("h1")).to_contain_text("Cette page n’existe pas")
    sam.goes("/requests/new")
    expect(sam.page.locator("#onBehalfOf")).to_be_attached()
    assert sam.page.get_by_label("Globex SA").count() == 0
    for one in (gina, sam):
        one.context.close()


@pytest.mark.skipif(bool(missing()), reason="no OCR installed")
def test_what_the_document_says_is_used_or_confirmed(browser: Browser, walk: Walk) -> None:
    """The zone offers the birth date, and asks about the name; a passport is not always spelled as its owner is."""
    bob = comes(browser, walk, BOB)
    page = bob.page
    request_id = bob.begins()
    bob.shows_the_document(people.LOUIS)

    def read() -> bool:
        return all(document["mrzState"] != "pending" for document in walk.bob.reads(request_id)["documents"])

    until(read, "the zone is read", 120)
    bob.states(people.LOUIS)
    bob.goes(f"/requests/{request_id}/personal-data")
    page.fill("#surname", "Dupond")
    page.fill("#birthDate-day", "7")
    bob.presses("Continuer")
    page.wait_for_url("**/check")
    bob.goes(f"/requests/{request_id}/personal-data")
    offered = page.locator(".offer", has=page.locator("[data-use=birthDate]"))
    expect(offered).to_contain_text("06/05/1995")
    offered.get_by_role("button").click()
    assert page.input_value("#birthDate-day") == "06"
    bob.presses("Continuer")
    page.wait_for_url("**/check")
    bob.presses("Envoyer la demande")
    expect(page.locator("#problem")).to_be_focused()
    expect(page.locator("#confirmed")).to_contain_text("DUPONT")
    expect(page.locator("#confirmed .choice")).to_have_count(1)
    assert walk.bob.reads(request_id)["phase"] == "collecting"
    page.locator("#confirmed-surname").check()
    bob.sends()
    walk.comes_to(request_id, "closed" if page.locator(".big-number").count() else "inReview")
    assert walk.kinds(request_id).count("submitted") == 1
    bob.context.close()


def test_a_draft_and_a_request_at_the_desk_are_cancelled(browser: Browser, walk: Walk) -> None:
    bob = comes(browser, walk, BOB)
    draft = bob.begins()
    bob.goes(f"/requests/{draft}")
    bob.page.locator(f"a[href='/requests/{draft}/withdraw']").first.click()
    bob.presses("Oui, la supprimer")
    bob.page.wait_for_url(f"{bob.base}/")
    assert walk.bob.reads(draft)["outcome"] == "withdrawn"
    request_id = walk.in_review()
    bob.goes(f"/requests/{request_id}/withdraw")
    bob.page.go_back()
    assert walk.bob.reads(request_id)["phase"] == "inReview", "looking at the question withdraws nothing"
    bob.goes(f"/requests/{request_id}/withdraw")
    bob.presses("Oui, la supprimer")
    walk.comes_to(request_id, "closed")
    assert walk.kinds(request_id).count("withdrawn") == 1
    bob.context.close()
