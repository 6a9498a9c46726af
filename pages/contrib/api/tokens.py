"""Who asks: nobody in particular, or an integration with a token that an administrator made."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from wagtail.api.v3.auth import BearerTokenAuth

from .problems import Problem
from .terms import READING


class Token(BearerTokenAuth):
    """An API token (*Settings*, *API tokens*), or nobody where it is read; a wrong token is refused everywhere."""

    def __call__(self, request: HttpRequest) -> object:
        request.user = AnonymousUser()
        if not request.headers.get("Authorization"):
            if request.method not in READING:
                raise Problem(401, "Whoever writes sends a token: `Authorization: Bearer …`.")
            return request.user
        request.shows_token = True  # type: ignore[attr-defined]
        found = super().__call__(request)
        if not found:
            raise Problem(401, "The token is not known, or is no longer valid.")
        return found
