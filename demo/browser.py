"""A chromium for pictures, where one is installed: Debian's, driven through playwright."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page, ViewportSize

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Temporal's UI keeps the columns of its list per browser; a custom search attribute is one only once switched on.
_COLUMNS = {
    "default": [
        {"label": label, "pinned": False}
        for label in ("Status", "requestPhase", "requestOutcome", "Workflow ID", "deadline", "Start", "End")
    ]
}
WIDTH = 1500
_PATIENCE = 60_000  # milliseconds
_PHONE = 500  # pixels
_SETTLED = 1_500  # milliseconds; a page of a running workflow never stops asking

#: Temporal names workers `process@host`: the host is nobody's business in a picture.
_WITHOUT_HOSTS = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
        walker.currentNode.textContent = walker.currentNode.textContent.replace(/\\d+@[\\w.-]+/g, "worker");
}"""


#: Every picture of the page that is to be seen has come.
_DRAWN = "() => [...document.images].every(one => one.loading === 'lazy' || (one.complete && one.naturalWidth))"

#: The whole of a page is taken at once: what sticks to the window's edge would cover what is beside it.
_UNSTUCK = """() => document.querySelectorAll("main *").forEach(one => {
    if (getComputedStyle(one).position === "sticky") one.style.position = "static";
})"""


class NoBrowser(Exception):
    """There is no chromium, no playwright to drive it, or a page did not come."""


class Browser:
    """One window, 1500 pixels wide; `with Browser() as browser:`. Raises NoBrowser."""

    def __enter__(self) -> Self:
        program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        if program is None:
            raise NoBrowser("no chromium is installed (Debian: apt-get install chromium)")
        try:
            from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - a tool of development
        except ImportError:
            raise NoBrowser("playwright is not installed") from None
        self._error = Error
        self._playwright = sync_playwright().start()
        self._chromium = self._playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        self._context = self._chromium.new_context(locale="en-GB")
        self._portals: dict[tuple[str | None, int, str], BrowserContext] = {}
        self._context.add_init_script(
            f"localStorage.setItem('namespace-workflow-table-columns', {json.dumps(json.dumps(_COLUMNS))})"
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._chromium.close()
        self._playwright.stop()

    def picture(self, url: str, to: Path, *, awaited: str | None = None, height: int = 900) -> None:
        """A picture of a page, once the awaited text is on it: as high as the window, or the whole of a longer page."""
        page = self._context.new_page()
        page.set_viewport_size({"width": WIDTH, "height": height})
        try:
            page.goto(url, timeout=_PATIENCE)
            if awaited is not None:
                page.get_by_text(awaited).locator("visible=true").first.wait_for(timeout=_PATIENCE)
            page.wait_for_timeout(_SETTLED)
            page.evaluate(_WITHOUT_HOSTS)
            page.screenshot(path=to, full_page=True)
        except self._error as error:
            raise NoBrowser(f"no picture of {to.stem}: {str(error).splitlines()[0]}") from None
        finally:
            page.close()

    def portal(
        self,
        base: str,
        path: str,
        who: str | None,
        to: Path,
        *,
        width: int,
        language: str = "fr-BE",
        does: Callable[[Page], None] | None = None,
    ) -> None:
        """A picture of a page of the portal, whole, as a demo person (or nobody) sees it in a window so wide.

        A file called `.pdf` gets it as it is printed.
        """
        context = self._portals.get((who, width, language))
        try:
            if context is None:
                phone = width < _PHONE
                size: ViewportSize = {"width": width, "height": 800}
                context = self._chromium.new_context(locale=language, viewport=size, is_mobile=phone, has_touch=phone)
                self._portals[who, width, language] = context
                if who is not None:
                    first = context.new_page()
                    first.goto(f"{base}/sign-in", timeout=_PATIENCE)
                    first.get_by_role("link", name=who).click()
                    first.wait_for_url(lambda url: "/sign-in" not in url, timeout=_PATIENCE)
                    first.close()
            page = context.new_page()
            page.goto(f"{base}{path}", timeout=_PATIENCE)
            if does is not None:
                does(page)
            page.wait_for_function(_DRAWN)
            if to.suffix == ".pdf":
                page.pdf(path=to, format="A4", prefer_css_page_size=True)
            else:
                page.evaluate(_UNSTUCK)
                page.screenshot(path=to, full_page=not page.locator("dialog[open]").count())
            page.close()
        except self._error as error:
            raise NoBrowser(f"no picture of {to.stem}: {str(error).splitlines()[0]}") from None

    def temporal_list(self, ui: str, to: Path) -> None:
        """The list of requests, their phase a column."""
        self.picture(f"{ui}/namespaces/default/workflows", to, awaited="requestPhase", height=540)

    def temporal_history(self, ui: str, request_id: str, to: Path) -> None:
        """The history of one request."""
        url = f"{ui}/namespaces/default/workflows/request-{request_id}"
        self.picture(url, to, awaited="Who is it?", height=1900)
