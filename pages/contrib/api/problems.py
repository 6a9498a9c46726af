"""Errors as data (RFC 9457): what went wrong, in words that help whoever wrote the request."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """A request that cannot be answered; ``detail`` says why."""

    def __init__(self, status: int, detail: str, errors: list[dict[str, Any]] | None = None):
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, errors


def answer(status: int, detail: str, errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    problem = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    if errors is not None:
        problem["errors"] = errors
    response = JsonResponse(problem, status=status, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = CONTENT_TYPE
    response["Content-Language"] = "en"  # for whoever writes programs, in every language of the site
    response["Cache-Control"] = "no-store"
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def _fault(error: dict[str, Any]) -> dict[str, str]:
    where, *loc = error["loc"]
    if where not in ("body", "form", "file"):
        return {"parameter": str(loc[-1]), "message": error["msg"]}
    # The first step into JSON is the name of the argument, which the caller never sees.
    steps = loc[1:] if where == "body" else loc
    return {"pointer": "".join(f"/{step}" for step in steps), "message": error["msg"]}


def register(api: NinjaAPI) -> None:
    """Let the API answer every error as a problem."""

    @api.exception_handler(Problem)
    def own(request: HttpRequest, error: Problem) -> HttpResponse:
        return answer(error.status, error.detail, error.errors)

    @api.exception_handler(ValidationError)
    def wrong_value(request: HttpRequest, error: ValidationError) -> HttpResponse:
        if all(one["loc"][0] in ("query", "header") for one in error.errors):
            return answer(400, "A parameter has a value that it cannot have.", list(map(_fault, error.errors)))
        return answer(422, "Something has a value that it cannot have.", list(map(_fault, error.errors)))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return answer(404, str(error) or "There is nothing at this address.")

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: Exception) -> HttpResponse:
        return answer(401, "The token is not known, or is no longer valid.")

    @api.exception_handler(PermissionDenied)
    def refused(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return answer(403, str(error) or "This token does not allow that.")

    @api.exception_handler(RequestDataTooBig)
    def too_big(request: HttpRequest, error: Exception) -> HttpResponse:
        return answer(413, "The body is too large.")

    @api.exception_handler(MultiPartParserError)
    @api.exception_handler(SuspiciousOperation)
    @api.exception_handler(BadRequest)
    @api.exception_handler(UnreadablePostError)
    def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
        return answer(400, "The body cannot be read.")

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        return answer(error.status_code, str(error))
