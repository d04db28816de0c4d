"""Whatever is sent: an answer that is a problem or a success, never an error of ours, never the input repeated."""

from typing import Any
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NAMES = (
    st.sampled_from(["surname", "givenNames", "birthDate", "sex", "birthCountry", "documentExpiry", "nationality"])
    | st.sampled_from(["official", "contact", "street", "postalCode", "country", "municipality"])
    | st.sampled_from(["kind", "ssin", "differentFrom", "fields", "document", "reason", "message"])
    | st.sampled_from(["email", "confirmed", "language", "reference", "onBehalfOf"])
    | st.text(max_size=5)
)
KNOWN = st.sampled_from(
    ["identify", "createNumber", "requestInformation", "reject", "83452416311", "BE", "1990", "M", "other", "surname"]
)
VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | KNOWN
)
BODIES = st.dictionaries(
    NAMES,
    st.recursive(
        VALUES,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
        max_leaves=8,
    ),
    max_size=6,
)
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=4)
TARGETS = st.sampled_from(
    [
        ("bob", "POST", "/v1/requests"),
        ("bob", "PUT", "/v1/requests/{draft}/personalData"),
        ("bob", "PUT", "/v1/requests/{draft}/address"),
        ("bob", "POST", "/v1/requests/{draft}/submission"),
        ("dave", "POST", "/v1/desk/requests/{reviewed}/ruling"),
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_no_body_makes_an_error_of_ours(desk: Any, data: st.DataObject) -> None:
    if not desk.clients:
        desk.draft, desk.reviewed = await desk.opened(), await desk.in_review()
    who, method, path = data.draw(TARGETS)
    body = data.draw(BODIES)
    answer = await desk.as_(who).request(
        method, path.format(draft=desk.draft, reviewed=desk.reviewed), json=body, headers={"Accept-Language": "en"}
    )
    assert answer.status_code in {200, 201, 202, 400, 403, 409}, (answer.status_code, answer.text)
    if answer.status_code == 400:
        told = answer.json()
        assert told["type"] == "urn:problem-type:belgif:badRequest"
        assert all(set(issue) == {"in", "name", "detail"} for issue in told.get("issues", []))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["GET", "PUT", "POST", "DELETE"]),
    parts=st.lists(
        st.sampled_from(["v1", "requests", "desk", "documents", "passport", "pages", "history", "notifications"])
        | st.text(alphabet=st.characters(exclude_characters="/", exclude_categories=["Cs"]), max_size=5),
        max_size=6,
    ),
    query=st.dictionaries(TEXTS, TEXTS, max_size=2),
)
async def test_no_address_makes_an_error_of_ours(desk: Any, method: str, parts: list[str], query: Any) -> None:
    path = "http://desk/" + "/".join(quote(part) for part in parts)
    answer = await desk.as_("bob").request(method, path, params=query)
    assert answer.status_code < 500, (method, path, answer.text)
