"""/openapi.json: complete, true to its own examples, and the same as docs/api.md."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from api.documentation import TYPES
from api.problems import PROBLEMS, urn
from tests.api.desk import Desk
from tests.api.routes import ROUTES

PROJECT = Path(__file__).resolve().parents[2]
METHODS = ("get", "put", "post", "delete")
#: the table of docs/api.md.
CONTRACT = """
POST /v1/requests
GET /v1/requests
POST /v1/requests/query
GET /v1/requests/{request_id}
DELETE /v1/requests/{request_id}
PUT /v1/requests/{request_id}/documents/{kind}
DELETE /v1/requests/{request_id}/documents/{kind}
GET /v1/requests/{request_id}/documents/{kind}/pages/{number}
PUT /v1/requests/{request_id}/personalData
PUT /v1/requests/{request_id}/address
POST /v1/requests/{request_id}/submission
GET /v1/requests/{request_id}/history
POST /v1/requests/{request_id}/objection
GET /v1/notifications
POST /v1/notifications/{notification_id}/read
GET /v1/events
GET /v1/company
GET /v1/company/members
POST /v1/company/members
PUT /v1/company/members/{member_id}
DELETE /v1/company/members/{member_id}
GET /v1/company/mandates
POST /v1/company/mandates
DELETE /v1/company/mandates/{mandate_id}
GET /v1/desk/requests
GET /v1/desk/requests/{request_id}
POST /v1/desk/register/query
POST /v1/desk/register/replacement
POST /v1/desk/requests/{request_id}/claim
DELETE /v1/desk/requests/{request_id}/claim
POST /v1/desk/requests/{request_id}/ruling
POST /v1/desk/requests/{request_id}/ruling/confirmation
DELETE /v1/desk/requests/{request_id}/ruling
GET /health
GET /health/ready
GET /metrics
"""


@pytest.fixture
async def described(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = (await desk.as_(None).get("/openapi.json")).json()
    return found


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert method in METHODS
            yield f"{method.upper()} {path}", operation


def test_it_has_every_row_of_the_contract(described: dict[str, Any]) -> None:
    assert set(CONTRACT.split("\n")) - {""} <= {call for call, _ in operations(described)}


def test_every_call_is_tried_with_every_kind_of_wrong_call(described: dict[str, Any]) -> None:
    names = {"id": "{request_id}", "member": "{member_id}", "mandate": "{mandate_id}", "client": "{client_id}"}
    names["notification"] = "{notification_id}"
    tried = {
        f"{method} {path.replace('passport', '{{kind}}').replace('pages/1', 'pages/{{number}}').format(**names)}"
        for method, path, _, _ in ROUTES
    }
    assert tried == {call for call, _ in operations(described) if "/v1" in call}


def test_every_answer_and_problem_of_every_call_is_described(described: dict[str, Any]) -> None:
    for call, operation in operations(described):
        responses = operation["responses"]
        assert "default" not in responses, call
        assert "422" not in responses, call
        statuses = {str(PROBLEMS[of_urn.rpartition(":")[2]].status) for of_urn in operation[TYPES]}
        assert statuses == {status for status in responses if status[0] in "45"} - {"503"} | (statuses & {"503"}), call
        for status in statuses:
            content = responses[status]["content"]
            if "application/problem+json" in content:
                told = content["application/problem+json"]
                types = told["schema"]["allOf"][1]["properties"]["type"]["enum"]
                mine = {u for u in operation[TYPES] if PROBLEMS[u.rpartition(":")[2]].status == int(status)}
                assert set(types) == mine, call


def test_every_type_of_problem_is_some_calls(described: dict[str, Any]) -> None:
    named = {of_urn for _, operation in operations(described) for of_urn in operation[TYPES]}
    # This one belongs to no address.
    assert named == {urn(code) for code in PROBLEMS} - {urn("methodNotAllowed")}


def test_every_example_holds_against_its_schema(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]

    def check(schema: dict[str, Any], value: Any) -> None:
        found = {**schema, "components": described["components"]}
        Draft202012Validator.check_schema(found)
        assert [error.message for error in Draft202012Validator(found).iter_errors(value)] == []

    for name, schema in schemas.items():
        for example in schema.get("examples", ()):
            check({"$ref": f"#/components/schemas/{name}"}, example)
        for member in schema.get("properties", {}).values():
            for example in member.get("examples", ()):
                check(member, example)
    for _, operation in operations(described):
        for answer in operation["responses"].values():
            for content in answer.get("content", {}).values():
                for example in content.get("examples", {}).values():
                    check(content["schema"], example["value"])


def test_every_body_and_every_answer_in_json_has_an_example(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    for call, operation in operations(described):
        if "/.well-known" in call:
            continue
        described_here = [operation.get("requestBody", {})]
        described_here += [answer for status, answer in operation["responses"].items() if status[0] == "2"]
        for one in described_here:
            schema = one.get("content", {}).get("application/json", {}).get("schema")
            if schema is None:
                continue
            for ref in [schema["$ref"]] if "$ref" in schema else [each["$ref"] for each in schema["oneOf"]]:
                assert schemas[ref.rpartition("/")[2]].get("examples"), (call, ref)


def documented() -> dict[str, set[str]]:
    """By call: the types of problems that docs/api.md names in the table of calls, but for those of every call."""
    manual = (PROJECT / "docs/api.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z]+ /[^`]*)` \|.*\|([^|]*)\|$", manual, re.MULTILINE)
    return {call: set(re.findall(r"`(\w+)`", problems)) for call, problems in rows}


def test_the_manual_has_every_call_with_its_problems(described: dict[str, Any]) -> None:
    manual = documented()
    of_every = {"badRequest", "noAccessToken", "invalidAccessToken", "missingPermission"}
    of_every |= {"internalServerError", "serviceUnavailable", "tooManyRequests"}
    said = {
        call: {of_urn.rpartition(":")[2] for of_urn in operation[TYPES]} - of_every
        for call, operation in operations(described)
    }
    assert manual == said


def test_the_manual_says_what_each_type_of_problem_means() -> None:
    manual = (PROJECT / "docs/api.md").read_text(encoding="utf-8")
    found = {code: int(status) for status, code in re.findall(r"^\| (\d{3}) \| `(\w+)` \|", manual, re.MULTILINE)}
    assert found == {code: problem.status for code, problem in PROBLEMS.items()}


def test_the_manual_has_an_example_of_every_call(described: dict[str, Any]) -> None:
    manual = (PROJECT / "docs/api.md").read_text(encoding="utf-8")
    examples = "".join(re.findall(r"```sh\n(.*?)```", manual, re.DOTALL))
    for call, _ in operations(described):
        path = re.sub(r"\{\w+\}", r"[\\w$-]+", call.split(" ")[1])
        assert re.search(rf"\$API{path}(?![\w/])", examples), call
