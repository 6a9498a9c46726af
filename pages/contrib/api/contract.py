"""The API as one document: our endpoints, those of plugins, the errors that each can answer."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI

from pages.plugins import taken

from . import problems
from .answers import spoken
from .reference import reference
from .schemas import Problem
from .tokens import Token

VERSION = "1.0.0"
DESCRIPTION = (
    "What this site publishes, as data. Everything is read only; nothing that readers cannot open is told. "
    "Addresses are absolute, moments are RFC 3339, sizes are pixels or bytes."
)
#: What every address can answer besides what was asked for.
ERRORS = {
    "400": "A parameter is not known here, or has a value that it cannot have.",
    "401": "The token is not known, or is no longer valid.",
    "404": "There is nothing at this address, or not for everybody.",
    "422": "The address holds something that is no number.",
    "429": "Too many requests; `Retry-After` says when to ask again.",
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
        document["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["responses"] |= {
                    status: {
                        "description": said,
                        "content": {problems.CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
                    }
                    for status, said in ERRORS.items()
                }
                operation["responses"][304] = {"description": "Nothing changed since the `ETag` that was shown."}
        document["servers"] = [{"url": "/"}]
        return document

    @cached_property
    def known_parameters(self) -> dict[str, set[str]]:
        """The query parameters of each address, by its path without the prefix of the API."""
        paths = self.get_openapi_schema(path_prefix="")["paths"]
        return {
            address: {one["name"] for one in operations["get"]["parameters"] if one["in"] == "query"}
            for address, operations in paths.items()
            if "get" in operations
        }

    def parameters_of(self, request: HttpRequest) -> set[str] | None:
        route = request.resolver_match.route if request.resolver_match else ""
        address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.removeprefix(self.mounted_at))
        return self.known_parameters.get(address, set())

    mounted_at = "api/v1/"

    @property
    def patterns(self) -> list[URLPattern]:
        """The addresses of the API, the last of which says of all others that nothing is there."""
        patterns, _name, _namespace = self.urls
        for pattern in patterns:
            pattern.callback = spoken(pattern.callback, self.parameters_of)
        return [
            *patterns,
            path("docs/", reference(self), name="docs"),
            re_path(r"", spoken(_nothing_here, lambda request: None)),
        ]


def _nothing_here(request: HttpRequest) -> Any:
    return problems.answer(404, "There is nothing at this address; every address of this API ends in a slash.")


def build() -> Contract:
    """Return the API with the endpoints of this room and those that plugins offer."""
    from .endpoints import changes, files, lists, pages, people, search, site  # noqa: PLC0415 -- need loaded models

    api = Contract(
        title="Rynek",
        version=VERSION,
        description=DESCRIPTION,
        urls_namespace="api",
        auth=Token(),
        docs_url=None,
    )
    problems.register(api)
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
