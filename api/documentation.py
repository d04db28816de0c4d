"""What /openapi.json says beyond what the framework finds out: bodies read by hand, problems, the bearer token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api import audit_inputs, client_schemas, inputs, schemas
from api.examples import EXAMPLES
from api.problems import PROBLEMS, title, urn
from domain.document import DocumentKind

_BODIES: tuple[type[BaseModel], ...] = (
    inputs.NewRequest,
    inputs.StatedPersonalData,
    inputs.Addresses,
    inputs.Submission,
    inputs.Objection,
    inputs.RequestsSearch,
    inputs.NewMember,
    inputs.NewRole,
    inputs.NewMandate,
    inputs.Identify,
    inputs.CreateNumber,
    inputs.RequestInformation,
    inputs.Reject,
    inputs.RegisterSearch,
    audit_inputs.Opening,
    audit_inputs.Assignment,
    audit_inputs.ConsultationsSearch,
    inputs.Replacement,
    client_schemas.NewClient,
    schemas.Problem,
)
_REF = "#/components/schemas/{model}"
_PROBLEM = "application/problem+json"
#: Extension that names the types of problems a call may answer with.
TYPES = "x-problem-types"
_OF_EVERY_CALL = (
    "badRequest",
    "noAccessToken",
    "invalidAccessToken",
    "missingPermission",
    "tooManyRequests",
    "internalServerError",
    "serviceUnavailable",
)
_OF_OPEN_CALLS = ("badRequest", "internalServerError")
#: What a call that reads a body may also answer with.
OF_BODIES = ("payloadTooLarge", "unsupportedMediaType")
_OF_HEADERS = {"If-Match": "preconditionFailed", "Idempotency-Key": "idempotencyKeyReused"}
_DESCRIPTION = (
    "Belgian social-security numbers (NISS / INSZ) for people hired from abroad. Errors are application/problem+json "
    "(RFC 9457); details and summaries follow Accept-Language."
)


def json_body(*models: type[BaseModel], required: bool = True) -> dict[str, Any]:
    """`openapi_extra` of a route that reads one of these models by hand, after the caller is known."""
    refs = [{"$ref": _REF.format(model=model.__name__)} for model in models]
    schema: Mapping[str, Any] = (
        refs[0] if len(refs) == 1 else {"oneOf": refs, "discriminator": {"propertyName": "kind"}}
    )
    return {"requestBody": {"required": required, "content": {"application/json": {"schema": schema}}}}


def upload_body() -> dict[str, Any]:
    """`openapi_extra` of the upload."""
    files = {"type": "array", "items": {"type": "string", "format": "binary"}}
    schema = {
        "type": "object",
        "required": ["pages"],
        "properties": {
            "pages": {
                **files,
                "description": "JPEG, PNG, TIFF, WebP, HEIC or PDF, in order",
                "minItems": 1,
                "maxItems": 8,
            },
            "backs": {**files, "description": "the k-th belongs to the k-th page; an empty part skips", "maxItems": 8},
            "duplex": {"type": "string", "enum": ["true", "false"]},
        },
        "additionalProperties": False,
    }
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


def refuses(*codes: str) -> dict[str, Any]:
    """`openapi_extra` of a route that may also answer with these problems, besides those every such call has."""
    return {TYPES: list(codes)}


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document, made once."""
    if app.openapi_schema is None:
        found = get_openapi(
            title=app.title, version=app.version, openapi_version="3.1.0", description=_DESCRIPTION, routes=app.routes
        )
        app.openapi_schema = _completed(found)
    return app.openapi_schema


def _completed(found: dict[str, Any]) -> dict[str, Any]:
    _, bodies = models_json_schema([(body, "validation") for body in _BODIES], ref_template=_REF)
    components = found.setdefault("components", {})
    known = components.setdefault("schemas", {})
    for name, schema in bodies["$defs"].items():
        known.setdefault(name, schema)
    for name in ("HTTPValidationError", "ValidationError"):
        known.pop(name, None)
    for name, examples in EXAMPLES.items():
        known[name]["examples"] = examples
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    for path, operations in found["paths"].items():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            if _secured(path):
                operation["security"] = [{"bearer": []}]
            for parameter in operation.get("parameters", []):
                if parameter["name"] == "kind" and parameter["in"] == "path":
                    parameter["schema"] = {"type": "string", "enum": [kind.value for kind in DocumentKind]}
            _tell_problems(path, operation)
    return found


def _secured(path: str) -> bool:
    return path.startswith("/v1/") or path == "/metrics"


def _tell_problems(path: str, operation: dict[str, Any]) -> None:
    codes = {*operation.pop(TYPES, ()), *(_OF_EVERY_CALL if _secured(path) else _OF_OPEN_CALLS)}
    if "{" in path:
        codes.add("resourceNotFound")
    if "requestBody" in operation:
        codes.update(OF_BODIES)
    headers = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "header"}
    codes.update(code for header, code in _OF_HEADERS.items() if header in headers)
    told = [code for code in PROBLEMS if code in codes]
    operation[TYPES] = [urn(code) for code in told]
    for status in sorted({PROBLEMS[code].status for code in told}):
        if str(status) not in operation["responses"]:
            operation["responses"][str(status)] = _answer(status, [c for c in told if PROBLEMS[c].status == status])


def _answer(status: int, codes: Iterable[str]) -> dict[str, Any]:
    codes = list(codes)
    schema = {
        "allOf": [
            {"$ref": _REF.format(model="Problem")},
            {"properties": {"type": {"enum": [urn(code) for code in codes]}, "status": {"const": status}}},
        ]
    }
    examples = {
        code: {
            "summary": PROBLEMS[code].meaning,
            "value": {
                "type": urn(code),
                "title": title(code),
                "status": status,
                "detail": PROBLEMS[code].meaning,
                "instance": "/v1/requests",
            },
        }
        for code in codes
    }
    return {
        "description": ", ".join(codes),
        "content": {_PROBLEM: {"schema": schema, "examples": examples}},
    }
