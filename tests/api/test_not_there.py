"""What is not there, or not there for the caller: kinds, notifications, addresses, methods."""

from typing import Any

from tests.api.conftest import on_both
from tests.api.routes import NOWHERE, names, problem

pytestmark = on_both


async def test_an_unknown_kind_of_document_is_400_once_the_request_is_known_to_be_there(desk: Any) -> None:
    request_id = await desk.opened()
    for method, rest in (("PUT", ""), ("DELETE", ""), ("GET", "/pages/1")):
        answer = await desk.as_("bob").request(method, f"/v1/requests/{request_id}/documents/visa{rest}")
        assert names(problem(answer, 400, "badRequest")) == [("path", "kind")]
        answer = await desk.as_("bob").request(method, f"/v1/requests/{NOWHERE}/documents/visa{rest}")
        problem(answer, 404, "resourceNotFound")


async def test_a_notification_of_somebody_else_is_not_there(desk: Any) -> None:
    await desk.in_review("bob")
    (told,) = (await desk.as_("bob").get("/v1/notifications")).json()["items"]
    for who, notification_id in (("bea", told["id"]), ("carol", told["id"]), ("bob", NOWHERE), ("bob", "%00")):
        problem(await desk.as_(who).post(f"/v1/notifications/{notification_id}/read"), 404, "resourceNotFound")


async def test_details_are_said_in_the_callers_language(desk: Any) -> None:
    answer = await desk.as_("bob").get("/v1/requests?pageSize=101", headers={"Accept-Language": "fr"})
    told = problem(answer, 400, "badRequest")
    assert told["detail"] == "L’appel n’est pas compris."  # noqa: RUF001 - French
    assert told["issues"][0]["detail"] == "doit être au plus 100"


async def test_unknown_addresses_and_methods_are_problems_too(desk: Any) -> None:
    for path in ("/nowhere", "/v1", "/v1/requests/", "/v1/desk", "/mailbox/../../etc/passwd", "/docs"):
        problem(await desk.as_("bob").get(path), 404, "resourceNotFound")
    answer = await desk.as_("bob").patch("/v1/requests/x")
    problem(answer, 405, "methodNotAllowed")
    assert answer.headers["allow"] == "DELETE, GET"
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        answer = await desk.as_("bob").request(method, "/v1/requests/query")
        problem(answer, 405, "methodNotAllowed")
        assert answer.headers["allow"] == "POST"
