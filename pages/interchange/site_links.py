"""Addresses of this site that stand in a file, as the pages they lead to."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from wagtail.models import Locale, Page, Site


def page_finder() -> Callable[[str], int | None]:
    """Return a function from an address to the primary key of this site's page there, or None."""
    sites = {site.hostname.lower(): site.root_page for site in Site.objects.select_related("root_page")}
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    known: dict[str, int | None] = {}

    def find(address: str) -> int | None:
        if address not in known:
            known[address] = _page_at(address, sites, locales)
        return known[address]

    return find


def _page_at(address: str, sites: dict[str, Page], locales: dict[str, Locale]) -> int | None:
    parts = urlsplit(address)
    root = sites.get((parts.hostname or "").lower())
    language, _slash, rest = unquote(parts.path).strip("/").partition("/")
    locale = locales.get(language)
    if root is None or locale is None or parts.query:
        return None
    home = root.get_translation_or_none(locale)
    if home is None:
        return None
    path = f"{home.url_path}{rest}/" if rest else home.url_path
    return Page.objects.filter(url_path=path, locale=locale).values_list("pk", flat=True).first()
