"""Which of many translations somebody may work on, without asking the database for each of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Page
from wagtail_localize.models import Translation

from pages.translation_permissions import may, may_update


def target_pages(translations: Iterable[Translation]) -> dict[int, Page]:
    """Return the page that each translation leads to, by the id of the translation, in one query."""
    wanted = list(translations)
    pages = Page.objects.filter(
        translation_key__in={translation.source.object_id for translation in wanted},
        locale__in={translation.target_locale_id for translation in wanted},
    )
    by_key = {(page.translation_key, page.locale_id): page for page in pages}
    found = {one.pk: by_key.get((one.source.object_id, one.target_locale_id)) for one in wanted}
    return {pk: page for pk, page in found.items() if page}


def may_change(user: AbstractBaseUser, translations: Iterable[Translation]) -> list[Translation]:
    """Return the translations that lead to what the user may change; only snippets and lost pages are asked singly."""
    wanted = list(translations)
    pages = target_pages(wanted)
    return [
        one
        for one in wanted
        if (may(user, "change", pages[one.pk]) if one.pk in pages else may_update(user, "change", one))
    ]
