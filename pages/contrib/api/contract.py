"""The API as one document: our endpoints, those of plugins, the errors that each can answer."""

from __future__ import annotations

from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI, Schema
from ninja.openapi.schema import REF_TEMPLATE

from pages.plugins import taken

from . import problems, webhooks
from .answers import spoken
from .bodies import BodyParser
from .reference import reference
from .schemas import Problem
from .terms import ANYTHING, ONLY_READ, Address, address_of, max_bytes_of, terms_of
from .tidying import leave_out_unused_schemas, never_null
from .tokens import Token

VERSION = "1.0.0"
DESCRIPTION = (
    "What this site publishes, as data; nothing that readers cannot open is told without a token. Whoever writes needs "
    "a token. "
    "Addresses are absolute, moments are RFC 3339, sizes are pixels or bytes."
)
#: What every operation can answer besides what was asked for.
ERRORS = {
    400: "A parameter is not known here, or has a value that it cannot have.",
    401: "The token is not known, or is no longer valid.",
    404: "There is nothing at this address, or not for everybody.",
    422: "The address holds something that is no number.",
    429: "Too many requests; `Retry-After` says when to ask again.",
}
#: What one that writes can answer instead or besides.
ERRORS_OF_WRITING = {
    401: "No token was sent, or it is not known, or is no longer valid.",
    403: "The user of the token may not do that.",
    409: "It does not fit what is there now.",
}
ERRORS_OF_BODIES = {
    400: "A parameter is not known here, or the body cannot be read.",
    413: "The body may have {max_bytes} bytes at most.",
    415: "The body is of another kind than this address takes.",
    422: "The address or the body holds a value that it cannot have; `errors` says where.",
}


class Contract(NinjaAPI):
    """``NinjaAPI`` whose every view speaks HTTP as ``answers.spoken`` does, and whose errors are declared."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:
        # It is the same for everybody until the process ends, and takes long to make.
        if path_prefix not in self._documents:
            self._documents[path_prefix] = self._made(path_prefix)
        return self._documents[path_prefix]

    @cached_property
    def _documents(self) -> dict[str | None, Any]:
        return {}

    def _made(self, path_prefix: str | None) -> Any:
        document = super().get_openapi_schema(path_prefix=path_prefix)
        document["components"]["schemas"] |= _schemas_of(Problem)
        for operations in document["paths"].values():
            for method, operation in operations.items():
                operation["parameters"] = [never_null(one) for one in operation["parameters"]]
                operation["responses"] |= _problems_of(method, operation)
                if method == "get" and 403 not in operation["responses"]:
                    operation.pop("security", None)  # a token makes no difference
                if method == "get":
                    operation["responses"][304] = {
                        "description": "Nothing changed since the `ETag` or date that was shown."
                    }
        webhooks.announce(document)
        leave_out_unused_schemas(document)
        document["servers"] = [{"url": "/"}]
        return document

    @cached_property
    def addresses(self) -> dict[str, Address]:
        """What each address takes, by its path without the prefix of the API."""
        return terms_of(self.get_openapi_schema(path_prefix="")["paths"])

    def address_of(self, request: HttpRequest) -> Address:
        route = request.resolver_match.route if request.resolver_match else ""
        # The document itself stands in no document.
        return self.addresses.get(address_of(route.removeprefix(self.mounted_at)), ONLY_READ)

    mounted_at = "api/v1/"

    @property
    def patterns(self) -> list[URLPattern]:
        """The addresses of the API, the last of which says of all others that nothing is there."""
        patterns, _name, _namespace = self.urls
        for pattern in patterns:
            pattern.callback = spoken(pattern.callback, self.address_of)
        return [
            *patterns,
            path("docs/", reference(self), name="docs"),
            re_path(r"", spoken(_nothing_here, lambda request: ANYTHING)),
        ]


def _schemas_of(schema: type[Schema]) -> dict[str, Any]:
    made = schema.model_json_schema(ref_template=REF_TEMPLATE)
    return made.pop("$defs", {}) | {schema.__name__: made}


def _problems_of(method: str, operation: dict[str, Any]) -> dict[int, Any]:
    """Return the errors that an operation can answer, those that it declares itself among them."""
    declared = [status for status in operation["responses"] if status >= 400]
    said = {status: ERRORS_OF_WRITING.get(status, HTTPStatus(status).phrase) for status in declared} | ERRORS
    if method != "get":
        said |= ERRORS_OF_WRITING
    if "requestBody" in operation:
        said |= ERRORS_OF_BODIES
    content = {problems.CONTENT_TYPE: {"schema": {"$ref": REF_TEMPLATE.format(model=Problem.__name__)}}}
    return {
        status: {"description": words.format(max_bytes=max_bytes_of(operation)), "content": content}
        for status, words in said.items()
    }


def _nothing_here(request: HttpRequest) -> Any:
    return problems.answer(404, "There is nothing at this address; every address of this API ends in a slash.")


def empty() -> Contract:
    """Return the API without an endpoint."""
    api = Contract(
        title="Rynek",
        version=VERSION,
        description=DESCRIPTION,
        urls_namespace="api",
        auth=Token(),
        docs_url=None,
        parser=BodyParser(),
    )
    problems.register(api)
    return api


def build() -> Contract:
    """Return the API with the endpoints of this room and those that plugins offer."""
    from .endpoints import changes, files, lists, pages, people, search, site  # noqa: PLC0415 -- need loaded models

    api = empty()
    api.add_router("/", site.router, tags=["site"])
    api.add_router("/pages/", pages.router, tags=["pages"])
    api.add_router("/pages/", lists.router, tags=["pages"])
    api.add_router("/", pages.previews, tags=["pages"])
    api.add_router("/", files.router, tags=["files"])
    api.add_router("/", people.router, tags=["people and programmes"])
    api.add_router("/", search.router, tags=["search"])
    api.add_router("/", changes.router, tags=["whole site"])
    for config, prefix, router in taken("api_endpoints"):
        api.add_router(f"/{prefix.strip('/')}/", router, tags=[config.label])
    return api
