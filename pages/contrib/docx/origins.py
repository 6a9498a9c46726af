"""Which page a file was made of, as its own properties tell."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.models import Page

from pages.interchange.downloads import can_be_downloaded
from pages.interchange.outline import Origin


def can_come_back(page: Page, user: Any) -> bool:
    """Whether this person may bring a file back to a page."""
    return can_be_downloaded(page) and not page.alias_of_id and page.permissions_for_user(user).can_edit()


def origin_page(origin: Origin | None) -> Page | None:
    """Return the page that a file was made of, by its key and language: numbers differ from one site to the next."""
    if origin is None:
        return None
    try:
        found = Page.objects.filter(translation_key=origin.key, locale__language_code=origin.language)
        page = found.select_related("locale").first()
    except ValidationError:
        return None
    return page.specific if page else None
