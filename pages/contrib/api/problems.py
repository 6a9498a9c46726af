"""Errors as data (RFC 9457): what went wrong, in words that help whoever wrote the request."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
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


def register(api: NinjaAPI) -> None:
    """Let the API answer every error as a problem."""

    @api.exception_handler(Problem)
    def own(request: HttpRequest, error: Problem) -> HttpResponse:
        return answer(error.status, error.detail, error.errors)

    @api.exception_handler(ValidationError)
    def wrong_value(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [{"parameter": str(one["loc"][-1]), "message": one["msg"]} for one in error.errors]
        is_address = any(one["loc"][0] == "path" for one in error.errors)
        return answer(422 if is_address else 400, "A parameter has a value that it cannot have.", errors)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return answer(404, str(error) or "There is nothing at this address.")

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: Exception) -> HttpResponse:
        return answer(401, "The token is not known, or is no longer valid.")

    @api.exception_handler(PermissionDenied)
    def refused(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return answer(403, str(error) or "This token does not allow that.")

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        return answer(error.status_code, str(error))
