"""Translate the demo the way a translator does: through Localize's sources, segments and translations.

A page is built once more in memory with the words of the other language. Both versions are taken apart by
Localize itself; what stands at the same place in both is a text and its translation.
"""

import json
import re
from collections import defaultdict

from wagtail.models import Locale
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

#: The place of a table's cell ends with a checksum of its text, which differs between languages.
CELL = re.compile(r"\.table\.[0-9a-f]{16}$")


class Unmatched(Exception):
    """The words of two languages do not have the same shape."""


def translate(instance, translated, language, user=None):
    """Publish ``instance`` in ``language`` with the words of ``translated``, an unsaved twin."""
    locale = Locale.objects.get(language_code=language)
    source, _ = TranslationSource.update_or_create_from_instance(instance)
    translation, _ = Translation.objects.get_or_create(source=source, target_locale=locale)
    segments = extract_segments(translated)
    _translate_strings(source, locale, segments, user)
    _override(source, locale, segments)
    translation.save_target(user=user, publish=True)


def _translate_strings(source, locale, segments, user):
    wanted = defaultdict(list)
    for segment in segments:
        if isinstance(segment, StringSegmentValue):
            wanted[_place(segment.path)].append(segment.string.data)
    given = defaultdict(list)
    for segment in StringSegment.objects.filter(source=source).select_related("context", "string").order_by("order"):
        given[_place(segment.context.path)].append(segment)
    _expect_the_same_shape(source, given, wanted)
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                data=words,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                last_translated_by=user,
            )
            for place, found in given.items()
            for segment, words in zip(found, wanted[place], strict=True)
        ],
        # A word that stands twice at one place is translated once.
        ignore_conflicts=True,
    )


def _expect_the_same_shape(source, given, wanted):
    there = {place: len(found) for place, found in given.items()}
    here = {place: len(found) for place, found in wanted.items()}
    if there != here:
        differing = sorted(place for place in there.keys() | here.keys() if there.get(place) != here.get(place))
        raise Unmatched(f"{source.object_repr}: the languages differ at {', '.join(differing)}.")


def _override(source, locale, segments):
    """Put in what is not translated but differs: a document in the reader's language, a name in its script."""
    wanted = {segment.path: segment.data for segment in segments if isinstance(segment, OverridableSegmentValue)}
    for segment in OverridableSegment.objects.filter(source=source).select_related("context"):
        data = wanted.get(segment.context.path, segment.data)
        if data != segment.data:
            SegmentOverride.objects.update_or_create(
                locale=locale, context=segment.context, defaults={"data_json": json.dumps(data)}
            )


def _place(path):
    return CELL.sub(".table", path)
