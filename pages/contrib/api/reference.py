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
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Field]
    form: list[Field]
    body: Kind | None
    body_type: str
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


def operations_of(paths: dict[str, Any]) -> list[Operation]:
    return [
        _operation(method, path, operation) for path, methods in paths.items() for method, operation in methods.items()
    ]


def _operation(method: str, path: str, operation: dict[str, Any]) -> Operation:
    answered = next(one for status, one in operation["responses"].items() if status < 300)
    body_type, body = _content(operation.get("requestBody", {}))
    return Operation(
        operation["operationId"],
        method.upper(),
        path,
        operation["summary"],
        operation.get("description", ""),
        [_field(one["name"], one["schema"], one["required"], one) for one in operation["parameters"]],
        # A form has no schema of its own to lead to.
        [_field(name, one, name in body.get("required", ()), one) for name, one in body.get("properties", {}).items()],
        kind_of(body) if body and "properties" not in body else None,
        body_type,
        kind_of(_content(answered)[1]),
    )


def _content(holder: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the media type and the schema of a body or an answer."""
    media_type, content = next(iter(holder.get("content", {}).items()), ("", {}))
    return media_type, content.get("schema", {})


def _field(name: str, schema: dict[str, Any], is_required: bool, described: dict[str, Any]) -> Field:
    return Field(name, kind_of(schema), is_required, described.get("description", ""))


def schemas_of(document: dict[str, Any]) -> list[Schema]:
    return [
        Schema(
            name,
            schema.get("description", ""),
            [
                _field(field, one, field in schema.get("required", ()), one)
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
        context = {
            "document": document,
            "operations": operations_of(document["paths"]),
            "schemas": schemas_of(document),
        }
        context["webhooks"] = operations_of(document.get("webhooks", {}))
        response = render(request, "api/reference.html", context)
        response["Content-Language"] = "en"
        response["Cache-Control"] = "public, max-age=300"
        return response

    return view
