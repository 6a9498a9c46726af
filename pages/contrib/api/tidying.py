"""Put right what generators of clients stumble over in an OpenAPI document."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

_REFERENCE = re.compile(r'"#/components/schemas/([^"]+)"')


def never_null(parameter: dict[str, Any]) -> dict[str, Any]:
    """Say of a parameter that may be left out only what it is when it is there: no address can hold a null."""
    schema = parameter["schema"]
    choices = [choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) != 1:
        return parameter
    own = {name: value for name, value in schema.items() if name != "anyOf" and (name, value) != ("default", None)}
    return parameter | {"schema": own | choices[0]}


def leave_out_unused_schemas(document: dict[str, Any]) -> None:
    """Keep the schemas that something refers to; parameters leave behind the classes that they were made of."""
    schemas = document["components"]["schemas"]
    rest = {name: part for name, part in document.items() if name != "components"}
    used: set[str] = set()
    found = _references(rest)
    while found:
        used |= found
        found = _references([schemas[name] for name in found]) - used
    document["components"]["schemas"] = {name: schema for name, schema in schemas.items() if name in used}


def _references(part: Any) -> set[str]:
    return set(_REFERENCE.findall(json.dumps(part, cls=DjangoJSONEncoder)))
