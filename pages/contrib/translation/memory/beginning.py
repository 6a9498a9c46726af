"""What was accepted before there was a memory, or while its plugin was off."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.db.models import OuterRef, Subquery
from wagtail_localize.models import StringTranslation, TranslationSource

from .keeping import NewEntry, remember

AT_ONCE = 1000


def remember_everything() -> int:
    """Remember all accepted translations and return how many; to do it again does no harm."""
    entries, count = _accepted(), 0
    while some := list(islice(entries, AT_ONCE)):
        count += remember(some)
    return count


def _accepted() -> Iterator[NewEntry]:
    """Yield the translations by people, the oldest first, so that the newest tells where a wording is from."""
    title = TranslationSource.objects.filter(
        object=OuterRef("context__object"), locale=OuterRef("translation_of__locale")
    )
    by_people = StringTranslation.objects.exclude(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
    rows = by_people.filter(has_error=False).order_by("updated_at", "pk")
    for source, target, source_language, target_language, origin, person, moment in rows.values_list(
        "translation_of__data",
        "data",
        "translation_of__locale__language_code",
        "locale__language_code",
        Subquery(title.values("object_repr")[:1]),
        "last_translated_by",
        "updated_at",
    ).iterator(AT_ONCE):
        yield NewEntry(source, target, source_language, target_language, origin or "", person, moment)
