"""Check links that stay in the house: against the database, or by asking the site itself, never over the network."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from media.models import SiteDocument

from .models import Link
from .own_site import OwnSite

# Digits with what people write between them, and an extension.
PHONE = re.compile(r"\+?[\d\s().,/;=extw-]{3,60}", re.IGNORECASE)


def judge(links: Iterable[Link], site: OwnSite | None = None) -> list[Link]:
    """Set ``problem`` of all links but those to other sites, in a number of queries that does not grow with them."""
    links = list(links)
    site = site or OwnSite()
    _judge_pages([link for link in links if link.kind == Link.Kind.PAGE])
    _judge_documents([link for link in links if link.kind == Link.Kind.DOCUMENT])
    for link in links:
        if link.kind == Link.Kind.PATH:
            verdict = site.verdict(link.href, link.page)
            link.problem, link.moved_to = verdict.problem, verdict.moved_to
        elif link.kind == Link.Kind.MAIL:
            link.problem = "" if _is_mail(link.href) else "mail_invalid"
        elif link.kind == Link.Kind.PHONE:
            link.problem = "" if _is_phone(link.href) else "phone_invalid"
    return links


def _judge_pages(links: list[Link]) -> None:
    pages = Page.objects.in_bulk({link.target_id for link in links})
    translated = _live_translations(pages.values(), {link.locale_id for link in links})
    closed = list(PageViewRestriction.objects.values_list("page__path", flat=True)) if links else []
    for link in links:
        page = pages.get(link.target_id)
        if page is not None:
            # What readers get: the page in the language of the text, where it is published in it.
            page = translated.get((page.translation_key, link.locale_id), page)
            link.href = page.title
        link.problem = _problem_of_page(page, link.page, closed)


def _live_translations(pages, locales) -> dict[tuple, Page]:
    keys = {page.translation_key for page in pages}
    found = Page.objects.live().filter(translation_key__in=keys, locale_id__in=locales)
    return {(page.translation_key, page.locale_id): page for page in found} if keys else {}


def _problem_of_page(page, source, closed) -> str:
    if page is None:
        return "page_gone"
    if not page.live:
        return "page_unpublished"
    rules = {path for path in closed if page.path.startswith(path)}
    known = {path for path in closed if source and source.path.startswith(path)}
    return "page_private" if rules - known else ""


def _judge_documents(links: list[Link]) -> None:
    documents = SiteDocument.objects.select_related("collection").in_bulk({link.target_id for link in links})
    closed = list(CollectionViewRestriction.objects.values_list("collection__path", flat=True)) if links else []
    for link in links:
        document = documents.get(link.target_id)
        link.problem = "" if document else "document_gone"
        if document:
            link.href = document.title
            if any(document.collection.path.startswith(path) for path in closed):
                link.problem = "document_private"


def _is_mail(href: str) -> bool:
    address = unquote(re.sub(r"^mailto:", "", href, flags=re.IGNORECASE).partition("?")[0])
    try:
        for one in address.split(","):
            validate_email(one.strip())
    except ValidationError:
        return False
    return True


def _is_phone(href: str) -> bool:
    number = unquote(re.sub(r"^(tel|sms):", "", href, flags=re.IGNORECASE))
    return bool(PHONE.fullmatch(number)) and 3 <= sum(map(str.isdigit, number)) <= 24
