"""For static builds: what changed since a moment, and the address of every page in every language."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any, Literal

from django.db.models import DateTimeField
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field
from wagtail.models import Page

from pages.alternates import default_address
from pages.endpoints import Language, Paging, Told, by_number, list_of, page_of, read

from ..answers import answer
from ..changed import changed_pages
from ..reading import homes, readable, type_of

router = Router()


class Since(Paging):
    """From which moment on."""

    since: datetime.datetime = Field(description="RFC 3339, for example 2026-11-01T12:00:00Z.")


class SitemapFilters(Paging):
    """What narrows the list of addresses."""

    language: Language | None = None


class Change(Told):
    """A page that changed: it can be read (again), or it is gone for readers."""

    id: int
    state: Literal["published", "gone"]
    changed_at: datetime.datetime
    type: str | None
    language: str | None
    url: str | None


class Alternate(Told):
    """A version of the page; ``x-default`` is for readers of none of its languages."""

    language: str
    url: str


class Address(Told):
    """A page and its versions in other languages."""

    id: int
    type: str
    url: str
    language: str
    last_published_at: datetime.datetime | None
    alternates: list[Alternate]


@router.get("/changes/", response=list_of(Change), summary="What changed", operation_id="list_changes")
def list_changes(request: HttpRequest, since: Query[Since]) -> Any:
    """Return pages that were published, changed, moved, withdrawn, locked or deleted since a moment, oldest first.

    So are pages below one that moved, and those that show a picture, a document or something else that was changed
    meanwhile. A page is listed once, with its last change. Pages that readers have never seen are not listed.
    """
    moments = changed_pages(_aware(since.since))
    window = page_of(sorted((at, pk) for pk, at in moments.items()), DateTimeField(), since)
    pks = [pk for _at, pk in window.entries]
    pages = readable(Page.objects.filter(pk__in=pks), request).select_related("locale", "content_type").in_bulk()
    return answer(request, window.told(lambda pair: _change(pair[1], pair[0], pages.get(pair[1]), request)))


def _aware(moment: datetime.datetime) -> datetime.datetime:
    return moment if moment.tzinfo else timezone.make_aware(moment, datetime.UTC)


def _change(pk: int, at: datetime.datetime, page: Page | None, request: HttpRequest) -> dict[str, Any]:
    return {
        "id": pk,
        "state": "published" if page else "gone",
        "changed_at": at,
        "type": type_of(page) if page else None,
        "language": page.locale.language_code if page else None,
        "url": request.build_absolute_uri(page.get_url(request)) if page else None,
    }


@router.get("/sitemap/", response=list_of(Address), summary="Every address", operation_id="list_addresses")
def list_addresses(request: HttpRequest, filters: Query[SitemapFilters]) -> Any:
    """Return the address of every published page with its versions in other languages, by number."""
    pages = readable(Page.objects.filter(alias_of=None), request)
    chosen = pages.filter(locale__language_code=filters.language) if filters.language else pages
    window = read(chosen, by_number(), filters, lambda found: found.select_related("locale", "content_type"))
    keys = [page.translation_key for page in window.entries]
    families: defaultdict[Any, dict[str, str]] = defaultdict(dict)
    for page in pages.filter(translation_key__in=keys).select_related("locale"):
        families[page.translation_key][page.locale.language_code] = request.build_absolute_uri(page.get_url(request))
    roots = {home.root_path for home in homes(request)}

    def tell(page: Page) -> dict[str, Any]:
        addresses = families[page.translation_key]
        default = default_address(addresses, is_home=page.url_path in roots)
        alternates = [*sorted(addresses.items()), ("x-default", request.build_absolute_uri(default))]
        return {
            "id": page.pk,
            "type": type_of(page),
            "url": addresses[page.locale.language_code],
            "language": page.locale.language_code,
            "last_published_at": page.last_published_at,
            "alternates": [{"language": code, "url": url} for code, url in alternates] if len(addresses) > 1 else [],
        }

    return answer(request, window.told(tell))
