"""Drafts of translations that are live: readers keep what they have until the draft is published."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ObjectDoesNotExist
from wagtail.models import DraftStateMixin, Locale
from wagtail_localize.models import TranslationSource


@contextmanager
def untouched(source: TranslationSource, locale: Locale) -> Iterator[None]:
    """Let ``create_or_update_translation`` make a draft without changing the row that readers see.

    Localize 1.14 saves the page with the new words before it makes the revision of them, so a
    draft of a page that is live would be read by everybody at once.
    """
    target = _live_target(source, locale)
    if target is None:
        yield
        return
    write = target.save

    def save(*args, **kwargs):
        # The revision notes on the page that it is there; everything else waits in it.
        if kwargs.get("update_fields"):
            write(*args, **kwargs)

    target.save = save
    source.get_translated_instance = lambda _locale: target
    try:
        yield
    finally:
        del source.get_translated_instance, target.save


def _live_target(source, locale):
    try:
        target = source.get_translated_instance(locale)
    except ObjectDoesNotExist:
        return None
    return target if isinstance(target, DraftStateMixin) and target.live else None
