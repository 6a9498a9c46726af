"""What a message says of a page or document: its numbers, and beyond that only what every reader can see."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page, Site

from media.models import SiteDocument
from pages.models.reading import open_to_all

Data = dict[str, Any]
#: What is left out of what readers cannot open.
CLOSED = {"is_public": False, "title": None, "api_url": None}
#: Numbers and kinds, which say nothing of the content.
ALWAYS_TOLD = {"id", "type", "language", "translation_key", "original_id", "original_language"}


def page_data(page: Page) -> Data:
    """Tell of a page as it is now."""
    parts = page.get_url_parts()
    is_public = bool(parts) and is_live(page) and is_open(page)
    return _page(page) | {
        "is_public": is_public,
        "title": page.title if is_public else None,
        "url": address(page) if is_public else None,
        "api_url": api_address(parts[1], "get_page", page.pk) if is_public else None,
    }


def withdrawn_data(page: Page, *, was_public: bool) -> Data:
    """Tell of a page that readers cannot open any more: the address where they found it, if they did."""
    return _page(page) | CLOSED | {"url": address(page) if was_public else None}


def moved_data(page: Page, path_before: str, *, was_public: bool) -> Data:
    """Tell of a page that has another address."""
    before = copy(page)
    before.url_path = path_before
    return page_data(page) | {"previous_url": address(before) if was_public else None}


def translation_data(page: Page, original: Page) -> Data:
    return page_data(page) | {
        "original_id": original.pk,
        "original_language": original.locale.language_code,
    }


def original_of(page: Page) -> Page | None:
    """Return the page that this one is a translation of: the version that was there first."""
    if page.alias_of_id:
        return None
    first = Page.objects.filter(translation_key=page.translation_key).select_related("locale").order_by("pk").first()
    return first if first and first.pk != page.pk else None


def document_data(document: SiteDocument, *, is_gone: bool = False) -> Data:
    """Tell of a document as it is now, or of one that is gone where readers found it."""
    root = _root()
    is_public = document.is_public and not is_gone
    return {
        "id": document.pk,
        "is_public": is_public,
        "title": document.title if is_public else None,
        "url": f"{root}{document.url}" if document.is_public else None,
        "api_url": api_address(root, "get_document", document.pk) if is_public else None,
        "format": document.format if is_public else None,
        "size_bytes": document.size_bytes if is_public else None,
        "checksum": document.checksum if is_public else None,
    }


def still_true(data: Data, event: str) -> Data:
    """Take back what readers cannot open any more since the message was written."""
    if not data.get("is_public"):
        return data
    if event.startswith("document."):
        return data if SiteDocument.objects.filter(pk=data["id"], is_public=True).exists() else _closed(data)
    found = Page.objects.filter(pk=data["id"]).first()
    return data if found and is_live(found) and is_open(found) else _closed(data)


def is_live(page: Page) -> bool:
    """Tell whether a page is published; an alias shows what its source says."""
    return page.live and (not page.alias_of_id or page.alias_of.live)


def is_open(page: Page) -> bool:
    """Tell whether no lock of this page or one above it keeps readers out; an alias has those of its source, too."""
    source = open_to_all(Page.objects.filter(pk=OuterRef("alias_of_id")))
    found = open_to_all(Page.objects.filter(pk=page.pk)).filter(Q(alias_of=None) | Exists(source))
    return found.exists()


def address(page: Page) -> str | None:
    return page.get_full_url() or None


def api_address(root: str, name: str, pk: int) -> str | None:
    """Return where the API tells more, if its room is on."""
    try:
        return f"{root}{reverse(f'api:{name}', args=[pk])}"
    except NoReverseMatch:
        return None


def _page(page: Page) -> Data:
    model = page.specific_class
    return {
        "id": page.pk,
        "type": model._meta.label if model else "wagtailcore.Page",
        "language": page.locale.language_code,
        "translation_key": str(page.translation_key),
    }


def _closed(data: Data) -> Data:
    return {name: value if name in ALWAYS_TOLD else None for name, value in data.items()} | {"is_public": False}


def _root() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    return site.root_url if site else ""
