"""Every route of the interface, an address for each, and what a refusal must look like."""

from typing import Any

import httpx

from api.errors import MEDIA_TYPE

# method, path, what a good body is (None: no body), who may call it
ROUTES: list[tuple[str, str, Any, str]] = [
    ("POST", "/v1/requests", {}, "bob"),
    ("GET", "/v1/requests", None, "bob"),
    ("POST", "/v1/requests/query", {}, "bob"),
    ("GET", "/v1/requests/{id}", None, "bob"),
    ("DELETE", "/v1/requests/{id}", None, "bob"),
    ("GET", "/v1/requests/{id}/history", None, "bob"),
    ("PUT", "/v1/requests/{id}/documents/passport", "multipart", "bob"),
    ("DELETE", "/v1/requests/{id}/documents/passport", None, "bob"),
    ("GET", "/v1/requests/{id}/documents/passport/pages/1", None, "bob"),
    ("PUT", "/v1/requests/{id}/personalData", {"surname": "A", "birthDate": "1990"}, "bob"),
    ("PUT", "/v1/requests/{id}/address", {"official": {}}, "bob"),
    ("POST", "/v1/requests/{id}/submission", {}, "bob"),
    ("POST", "/v1/requests/{id}/objection", {"message": "Not ours."}, "bob"),
    ("GET", "/v1/events", None, "bob"),
    ("GET", "/v1/company", None, "bob"),
    ("GET", "/v1/company/members", None, "bob"),
    ("POST", "/v1/company/members", {"email": "new@acme.example"}, "alice"),
    ("GET", "/v1/company/members/{member}", None, "bob"),
    ("PUT", "/v1/company/members/{member}", {"role": "requester"}, "alice"),
    ("DELETE", "/v1/company/members/{member}", None, "alice"),
    ("GET", "/v1/company/mandates", None, "bob"),
    ("POST", "/v1/company/mandates", {"enterpriseNumber": "0999001218"}, "alice"),
    ("GET", "/v1/company/mandates/{mandate}", None, "bob"),
    ("DELETE", "/v1/company/mandates/{mandate}", None, "alice"),
    ("GET", "/v1/company/trail", None, "alice"),
    ("GET", "/v1/audit/trail", None, "ada"),
    ("GET", "/v1/company/clients", None, "alice"),
    ("POST", "/v1/company/clients", {"name": "A", "email": "a@acme.example", "scopes": ["requests:read"]}, "alice"),
    ("GET", "/v1/company/clients/{client}", None, "alice"),
    ("POST", "/v1/company/clients/{client}/rotation", None, "alice"),
    ("DELETE", "/v1/company/clients/{client}", None, "alice"),
    ("GET", "/v1/notifications", None, "bob"),
    ("POST", "/v1/notifications/{notification}/read", None, "bob"),
    ("GET", "/v1/desk/requests", None, "dave"),
    ("POST", "/v1/desk/register/query", {"surname": "Reuter"}, "dave"),
    ("POST", "/v1/desk/register/replacement", {"ssin": "83452416311", "replacedBy": "95450603360"}, "dave"),
    ("GET", "/v1/desk/requests/{id}", None, "dave"),
    ("GET", "/v1/desk/requests/{id}/documents/passport/pages/1", None, "dave"),
    ("POST", "/v1/desk/requests/{id}/claim", None, "dave"),
    ("DELETE", "/v1/desk/requests/{id}/claim", None, "dave"),
    ("POST", "/v1/desk/requests/{id}/ruling", {"kind": "reject", "reason": "other"}, "dave"),
    ("POST", "/v1/desk/requests/{id}/ruling/confirmation", None, "dave"),
    ("DELETE", "/v1/desk/requests/{id}/ruling", None, "dave"),
    ("POST", "/v1/desk/requests/{id}/opening", {"reason": "A call."}, "dave"),
    ("PUT", "/v1/desk/requests/{id}/assignment", {"assignee": "somebody"}, "sven"),
    ("GET", "/v1/desk/statistics", None, "sven"),
    ("POST", "/v1/audit/consultations/query", {"reason": "A sample."}, "ada"),
]
READ_BY_BOTH = {
    (method, path) for method, path, _, _ in ROUTES if method == "GET" and "{id}" in path and "desk" not in path
}
NOWHERE = "0b8a0c6e-0000-4000-8000-000000000000"


def unknown(path: str) -> str:
    return path.format(id=NOWHERE, member=NOWHERE, mandate=NOWHERE, notification=NOWHERE, client=NOWHERE)


async def address(desk: Any, path: str, request_id: str) -> str:
    """The path of something that is there, and the caller's."""
    found = {"id": request_id}
    if "{member}" in path:
        found["member"] = (await desk.as_("bob").get(f"/v1/requests/{await desk.opened()}")).json()["requester"]["id"]
    if "{client}" in path:
        found["client"] = await desk.client_of("alice")
    if "{mandate}" in path:
        found["mandate"] = (await desk.as_("bob").get("/v1/company/mandates")).json()["items"][0]["id"]
    if "{notification}" in path:
        await desk.in_review()
        found["notification"] = (await desk.as_("bob").get("/v1/notifications")).json()["items"][0]["id"]
    return path.format(**found)


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.headers["belgov-trace-id"]
    assert answer.headers["cache-control"] == "no-store"
    told: dict[str, Any] = answer.json()
    assert told["type"].rpartition(":")[2] == code
    assert told["type"].startswith("urn:problem-type:")
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    assert told["instance"]
    return told


def names(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [(issue["in"], issue["name"]) for issue in told["issues"]]
