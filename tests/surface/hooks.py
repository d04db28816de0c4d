"""Loaded by Schemathesis itself (SCHEMATHESIS_HOOKS): what its checks cannot know of the contract."""

from typing import Any

import schemathesis

from api import audit_inputs, client_schemas, inputs
from api.inputs import Body

NAMES = {
    field.alias or name
    for model in (*vars(inputs).values(), *vars(audit_inputs).values(), *vars(client_schemas).values())
    if isinstance(model, type) and issubclass(model, Body)
    for name, field in model.model_fields.items()
}


@schemathesis.hook
def filter_body(context: Any, body: Any) -> bool:
    """A `null` counts as absent, under whatever name: such a body is no wrong one."""
    del context
    return not isinstance(body, dict) or all(value is not None or name in NAMES for name, value in body.items())
