"""The gate of languages that ask for review: what nobody has accepted stays a draft, whichever way it is published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from .live_pages import untouched
from .models import LanguageSettings
from .models.review_task import is_reviewer


class ReviewRequired(PermissionDenied):
    """Translations into this language go live only after a reviewer has accepted them."""


_accepted: ContextVar[bool] = ContextVar("accepted", default=False)
_held_back: ContextVar[list[Locale] | None] = ContextVar("held_back", default=None)


def requires_review(locale: Locale | int) -> bool:
    """Return whether translations into a language are reviewed before they go live."""
    number = getattr(locale, "pk", locale)
    return LanguageSettings.objects.filter(locale=number, requires_review=True).exists()


@contextmanager
def accepted() -> Iterator[None]:
    """Let through what is published inside: a reviewer has accepted it."""
    token = _accepted.set(True)
    try:
        yield
    finally:
        _accepted.reset(token)


@contextmanager
def holding_back() -> Iterator[list[Locale]]:
    """Make drafts of what has to be reviewed, instead of refusing all; yield the languages held back."""
    token = _held_back.set([])
    try:
        yield _held_back.get()
    finally:
        _held_back.reset(token)


def guard(original: Callable) -> Callable:
    """Wrap ``TranslationSource.create_or_update_translation``, which every way of Localize to publish goes through."""

    @wraps(original)
    def create_or_update_translation(self, locale, user=None, publish=True, **options):
        if not publish:
            with untouched(self, locale):
                return original(self, locale, user=user, publish=False, **options)
        if _accepted.get() or not _would_change_what_is_live(self, locale):
            return original(self, locale, user=user, publish=True, **options)
        if not requires_review(locale):
            return original(self, locale, user=user, publish=True, **options)
        held_back = _held_back.get()
        if held_back is None:
            raise ReviewRequired(
                _("Translations into this language go live after review: submit the translation to its reviewers.")
            )
        held_back.append(locale)
        if _has_drafts(self):
            return create_or_update_translation(self, locale, user=user, publish=False, **options)
        return self.get_translated_instance(locale), False

    return create_or_update_translation


def _has_drafts(source: TranslationSource) -> bool:
    return issubclass(source.specific_content_type.model_class(), DraftStateMixin)


def _would_change_what_is_live(source: TranslationSource, locale: Locale) -> bool:
    """A snippet without drafts comes into being with the words of the source; others refer to it."""
    return _has_drafts(source) or source.object.has_translation(locale)


def may_go_live(user, instance: Model) -> bool:
    """Return whether the gate lets this person publish a page or snippet by Wagtail's own ways.

    A reviewer's publishing is an acceptance. What is written in a language itself is no translation.
    """
    if not requires_review(instance.locale_id) or is_reviewer(user, instance.locale_id):
        return True
    return not Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale=instance.locale_id
    ).exists()


def held_back_by_review(user, pages: list[Page]) -> list[Page]:
    """Return those of the pages that this person cannot publish."""
    locales = {page.locale_id for page in pages}
    asking = set(
        LanguageSettings.objects.filter(locale__in=locales, requires_review=True).values_list("locale", flat=True)
    )
    return [page for page in pages if page.locale_id in asking and not may_go_live(user, page)]
