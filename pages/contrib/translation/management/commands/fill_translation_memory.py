"""``manage.py fill_translation_memory``: remember what was translated before there was a memory."""

from collections.abc import Iterator
from itertools import islice

from django.core.management.base import BaseCommand
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, TranslationSource

from pages.contrib.translation.memory import NewEntry, remember

AT_ONCE = 1000


class Command(BaseCommand):
    help = _("Puts all accepted translations into the translation memory. To run it again does no harm.")

    def handle(self, **options):
        entries, count = _accepted(), 0
        while some := list(islice(entries, AT_ONCE)):
            count += remember(some)
        self.stdout.write(_("Translations remembered: %(count)s.") % {"count": count})


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
