"""What each address takes: methods, parameters, the kind and the size of a body, as the OpenAPI document says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from . import problems

#: In the order in which ``Allow`` names them; ``HEAD`` and ``OPTIONS`` come by themselves.
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
READING = {"GET", "HEAD", "OPTIONS"}
#: An operation says by this key of its ``openapi_extra`` that it takes larger bodies than others.
MAX_BYTES = "x-max-bytes"


class Terms(NamedTuple):
    """What one operation takes."""

    parameters: frozenset[str]
    content_types: tuple[str, ...] = ()
    max_bytes: int = 0


class Address(dict[str, Terms]):
    """The operations at one address, by their methods."""

    @property
    def methods(self) -> str:
        also = {"OPTIONS", *({"HEAD"} if "GET" in self else ())}
        return ", ".join(method for method in METHODS if method in self or method in also)

    def refusal(self, request: HttpRequest) -> HttpResponse | None:
        """Return the answer to a request that nothing here takes, or None."""
        if request.content_params and request.content_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
            return problems.answer(415, "This API reads and writes UTF-8.")
        if request.method == "OPTIONS":
            return None
        terms = self.get("GET" if request.method == "HEAD" else str(request.method))
        if terms is None:
            return not_taken(self.methods)
        return no_text(request) or _unknown_parameters(request, terms) or _wrong_body(request, terms)


def not_taken(methods: str) -> HttpResponse:
    """Return the answer to a method that is none of these."""
    response = problems.answer(405, f"This address takes: {methods}.")
    response["Allow"] = methods
    return response


def no_text(request: HttpRequest) -> HttpResponse | None:
    """Return the answer to parameters that no database can be asked for, or None."""
    if any("\0" in text for name, values in request.GET.lists() for text in (name, *values)):
        return problems.answer(400, "A parameter holds a character that no text has.")
    return None


def _unknown_parameters(request: HttpRequest, terms: Terms) -> HttpResponse | None:
    if unknown := sorted(set(request.GET) - terms.parameters):
        errors = [{"parameter": name, "message": "There is no such parameter here."} for name in unknown]
        known = ", ".join(sorted(terms.parameters))
        return problems.answer(400, f"Known parameters: {known or 'none'}.", errors)
    return None


def _wrong_body(request: HttpRequest, terms: Terms) -> HttpResponse | None:
    length = request.headers.get("Content-Length", "")
    size = int(length) if length.isdecimal() and length.isascii() else 0
    if not terms.content_types or not size:
        return None
    if request.content_type not in terms.content_types:
        return problems.answer(415, f"This address takes: {', '.join(terms.content_types)}.")
    if size > terms.max_bytes:
        return problems.answer(413, f"The body may have {terms.max_bytes} bytes at most.")
    return None


class _Anything(Address):
    """An address where nothing is, whatever is asked for."""

    methods = ", ".join(("GET", "HEAD", "OPTIONS"))

    def refusal(self, request: HttpRequest) -> HttpResponse | None:
        return None


ANYTHING = _Anything()
ONLY_READ = Address({"GET": Terms(frozenset())})


def terms_of(paths: Mapping[str, Mapping[str, Any]]) -> dict[str, Address]:
    """Return what each address of an OpenAPI document takes."""
    return {
        address: Address({method.upper(): _terms(operation) for method, operation in operations.items()})
        for address, operations in paths.items()
    }


def _terms(operation: Mapping[str, Any]) -> Terms:
    return Terms(
        frozenset(one["name"] for one in operation["parameters"] if one["in"] == "query"),
        tuple(operation.get("requestBody", {}).get("content", ())),
        max_bytes_of(operation),
    )


def max_bytes_of(operation: Mapping[str, Any]) -> int:
    # Django keeps a body in memory up to this size, and refuses a larger one unless it is a file.
    return int(operation.get(MAX_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE))


def address_of(route: str) -> str:
    """Return a route of Django as the OpenAPI document writes it."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
