"""A hand at a browser: Debian's chromium on the portal of a running service."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from demo.people import Hire
from demo.specimens import Look, draw, filename, media_type

PATIENCE = 120_000  # milliseconds: several such tests share two cores


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; skips where none is installed."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Hand:
    """One person's browser window. Words are those of the page's language."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context = context
        self.base = base
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def signs_in(self, login: str) -> None:
        self.page.goto(f"{self.base}/sign-in")
        self.page.get_by_role("link", name=login).click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def goes(self, path: str) -> None:
        self.page.goto(f"{self.base}{path}")

    def presses(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follows(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()

    @property
    def request_id(self) -> str:
        return self.page.url.split("/requests/")[1].split("/")[0].split("?")[0]

    def begins(self) -> str:
        """In French: from the overview to step 1."""
        self.goes("/")
        self.follows("Demander un numéro d’identification belge")
        self.presses("Commencer")
        self.page.wait_for_url("**/documents")
        return self.request_id

    def shows_the_document(self, hire: Hire, *, script: bool = True, look: Look | None = None) -> None:
        """Step 1: with scripts the file goes by itself, without them with the form."""
        look = look or hire.look
        file: Any = {
            "name": filename(hire.kind, look),
            "mimeType": media_type(look),
            "buffer": draw(hire.person, hire.kind, look, 7),
        }
        self.page.check(f"input[name=kind][value={hire.kind.value}]")
        self.page.set_input_files("#files", file)
        if script:
            self.page.locator(".scan img").first.wait_for()
        self.presses("Continuer")
        if "personal-data" not in self.page.url:
            # Without scripts a page that is hard to read is looked at first.
            self.presses("Continuer")
        self.page.wait_for_url("**/personal-data")

    def states(self, hire: Hire) -> None:
        """Steps 2 and 3."""
        person = hire.personal_data
        for name in ("surname", "givenNames", "birthPlace", "documentNumber"):
            self.page.fill(f"#{name}", person[name])
        for name in ("birthDate", "documentExpiry"):
            for part, value in zip(("year", "month", "day"), person[name].split("-"), strict=True):
                self.page.fill(f"#{name}-{part}", value)
        self.page.check(f"input[name=sex][value={person['sex']}]")
        self.page.select_option("#nationality", person["nationality"])
        self.presses("Continuer")
        self.page.wait_for_url("**/address")
        self.page.select_option("#official-country", hire.address["country"])
        for which, address in (("official", hire.address), ("contact", hire.addresses["contact"])):
            for name in ("street", "houseNumber", "postalCode", "municipality"):
                self.page.fill(f"#{which}-{name}", address[name])
        self.presses("Continuer")
        self.page.wait_for_url("**/check")

    def sends(self) -> None:
        """Step 4."""
        self.presses("Envoyer la demande")
        self.page.wait_for_load_state()
        problem = self.page.locator("#problem")
        assert problem.count() == 0, self.page.inner_text("main")
        self.page.wait_for_url("**/sent")

    def lines(self) -> list[str]:
        """The sentences of the history, latest first."""
        return [
            " ".join(text.split()) for text in self.page.locator("#lines .line > div > p:first-child").all_inner_texts()
        ]
