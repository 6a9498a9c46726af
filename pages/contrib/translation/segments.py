"""The segments of a translation, with everything the desk knows of them, and the one way to accept words for them.

Localize keeps a translation as (string, place, language). What is not accepted by a person is kept apart, as a
``SegmentDraft``, so nothing that publishes can see it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from .models import CheckWaiver, SegmentComment, SegmentDraft
from .places import Place, place_of
from .previous import former_translations
from .wording import is_cosmetic

#: Sent after words were accepted or taken back: ``translation``, ``segments`` (as they were), ``user``.
segments_changed = Signal()


class Need(StrEnum):
    """What a segment needs from the translator."""

    NOTHING = "nothing"
    #: Somebody or something proposed words; a person has to accept them.
    ACCEPTANCE = "acceptance"
    #: Only white space or quotes of the source changed since it was translated.
    COSMETIC = "cosmetic"
    #: The source changed since it was translated.
    UPDATE = "update"
    TRANSLATION = "translation"


@dataclass(eq=False)
class Segment:
    """One string of the source in its place, and what there is in the target language."""

    row: StringSegment
    number: int
    model: type
    translated: StringTranslation | None = None
    draft: SegmentDraft | None = None
    former: StringTranslation | None = None
    open_comments: int = 0
    waivers: list[CheckWaiver] = field(default_factory=list)

    @property
    def pk(self) -> int:
        return self.row.pk

    @property
    def source(self) -> str:
        """The words to translate: text with the inline tags of Localize, links as ``<a id="a1">``."""
        return self.row.string.data

    @property
    def target(self) -> str:
        """The accepted words, empty when there are none."""
        return self.translated.data if self.translated and not self.translated.has_error else ""

    @property
    def refused(self) -> str:
        """Words that could not be put into the page; they wait to be mended."""
        return self.translated.data if self.translated and self.translated.has_error else ""

    @property
    def key(self) -> tuple[int, int]:
        """Place and string: what Localize keys a translation by. A sentence that stands twice in a text has one."""
        return self.row.context_id, self.row.string_id

    @property
    def former_source(self) -> str:
        return self.former.translation_of.data if self.former else ""

    @property
    def former_target(self) -> str:
        return self.former.data if self.former else ""

    @property
    def path(self) -> str:
        """The content path of Localize, with the ids of blocks: ``body.<uuid>.text``."""
        return self.row.context.path

    @property
    def place(self) -> Place:
        return place_of(self.model, self.row.context.field_path or self.path)

    @property
    def need(self) -> Need:
        if self.target:
            return Need.NOTHING
        if self.draft:
            return Need.ACCEPTANCE
        if self.former:
            return Need.COSMETIC if is_cosmetic(self.former_source, self.source) else Need.UPDATE
        return Need.TRANSLATION


class UnusableWords(ValueError):
    """Words that Localize could not put into the page; the message says why, in the reader's language."""


def segments_of(translation: Translation) -> list[Segment]:
    """Return the segments of a translation in the order of the page, in five queries however many there are."""
    return segments_of_many([translation])[translation.pk]


def segments_of_many(translations: Iterable[Translation]) -> dict[int, list[Segment]]:
    """Return the segments of each translation by its id, in five queries for all.

    Read the translations with ``source__specific_content_type``.
    """
    wanted = list(translations)
    rows: dict[int, list[StringSegment]] = {translation.source_id: [] for translation in wanted}
    of_sources = StringSegment.objects.filter(source__in=rows).select_related("string", "context")
    for row in of_sources.order_by("order", "pk"):
        rows[row.source_id].append(row)
    stored = _Stored(wanted)
    return {translation.pk: stored.told(translation, rows[translation.source_id]) for translation in wanted}


class _Stored:
    """All that is kept of the segments of some translations."""

    def __init__(self, translations: list[Translation]):
        of_objects = {
            "context__object__in": {translation.source.object_id for translation in translations},
            "locale__in": {translation.target_locale_id for translation in translations},
        }
        of_places = StringTranslation.objects.filter(**of_objects)
        self.by_place, self.translated = defaultdict(list), {}
        for row in of_places.select_related("translation_of", "last_translated_by"):
            self.by_place[row.locale_id, row.context_id].append(row)
            self.translated[_key(row)] = row
        drafts = SegmentDraft.objects.filter(**of_objects).select_related("made_by")
        self.drafts = {_key(row): row for row in drafts}
        comments = SegmentComment.objects.filter(**of_objects, settled_at=None)
        self.comments = Counter(comments.values_list("locale_id", "context_id", "translation_of_id"))
        self.waivers = defaultdict(list)
        for waiver in CheckWaiver.objects.filter(**of_objects):
            self.waivers[_key(waiver)].append(waiver)

    def told(self, translation: Translation, rows: list[StringSegment]) -> list[Segment]:
        """Return the segments of one translation."""
        locale = translation.target_locale_id
        model = translation.source.specific_content_type.model_class()
        places = {row.context_id for row in rows}
        former = former_translations(
            rows, [words for place in places for words in self.by_place.get((locale, place), ())]
        )
        found = [Segment(row, number, model, former=former.get(row.pk)) for number, row in enumerate(rows, 1)]
        for segment in found:
            key = (locale, *segment.key)
            segment.translated, segment.draft = self.translated.get(key), self.drafts.get(key)
            segment.open_comments, segment.waivers = self.comments[key], self.waivers.get(key, [])
        return found


def _key(row) -> tuple[int, int, int]:
    return row.locale_id, row.context_id, row.translation_of_id


def usable(source: str, words: str) -> str:
    """Return words as Localize stores them; raise ``UnusableWords`` for tags or links that the source has not."""
    try:
        value = StringValue.from_translated_html(words)
        validate_translation_links(source, value.data)
    except ValueError as error:
        raise UnusableWords(str(error)) from error
    return value.data


@transaction.atomic
def accept(
    translation: Translation,
    words: Iterable[tuple[Segment, str]],
    user: AbstractBaseUser | None,
    *,
    tool_name: str = "",
) -> None:
    """Make words the accepted translation of their segments, in a fixed number of queries; empty words take it back.

    Drafts of these segments go. Raises ``UnusableWords`` before anything is written.
    """
    pairs = list(words)
    checked = {segment.key: usable(segment.source, text) if text.strip() else "" for segment, text in pairs}
    if not checked:
        return
    now = timezone.now()
    rows = [
        StringTranslation(
            translation_of_id=string,
            context_id=context,
            locale_id=translation.target_locale_id,
            data=data,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            tool_name=tool_name,
            last_translated_by=user,
            created_at=now,
            updated_at=now,
        )
        for (context, string), data in checked.items()
        if data
    ]
    StringTranslation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=[
            *("data", "translation_type", "tool_name", "last_translated_by", "updated_at", "has_error", "field_error")
        ],
    )
    emptied = [key for key, data in checked.items() if not data]
    _remove(StringTranslation, emptied, translation)
    _remove(SegmentDraft, checked, translation)
    _name_the_draft_page(translation, [segment for segment, _text in pairs], checked)
    Translation.objects.filter(pk=translation.pk).update(translations_last_updated_at=now)
    segments_changed.send(Translation, translation=translation, segments=[pair[0] for pair in pairs], user=user)


def _remove(model, keys, translation) -> None:
    of_object = model.objects.filter(context__object=translation.source.object_id, locale=translation.target_locale_id)
    wanted = set(keys)
    if not wanted:
        return
    rows = of_object.filter(translation_of__in={string for _context, string in wanted})
    ids = [pk for pk, *key in rows.values_list("pk", "context_id", "translation_of_id") if tuple(key) in wanted]
    model.objects.filter(pk__in=ids).delete()


def _name_the_draft_page(translation, segments, checked) -> None:
    """Show the translated title in the tree of pages at once, as Localize does for a single one."""
    for segment in segments:
        if segment.path == "title":
            title = StringValue(checked[segment.key] or segment.source).render_text()
            pages = Page.objects.filter(
                translation_key=translation.source.object_id, locale=translation.target_locale_id
            )
            # One that is too long is told when the page is saved, not by the database.
            pages.update(draft_title=title[: Page._meta.get_field("draft_title").max_length])


@transaction.atomic
def propose(
    translation: Translation,
    words: Iterable[tuple[Segment, str]],
    origin: SegmentDraft.Origin,
    *,
    detail: str | Mapping[tuple[int, int], str] = "",
    likeness: int | None = None,
    user: AbstractBaseUser | None = None,
) -> None:
    """Keep words as drafts that a person has to accept; a draft that is there already is replaced.

    Accepted translations stay untouched: a draft beside one is shown as a proposal for it. ``detail`` is the same for
    all, or one for each key of a segment.
    """
    pairs = list(words)
    rows = [
        SegmentDraft(
            translation_of_id=string,
            context_id=context,
            locale_id=translation.target_locale_id,
            data=text,
            origin=origin,
            detail=(detail if isinstance(detail, str) else detail.get((context, string), ""))[:255],
            likeness=likeness,
            made_by=user,
        )
        for (context, string), text in {segment.key: text for segment, text in pairs}.items()
    ]
    SegmentDraft.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=["data", "origin", "detail", "likeness", "made_by", "made_at"],
    )
    segments_changed.send(Translation, translation=translation, segments=[pair[0] for pair in pairs], user=user)
