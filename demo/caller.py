"""The HTTP API as one person calls it: a verb a call, answers as plain dicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import httpx

Answer = dict[str, Any]
#: Name, content and media type of one file.
File = tuple[str, bytes, str]


class Refused(Exception):
    """The API answered with a problem. `status`, `kind` (the last word of its type) and `issues` (names)."""

    def __init__(self, method: str, path: str, response: httpx.Response) -> None:
        problem = _problem(response)
        self.status = response.status_code
        self.kind = str(problem.get("type", "")).rpartition(":")[2]
        self.issues = [str(issue.get("name", "")) for issue in problem.get("issues", [])]
        super().__init__(f"{method} {path}: {self.status} {self.kind} {' '.join(self.issues)}".rstrip())


class Caller:
    """Who calls, with which token and in which language. Every answer that is no 2xx raises Refused."""

    def __init__(self, base: str, token: str, *, language: str = "fr") -> None:
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}
        self.http = httpx.Client(base_url=base, headers=headers, timeout=60, trust_env=False)

    def call(self, method: str, path: str, **given: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own arguments
        """One call. Every POST carries an Idempotency-Key, as a careful client's does."""
        headers = dict(given.pop("headers", {}))
        if method == "POST":
            headers.setdefault("Idempotency-Key", uuid4().hex)
        response = self.http.request(method, path, headers=headers, **given)
        if not response.is_success:
            raise Refused(method, path, response)
        return response

    # As a requester.

    def opens(self, **body: str) -> Answer:
        """Open a draft."""
        return self._json("POST", "/v1/requests", json=body)

    def uploads(self, request_id: str, kind: str, pages: Sequence[File], *, duplex: bool = False) -> Answer:
        """Upload a document."""
        files = [("pages", page) for page in pages]
        data = {"duplex": "true"} if duplex else {}
        return self._json("PUT", f"/v1/requests/{request_id}/documents/{kind}", files=files, data=data)

    def states(self, request_id: str, personal_data: Mapping[str, str]) -> Answer:
        """State the person."""
        return self._json("PUT", f"/v1/requests/{request_id}/personalData", json=personal_data)

    def locates(self, request_id: str, address: Mapping[str, Any]) -> Answer:
        """State the address."""
        return self._json("PUT", f"/v1/requests/{request_id}/address", json=address)

    def submits(self, request_id: str, *, wait: int = 10, email: str | None = None) -> Answer:
        """Send the request, and wait for its answer for so many seconds."""
        body = {"email": email} if email else {}
        headers = {"Prefer": f"wait={wait}"} if wait else {}
        return self._json("POST", f"/v1/requests/{request_id}/submission", json=body, headers=headers)

    def withdraws(self, request_id: str) -> None:
        """Withdraw the request."""
        self.call("DELETE", f"/v1/requests/{request_id}")

    def reads(self, request_id: str) -> Answer:
        """Read the request."""
        return self._json("GET", f"/v1/requests/{request_id}")

    def history(self, request_id: str) -> list[Answer]:
        """What happened, oldest first."""
        return self._items(f"/v1/requests/{request_id}/history?pageSize=100")

    def requests(self, query: str = "scope=mine") -> list[Answer]:
        """The list of requests."""
        return self._items(f"/v1/requests?pageSize=100&{query}")

    def notifications(self) -> Answer:
        """What the caller was told."""
        return self._json("GET", "/v1/notifications?pageSize=100")

    # As an agent.

    def queue(self, query: str = "") -> list[Answer]:
        """The desk's queue."""
        return self._items(f"/v1/desk/requests?pageSize=100{query}")

    def file(self, request_id: str) -> Answer:
        """The file of one request."""
        return self._json("GET", f"/v1/desk/requests/{request_id}")

    def claims(self, request_id: str) -> Answer:
        """Take the file."""
        return self._json("POST", f"/v1/desk/requests/{request_id}/claim")

    def rules(self, request_id: str, kind: str, **body: Any) -> Answer:  # noqa: ANN401 - members of the ruling
        """Decide."""
        return self._json("POST", f"/v1/desk/requests/{request_id}/ruling", json={"kind": kind, **body})

    def _json(self, method: str, path: str, **given: Any) -> Answer:  # noqa: ANN401 - httpx's own arguments
        answer: Answer = self.call(method, path, **given).json()
        return answer

    def _items(self, path: str) -> list[Answer]:
        items: list[Answer] = self._json("GET", path)["items"]
        return items


def _problem(response: httpx.Response) -> Answer:
    try:
        content = response.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
