"""Find a page by its number or address, and say where an old address leads."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from pages.redirects import fitting

from .prepared import prepared
from .reading import homes, readable, readable_below, roots

MISSING = "No published page has this number or address."


def page_by_number(request: HttpRequest, pk: int) -> Page:
    """Return a page that everybody may read; raises ``Http404``."""
    page = next(iter(_numbered(roots(request), pk=pk)), None)
    if page is None:
        raise Http404(MISSING)
    return page


@prepared
def _numbered(roots: tuple[str, ...], *, pk: int) -> QuerySet:
    return _with_type(readable_below(roots, Page.objects.filter(pk=pk)))


def page_at(request: HttpRequest, address: str) -> Page | None:
    """Return the page at an address of any language, given as a path or in full."""
    url_path = url_path_of(request, address)
    if not url_path:
        return None
    # Only slugs have an index, and each address ends in one.
    slug = url_path.rstrip("/").rpartition("/")[2]
    return next(iter(_at(roots(request), slug=slug, url_path=url_path)), None)


@prepared
def _at(roots: tuple[str, ...], *, slug: str, url_path: str) -> QuerySet:
    return _with_type(readable_below(roots, Page.objects.filter(slug=slug, url_path=url_path)))


def url_path_of(request: HttpRequest, address: str) -> str:
    """Return where a page stands in the tree; an address without a language counts as the first language."""
    if not address:
        return ""
    path = unquote(urlsplit(address).path)
    trees = {home.language_code: home.root_path for home in homes(request)}
    parts = [part for part in path.split("/") if part]
    language = parts.pop(0) if parts and parts[0] in trees else settings.LANGUAGE_CODE
    root = trees.get(language)
    return "/".join([root.rstrip("/"), *parts, ""]) if root else ""


def in_language(request: HttpRequest, page: Page, language: str | None, has_fallback: bool) -> tuple[Page, bool]:
    """Return the page in a language, and whether it is another one because that is missing."""
    if language is None or page.locale.language_code == language:
        return page, False
    same = Page.objects.filter(translation_key=page.translation_key, locale__language_code=language)
    found = _with_type(readable(same, request)).first()
    if found is None and not has_fallback:
        raise Http404("This page is not published in that language.")
    return found or page, found is None


def _with_type(pages: Any) -> Any:
    return pages.select_related("locale", "content_type")


def redirect_from(request: HttpRequest, address: str) -> dict[str, Any] | None:
    """Return where an old address leads, or None; never to a page that readers cannot open."""
    parts = urlsplit(address)
    full = f"{parts.path}?{parts.query}" if parts.query else parts.path
    path = Redirect.normalise_path(full, decode_unicode=False)
    for wanted in dict.fromkeys([path, urlsplit(path).path]):
        if found := get_redirect(request, fitting(uri_to_iri(wanted))):
            return _told(request, found)
    return None


def _told(request: HttpRequest, redirect: Redirect) -> dict[str, Any] | None:
    target = redirect.redirect_page
    if target and not readable(Page.objects.filter(pk=target.pk), request).exists():
        return None
    if not redirect.link:
        return None
    location = request.build_absolute_uri(redirect.link)
    return {"type": "redirect", "location": location, "is_permanent": redirect.is_permanent}
