"""Which of many pages and translations somebody may work on, without asking the database for each of them.

The rules are those of ``pages.translation_permissions``.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Locale, Page, PageViewRestriction
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


def translatable_from(user: AbstractBaseUser, pages: Iterable[Page]) -> set[int]:
    """Return the ids of the pages that the user may take as sources, as ``may_translate_from`` has it."""
    restricted = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    return {
        page.pk
        for page in pages
        if not page.is_root() and ((page.live and not page.path.startswith(restricted)) or may(user, "change", page))
    }


def may_begin(user: AbstractBaseUser, pages: Iterable[Page], locales: Iterable[Locale]) -> dict[int, set[int]]:
    """Return the languages that each page is missing in and that ``may_add_translation`` lets the user add, by ids."""
    wanted, languages = list(pages), [locale.pk for locale in locales]
    ancestors = {page.path: page for page in Page.objects.filter(path__in=_paths_above(wanted))}
    related = [*wanted, *ancestors.values()]
    translated = Page.objects.filter(
        translation_key__in={page.translation_key for page in related}, locale__in=languages
    )
    there = {(page.translation_key, page.locale_id): page for page in translated}
    return {
        page.pk: {
            locale
            for locale in languages
            if (page.translation_key, locale) not in there and _may_add(user, page, locale, ancestors, there)
        }
        for page in wanted
    }


def _paths_above(pages: list[Page]) -> set[str]:
    return {page.path[:end] for page in pages for end in range(Page.steplen, len(page.path), Page.steplen)}


def _may_add(user, page, locale, ancestors, there) -> bool:
    """The nearest ancestor that is translated decides, since Localize adds those that are not."""
    for end in range(len(page.path) - Page.steplen, 0, -Page.steplen):
        ancestor = ancestors[page.path[:end]]
        parent = ancestor if ancestor.is_root() else there.get((ancestor.translation_key, locale))
        if parent is not None:
            return bool(parent.permissions_for_user(user).can_add_subpage())
    return False
