"""Wagtail's preview of version 3, for integrations that write with a token: what a token's user may do, and no more.

Wagtail builds this API once, when Django starts. What is mended here is mended in that one: addresses are found in all
languages, languages themselves can be listed again, and no file is told of that the user may not use.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import translation
from pydantic import ValidationError as PydanticError
from wagtail.api.v3 import form_data
from wagtail.api.v3.api import api
from wagtail.api.v3.querysets import get_pages_queryset
from wagtail.documents.api.v3 import router as documents
from wagtail.images.api.v3 import router as images
from wagtail.locales.api.v3.router import router as locales
from wagtail.models import Page
from wagtail.permissions import policy_registry

from media.models import SiteDocument, SiteImage

from .. import problems
from ..answers import View, answer
from ..finding import MISSING, url_path_of
from ..tokens import Token

NAMESPACE = "wagtailapi_v3"
USE = ("add", "change", "choose", "delete")


def patterns() -> list[Any]:
    # The app of wagtail-localize takes the place of Wagtail's own app of languages, which would add them.
    api.add_router("/locales/", locales)
    images.get_images_queryset = lambda request: _usable(SiteImage, request)
    documents.get_documents_queryset = lambda request: _usable(SiteDocument, request)
    form_data.flatten_block_value = _refusing_what_is_no_block(form_data.flatten_block_value)
    theirs, _name, _namespace = api.urls
    for pattern in theirs:
        pattern.callback = _for_a_token(_in_the_language_of_the_page(pattern.callback))
    own = [
        path("openapi.json", _for_a_token(document), name="document"),
        path("pages/find/", _for_a_token(find), name="find"),
    ]
    return [*own, *theirs]


def _for_a_token(view: View) -> View:
    """Answer only to who shows a token; Wagtail's own would tell everybody of every picture."""

    @wraps(view)
    def for_a_token(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.headers.get("Authorization"):
            return problems.answer(401, "This API answers to tokens only: `Authorization: Bearer …`.")
        try:
            Token()(request)
        except problems.Problem as problem:
            return problems.answer(problem.status, problem.detail)
        return view(request, *args, **kwargs)

    return for_a_token


def _in_the_language_of_the_page(view: View) -> View:
    """Let links in a page's texts lead to pages in its own language."""

    @wraps(view)
    def in_its_language(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        languages = Page.objects.filter(pk=kwargs.get("page_id", 0)).values_list("locale__language_code", flat=True)
        with translation.override(languages.first() or translation.get_language()):
            return view(request, *args, **kwargs)

    return in_its_language


def _usable(model: Callable[..., Any], request: HttpRequest) -> QuerySet:
    """Return the files that readers see or the user of the token works with."""
    own = policy_registry.get_by_type(model).instances_user_has_any_permission_for(request.user, USE)
    files = model.objects.filter(Q(is_public=True) | Q(pk__in=own.values("pk")))  # type: ignore[attr-defined]
    return files.prefetch_related("tags").order_by("pk")


def _refusing_what_is_no_block(flatten: Callable[..., None]) -> Callable[..., None]:
    """Let a body whose parts have not the form of blocks be refused; Wagtail's own would fail."""

    @wraps(flatten)
    def flatten_or_refuse(block: Any, value: Any, prefix: str, data: Any) -> None:
        try:
            flatten(block, value, prefix, data)
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as error:
            # Refusals of the inner blocks are errors of values, too.
            if isinstance(error, PydanticError):
                raise
            raise ValidationError(f"{prefix}: this is no value of this kind of block.") from error

    return flatten_or_refuse


def find(request: HttpRequest) -> HttpResponse:
    """Lead to the page at an address in any language, as a path or in full, or with a number."""
    pages = get_pages_queryset(request)
    number = request.GET.get("id", "")
    if number and not (number.isascii() and number.isdecimal()):
        return problems.answer(422, "`id` should be a number.")
    url_path = url_path_of(request, request.GET.get("html_path", ""))
    page = pages.filter(url_path=url_path).first() if url_path else None
    page = page or (pages.filter(pk=number).first() if number else None)
    if page is None:
        return problems.answer(404, MISSING)
    query = request.GET.copy()
    query.pop("id", None)
    query.pop("html_path", None)
    address = reverse(f"{NAMESPACE}:detail_page", kwargs={"page_id": page.pk})
    return HttpResponseRedirect(f"{address}?{query.urlencode()}" if query else address)


def document(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document, without the way to be nobody, which makes it invalid."""
    made = api.get_openapi_schema()
    made["components"]["securitySchemes"].pop("AllowAnonymous", None)
    for operations in made["paths"].values():
        for operation in operations.values():
            operation["security"] = [one for one in operation.get("security", []) if "AllowAnonymous" not in one]
    return answer(request, made, is_public=False)
