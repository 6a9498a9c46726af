"""Find the page at an address in one query; Wagtail asks twice for each part of the address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from .models.reading import as_its_type, whole


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a page as Wagtail does, hooks included; what is not found here goes its usual way."""
    if page := page_at(request, path):
        # Where ``Page.route_for_request`` keeps its own answer.
        request._wagtail_route_for_request = RouteResult(page)
    return views.serve(request, path)


def page_at(request: HttpRequest, path: str) -> Page | None:
    """Return the live page at ``path`` below the home page of the language, as an object of its own type."""
    site = Site.find_for_request(request)
    home_paths = [
        root.root_path
        for root in Site.get_site_root_paths()
        if site and (root.site_id, root.language_code) == (site.pk, get_language())
    ]
    if not home_paths:
        return None
    address = "/".join([home_paths[0].rstrip("/"), *filter(None, path.split("/")), ""])
    page = whole(Page.objects.filter(live=True, url_path=address)).first()
    if page is None:
        return None
    page = as_its_type(page)
    # A type with an address book of its own (RoutablePageMixin) must be asked.
    return page if type(page).route is Page.route else None
