"""What /openapi.json says beyond what the framework finds out: bodies read by hand, problems, the bearer token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api import inputs, schemas
from domain.document import DocumentKind

_BODIES: tuple[type[BaseModel], ...] = (
    inputs.NewRequest,
    inputs.StatedPersonalData,
    inputs.Addresses,
    inputs.Submission,
    inputs.Identify,
    inputs.CreateNumber,
    inputs.RequestInformation,
    inputs.Reject,
    schemas.Problem,
)
_REF = "#/components/schemas/{model}"
_OPEN = frozenset({"/", "/health", "/health/ready", "/.well-known/jwks.json", "/.well-known/openid-configuration"})
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
            "pages": {**files, "description": "JPEG, PNG or PDF, in order"},
            "backs": {**files, "description": "the k-th belongs to the k-th page; an empty part skips"},
            "duplex": {"type": "string", "enum": ["true", "false"]},
        },
        "additionalProperties": False,
    }
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


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
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    refused = {
        "description": "Problem",
        "content": {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}},
    }
    for path, operations in found["paths"].items():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = refused
            if path not in _OPEN:
                operation["security"] = [{"bearer": []}]
            for parameter in operation.get("parameters", []):
                if parameter["name"] == "kind" and parameter["in"] == "path":
                    parameter["schema"] = {"type": "string", "enum": [kind.value for kind in DocumentKind]}
    return found
