"""Find the page at an address in one query; Wagtail asks twice for each part of the address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from .models.reading import as_its_type, whole

#: Wagtail's own pattern lets no dot pass.
FILE_PATTERN = r"^((?:[\w\-]+/)+[a-z]+\.(?:atom|ics|json))$"


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a page as Wagtail does, hooks included; what is not found here goes its usual way."""
    if route := route_of(request, path):
        # Where ``Page.route_for_request`` keeps its own answer.
        request._wagtail_route_for_request = route
    return views.serve(request, path)


def route_of(request: HttpRequest, path: str) -> RouteResult | None:
    """Return the page at ``path``, or the page of which the last part of the path is a file (``HasFiles``)."""
    above, _slash, name = path.rstrip("/").rpartition("/")
    # No slug holds a dot, so one look at the name tells which of the two is asked for.
    if "." not in name:
        page = page_at(request, path)
        return RouteResult(page) if page else None
    page = page_at(request, above)
    has_file = page and not path.endswith("/") and name in getattr(page, "files", ())
    return RouteResult(page, kwargs={"file": name}) if has_file else None


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
    # Only slugs have an index, and each address ends in one.
    slug = address.rstrip("/").rpartition("/")[2]
    page = whole(Page.objects.filter(live=True, slug=slug, url_path=address)).first()
    if page is None:
        return None
    page = as_its_type(page)
    # A type with an address book of its own (RoutablePageMixin) must be asked.
    return page if type(page).route is Page.route else None
