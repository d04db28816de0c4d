"""Somebody with a browser that runs no script: reads pages, follows links, fills in the forms that are on them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx


@dataclass
class Form:
    """A form of a page: where it goes, its fields as they stand, its buttons."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self._select: str | None = None
        self._area: str | None = None
        self._link: str | None = None
        self._said = ""
        self._inside = False

    def handle_starttag(  # noqa: C901 - one branch a tag
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        match tag:
            case "form":
                self.forms.append(Form(given.get("action", ""), given.get("method", "get")))
                self._inside = True
            case "a":
                self._link, self._said = given.get("href"), ""
            case _ if not self.forms or not self._inside or "form" in given:
                pass
            case "input":
                self._input(given)
            case "select":
                self._select = given["name"]
                self.forms[-1].fields.setdefault(self._select, "")
            case "option":
                if self._select and "selected" in given:
                    self.forms[-1].fields[self._select] = given["value"]
            case "textarea":
                self._area = given["name"]
                self.forms[-1].fields[self._area] = ""
            case "button":
                self.forms[-1].buttons.append((given.get("name", ""), given.get("value", "")))

    def _input(self, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name")
        if name is None:  # for scripts alone
            return
        if kind in ("radio", "checkbox"):
            if "checked" in given:
                self.forms[-1].fields[name] = given.get("value", "on")
        elif kind != "file":
            self.forms[-1].fields[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "form":
                self._inside = False
            case "a" if self._link is not None:
                self.links.append((" ".join(self._said.split()), self._link))
                self._link = None
            case "select":
                self._select = None
            case "textarea":
                self._area = None

    def handle_data(self, data: str) -> None:
        self._said += data
        if self._area is not None:
            self.forms[-1].fields[self._area] += data


class Person:
    """A signed-in browser. `page` is what it shows, `url` where it is."""

    def __init__(self, browser: httpx.AsyncClient) -> None:
        self.browser = browser
        self.answer: httpx.Response | None = None

    @property
    def text(self) -> str:
        assert self.answer is not None
        return self.answer.text

    @property
    def words(self) -> str:
        """What is to be read of the page, without its tags."""
        inside = re.sub(r"<(script|style|head)\b.*?</\1>", " ", self.text, flags=re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", inside).replace("&#39;", "'").split())

    @property
    def path(self) -> str:
        assert self.answer is not None
        return self.answer.url.raw_path.decode()

    @property
    def status(self) -> int:
        assert self.answer is not None
        return self.answer.status_code

    def read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.text)
        return reader

    async def goes(self, path: str, **headers: str) -> Person:
        self.answer = await self.browser.get(path, headers=headers, follow_redirects=True)
        return self

    async def follows(self, words: str) -> Person:
        """The first link that begins with these words."""
        links = self.read().links
        found = [href for said, href in links if said.startswith(words)]
        assert found, (words, links)
        return await self.goes(found[0])

    def form(self, action: str) -> Form:
        """The form that goes to this address; `…` at its beginning stands for anything."""
        forms = self.read().forms
        found = [one for one in forms if one.action == action or (action[0] == "…" and one.action.endswith(action[1:]))]
        assert found, (action, [one.action for one in forms])
        return found[0]

    async def fills(self, action: str, *, files: Any = None, button: str = "", **values: str) -> Person:
        """Fill in a form and send it; names with `__` for a dot and `_` for a hyphen."""
        form = self.form(action)
        typed = {
            name.replace("__", ".").replace("_", "-") if "form" not in name else name: v for name, v in values.items()
        }
        unknown = {name for name in typed if name not in form.fields} - {
            "kind",
            "duplex",
            "sex",
            "confirmed",
            "onBehalfOf",
            "language",
        }
        assert not unknown, (unknown, form.fields)
        sent = {**form.fields, **typed, **({"go": button} if button else {})}
        self.answer = await self.browser.post(form.action, data=sent, files=files, follow_redirects=True)
        return self
