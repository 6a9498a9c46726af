"""The sitemap: every public page of every language, with its translations, in parts that stay small.

A part holds the pages of a range of ids, so each is read by its key, however many pages there are, and a
new page changes one part only. The format is that of sitemaps.org with the links of Google's extension.
"""

from __future__ import annotations

import datetime
import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import wraps
from typing import NamedTuple

from django.db.models import F, Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.encoding import iri_to_uri
from django.utils.http import quote_etag
from django.views.decorators.http import condition, require_safe
from wagtail.models import Page, Site

from pages.alternates import default_address
from pages.models.filters import state_of_lists
from pages.models.reading import open_to_all

#: The protocol allows 50,000; fewer are written in a moment.
IDS_IN_A_PART = 5_000
BIGGEST_ID = 2**31 - 1
SECONDS = 3600


class Tree(NamedTuple):
    """The pages of a language: where they stand in the tree, and how their addresses begin."""

    language: str
    path: str
    url_path: str
    address: str


class Entry(NamedTuple):
    """A page of the sitemap; ``alternates`` are pairs of language and address, itself among them."""

    address: str
    changed_at: datetime.datetime | None
    alternates: list[tuple[str, str]]


def sometimes_changed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Spare a crawler what it has: asked again, one look at the log of changes answers it."""

    def etag(request: HttpRequest, **kwargs) -> str:
        # The hour: what a script changed stands in no log.
        state = f"{state_of_lists()} {time.time() // SECONDS}"
        return quote_etag(hashlib.sha256(state.encode()).hexdigest()[:32])

    @require_safe
    @condition(etag_func=etag)
    @wraps(view)
    def answer(request: HttpRequest, **kwargs) -> HttpResponseBase:
        response = view(request, **kwargs)
        patch_cache_control(response, public=True, max_age=SECONDS)
        return response

    return answer


@sometimes_changed
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the parts of the sitemap."""
    site = _site(request)
    parts = public_pages(_trees(site)).annotate(part=F("pk") / IDS_IN_A_PART).order_by("part")
    changed = parts.values_list("part").annotate(changed_at=Max("last_published_at"))
    context = {
        "parts": [(f"{site.root_url}{reverse('sitemap_part', kwargs={'part': part})}", at) for part, at in changed]
    }
    return render(request, "sitemaps/index.xml", context, content_type="application/xml")


@sometimes_changed
def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    """List the public pages of one range of ids."""
    first = part * IDS_IN_A_PART
    if first > BIGGEST_ID:
        raise Http404
    entries = list(_entries(_site(request), first))
    if not entries:
        raise Http404
    return render(request, "sitemaps/part.xml", {"entries": entries}, content_type="application/xml")


def public_pages(trees: list[Tree]) -> QuerySet:
    """Return what everybody may read and what repeats no other page."""
    inside = Q(pk__in=[])
    for tree in trees:
        inside |= Q(path__startswith=tree.path)
    return open_to_all(Page.objects.live().filter(inside, alias_of=None))


def _entries(site: Site, first: int) -> Iterator[Entry]:
    trees = _trees(site)
    pages = public_pages(trees)
    here = pages.filter(pk__range=(first, first + IDS_IN_A_PART - 1))
    by_key: dict[object, dict[str, str]] = defaultdict(dict)
    families = pages.filter(translation_key__in=here.values("translation_key"))
    for key, path, url_path in families.values_list("translation_key", "path", "url_path"):
        tree = _tree_of(path, trees)
        by_key[key][tree.language] = _address(url_path, tree)
    rows = here.order_by("pk").values_list("translation_key", "path", "last_published_at")
    for key, path, changed_at in rows:
        tree = _tree_of(path, trees)
        is_home = path == tree.path
        yield Entry(by_key[key][tree.language], changed_at, _alternates(by_key[key], is_home, site))


def _alternates(addresses: dict[str, str], is_home: bool, site: Site) -> list[tuple[str, str]]:
    if len(addresses) < 2:
        return []
    default = default_address(addresses, is_home=is_home)
    default = f"{site.root_url}{default}" if is_home else default
    return [*sorted(addresses.items()), ("x-default", default)]


def _trees(site: Site) -> list[Tree]:
    homes = site.root_page.get_translations(inclusive=True).select_related("locale")
    return [
        Tree(home.locale.language_code, home.path, home.url_path, address)
        for home in homes
        if (address := home.full_url)
    ]


def _tree_of(path: str, trees: list[Tree]) -> Tree:
    return next(tree for tree in trees if path.startswith(tree.path))


def _address(url_path: str, tree: Tree) -> str:
    # Wagtail would resolve each address by itself; below a home page they all continue its own.
    return f"{tree.address}{iri_to_uri(url_path[len(tree.url_path) :])}"


def _site(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site
