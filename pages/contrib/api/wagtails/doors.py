"""Where Wagtail's own APIs are mounted, and what is true of every answer of theirs in HTTP."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .. import problems
from ..answers import View, spoken
from ..terms import Address, no_text, not_taken
from . import v2, v3

#: Databases take no longer ones.
LONGEST_NUMBER = 18


class Wagtails(Address):
    """An address that knows its parameters and methods itself; only what no text holds is refused here."""

    def __init__(self, methods: str):
        super().__init__()
        self.taken = methods

    @property
    def methods(self) -> str:
        return self.taken

    def refusal(self, request: HttpRequest) -> HttpResponse | None:
        if refusal := no_text(request):
            return refusal
        values = [value for _name, values in request.GET.lists() for value in values]
        if any(value.isdecimal() and len(value) > LONGEST_NUMBER for value in values):
            return problems.answer(400, "A parameter holds a number that is too large.")
        return None if request.method in self.taken.split(", ") else not_taken(self.taken)


READ = Wagtails("GET, HEAD, OPTIONS")
WRITE = Wagtails("GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE")


def doors() -> list[URLPattern | URLResolver]:
    """Return the addresses of both; while the setting is off, nothing is there."""
    return [
        path("v2/", include((_behind("API_V2", READ, v2.patterns()), v2.NAMESPACE))),
        path("v3-preview/", include((_behind("API_V3_PREVIEW", WRITE, v3.patterns()), v3.NAMESPACE))),
    ]


def _behind(setting: str, address: Address, patterns: list[Any]) -> list[Any]:
    patterns = [*patterns, re_path(r"", _nothing_here)]
    decorate_urlpatterns(patterns, lambda view: _opened(setting, spoken(view, lambda request: address)))
    return patterns


def _opened(setting: str, view: View) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return (view if getattr(settings, setting) else _nothing_here)(request, *args, **kwargs)

    return opened


def _nothing_here(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    return problems.answer(404, "There is nothing at this address.")
