"""Which page a file was made of, as its own properties tell."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from pages.interchange.downloads import can_be_downloaded
from pages.interchange.outline import Origin


def can_come_back(page: Page, user: Any) -> bool:
    """Whether this person may bring a file back to a page."""
    return can_be_downloaded(page) and not page.alias_of_id and page.permissions_for_user(user).can_edit()


def hindrance(page: Page, user: Any) -> str:
    """Return why nothing can be brought back now: the page is locked, or another page decides its words."""
    lock = page.get_lock()
    if lock and lock.for_user(user):
        return lock.get_message(user) or _("The page is locked.")
    if is_translated(page):
        return _(
            "This page is a translation: its words are written in the translation editor, and a Word file would be "
            "overwritten by it. Take the Word table for translators instead."
        )
    return ""


def is_translated(page: Page) -> bool:
    """Whether the translation editor writes this page."""
    found = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id)
    return found.filter(enabled=True).exists()


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
