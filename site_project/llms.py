"""A short guide to the site for language models (https://llmstxt.org): what it is and where to read on."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import Truncator
from wagtail.models import Page, Site

from pages.models import Header, NewsPage, WorkshopPage
from pages.models.reading import as_its_type, open_to_all, whole

from .sitemaps import sometimes_changed

NEWEST = 10
NOTE_LENGTH = 200


@sometimes_changed
def llms_txt(request: HttpRequest) -> HttpResponse:
    """List per language the main pages and the newest ones, each with its lead."""
    site = Site.find_for_request(request)
    homes = _homes(site) if site else {}
    if not homes:
        raise Http404
    first = homes.get(settings.LANGUAGE_CODE) or next(iter(homes.values()))
    header = Header.objects.filter(locale_id=first.locale_id).first()
    lines = [f"# {_line(header.site_name if header else first.title)}", ""]
    if note := _note(first):
        lines += [f"> {note}", ""]
    for code, name in settings.LANGUAGES:
        if code in homes:
            lines += [f"## {name}", "", *map(_link, _pages_to_show(homes[code])), ""]
    lines += ["## Optional", "", f"- [Sitemap]({site.root_url}{reverse('sitemap')})", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _homes(site: Site) -> dict[str, Page]:
    homes = open_to_all(site.root_page.get_translations(inclusive=True).live())
    return {home.locale.language_code: as_its_type(home) for home in whole(homes, bodies=False)}


def _pages_to_show(home: Page) -> list[Page]:
    """Return the home page, the pages under it, and the newest news and workshops of this language."""
    below = open_to_all(Page.objects.live().descendant_of(home)).filter(alias_of=None)
    main = below.filter(depth=home.depth + 1).order_by("path")
    newest = below.type(NewsPage, WorkshopPage).order_by("-first_published_at", "-pk")[:NEWEST]
    found = Page.objects.filter(Q(pk__in=[*main.values_list("pk", flat=True), *newest.values_list("pk", flat=True)]))
    pages = [as_its_type(page) for page in whole(found, bodies=False)]
    return [
        home,
        *sorted(pages, key=lambda page: (page.depth, page.path if page.depth == home.depth + 1 else "", -page.pk)),
    ]


def _link(page: Page) -> str:
    note = _note(page)
    title = _line(page.title).replace("[", "(").replace("]", ")")
    return f"- [{title}]({page.full_url})" + (f": {note}" if note else "")


def _note(page: Page) -> str:
    said = page.search_description or getattr(page, "lead", "")
    return Truncator(_line(said)).chars(NOTE_LENGTH) if said else ""


def _line(text: str) -> str:
    return " ".join(text.split())
