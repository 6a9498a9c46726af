"""The contract as a page to read: made of the OpenAPI document, without a script and without other servers."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


class Kind(NamedTuple):
    """The type of a value in words; ``schemas`` are names of schemas that it mentions."""

    words: str
    schemas: tuple[str, ...] = ()


class Field(NamedTuple):
    """A parameter or a field of a schema."""

    name: str
    kind: Kind
    is_required: bool
    description: str


class Operation(NamedTuple):
    """What one address answers."""

    name: str
    path: str
    summary: str
    description: str
    parameters: list[Field]
    answer: Kind


class Schema(NamedTuple):
    """A schema with its fields."""

    name: str
    description: str
    fields: list[Field]


def kind_of(schema: dict[str, Any]) -> Kind:
    """Say in words what type a piece of JSON Schema describes."""
    if "$ref" in schema:
        return Kind("", (schema["$ref"].rpartition("/")[2],))
    if "const" in schema:
        return Kind(f"“{schema['const']}”")
    if "enum" in schema:
        return Kind("one of " + ", ".join(f"“{value}”" for value in schema["enum"]))
    if choices := schema.get("oneOf") or schema.get("anyOf"):
        kinds = [kind_of(choice) for choice in choices]
        words = " or ".join(kind.words for kind in kinds if kind.words)
        return Kind(words, tuple(name for kind in kinds for name in kind.schemas))
    if schema.get("type") == "array":
        item = kind_of(schema.get("items", {}))
        return Kind(f"list of {item.words}".strip(), item.schemas)
    return Kind(schema.get("format") or schema.get("type") or "anything")


def operations_of(document: dict[str, Any]) -> list[Operation]:
    found = []
    for path, methods in document["paths"].items():
        operation = methods["get"]
        parameters = [
            Field(one["name"], kind_of(one["schema"]), one["required"], one.get("description", ""))
            for one in operation["parameters"]
        ]
        answer = next(iter(operation["responses"][200].get("content", {}).values()), {})
        found.append(
            Operation(
                operation["operationId"],
                path,
                operation["summary"],
                operation.get("description", ""),
                parameters,
                kind_of(answer.get("schema", {})),
            )
        )
    return found


def schemas_of(document: dict[str, Any]) -> list[Schema]:
    return [
        Schema(
            name,
            schema.get("description", ""),
            [
                Field(field, kind_of(one), field in schema.get("required", ()), one.get("description", ""))
                for field, one in schema.get("properties", {}).items()
            ],
        )
        for name, schema in sorted(document["components"]["schemas"].items())
    ]


def reference(api: Any) -> Any:
    """Return the view of the page for an API."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        document = api.get_openapi_schema()
        context = {"document": document, "operations": operations_of(document), "schemas": schemas_of(document)}
        response = render(request, "api/reference.html", context)
        response["Content-Language"] = "en"
        response["Cache-Control"] = "public, max-age=300"
        return response

    return view
