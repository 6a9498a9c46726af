"""Keep the rows of the desk true: count again what stands where, for any number of objects in a few queries."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin, WorkflowMixin, WorkflowState
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from pages.models.patterns import is_pattern

from .models import (
    DeskCell,
    DeskSource,
    LanguageSettings,
    SegmentComment,
    SegmentDraft,
    State,
    TranslationRequest,
)
from .wording import count_words

AT_ONCE = 200

#: What matters first: readers are told something that is no longer so.
_URGENCY = {
    State.OUTDATED: 1,
    State.REQUESTED: 2,
    State.IN_REVIEW: 3,
    State.IN_TRANSLATION: 4,
    State.TRANSLATED: 4,
    State.MISSING: 5,
    State.PUBLISHED: 8,
    State.INDEPENDENT: 9,
}
_OF_A_DRAFT = 7


@dataclass
class _Instance:
    """A page or snippet in one language."""

    pk: Any
    key: uuid.UUID
    locale_id: int
    title: str
    is_live: bool
    published_at: datetime.datetime | None
    model: type[models.Model]
    is_page: bool
    live_revision_id: int | None


@dataclass
class _Facts:
    """What the tables of Localize and ours say of some objects."""

    translations: dict[tuple, Translation] = field(default_factory=dict)
    segments: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    words: dict[int, int] = field(default_factory=dict)
    accepted: set[tuple] = field(default_factory=set)
    proposed: set[tuple] = field(default_factory=set)
    written_at: dict[tuple, datetime.datetime] = field(default_factory=dict)
    in_review: set[str] = field(default_factory=set)
    #: Languages that ask for review, and segments that somebody has something to say about.
    reviewed: set[int] = field(default_factory=set)
    commented: set[tuple] = field(default_factory=set)


def translatable_snippets() -> list[type[models.Model]]:
    """Return the kinds of snippets that are kept in several languages."""
    return [model for model in get_snippet_models() if issubclass(model, TranslatableMixin)]


def recount(keys: Iterable[uuid.UUID]) -> None:
    """Count the objects with these translation keys again; those that are gone leave the desk."""
    keys = list(dict.fromkeys(keys))
    locales = list(Locale.objects.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        _recount(keys[start : start + AT_ONCE], locales)


def recount_everything() -> int:
    """Make the whole desk anew; return the number of sources."""
    keys = set(_pages().values_list("translation_key", flat=True))
    for model in translatable_snippets():
        keys.update(model._default_manager.values_list("translation_key", flat=True))
    gone = set(DeskSource.objects.values_list("object_key", flat=True)) - keys
    recount([*sorted(keys), *gone])
    return DeskSource.objects.count()


def _pages() -> models.QuerySet[Page]:
    return Page.objects.filter(depth__gt=1, alias_of=None).exclude(is_pattern())


@transaction.atomic
def _recount(keys: Collection[uuid.UUID], locales: list[int]) -> None:
    instances = defaultdict(dict)
    for instance in _instances(keys):
        instances[instance.key][instance.locale_id] = instance
    facts = _facts(keys, instances)
    sources = {}
    for key, by_locale in instances.items():
        sources[key] = _source_row(_first_written(key, by_locale, facts), facts)
    # A page may have been given another key, for example to stand beside its translation: its old row would be in the way.
    pages = [row.page_id for row in sources.values()]
    moved = models.Q(page__in=pages) & ~models.Q(object_key__in=sources)
    DeskSource.objects.filter(models.Q(object_key__in=set(keys) - set(sources)) | moved).delete()
    columns = ["content_type", "page", "object_id", "locale", "title", "is_live", "published_at", "words"]
    DeskSource.objects.bulk_create(
        sources.values(), update_conflicts=True, unique_fields=["object_key"], update_fields=columns
    )
    stored = {row.object_key: row for row in DeskSource.objects.filter(object_key__in=sources)}
    cells = [
        _cell(row, locale, instances[key].get(locale), facts)
        for key, row in stored.items()
        for locale in locales
        if locale != row.locale_id
    ]
    answered = _take_answered(cells)
    # The language that something was written in may have changed hands.
    DeskCell.objects.filter(source__in=stored.values(), locale=models.F("source__locale")).delete()
    kept = ("translation", "request", "state", "target_id", "is_live", "segments", "done", "proposed", "words_left")
    DeskCell.objects.bulk_create(
        cells,
        update_conflicts=True,
        unique_fields=["source", "locale"],
        update_fields=[*kept, "outdated_since", "urgency"],
    )
    if answered:
        TranslationRequest.objects.filter(pk__in=answered).update(closed_at=timezone.now())


def _take_answered(cells: list[DeskCell]) -> list[int]:
    """Return the requests whose translation is published, and take them off their cells."""
    published = [cell for cell in cells if cell.request_id and cell.state == State.PUBLISHED]
    answered = [cell.request_id for cell in published]
    for cell in published:
        cell.request_id = None
    return answered


def _instances(keys) -> Iterator[_Instance]:
    found = set()
    for page in _pages().filter(translation_key__in=keys):
        found.add(page.translation_key)
        model = page.specific_class or Page
        yield _Instance(
            page.pk,
            page.translation_key,
            page.locale_id,
            page.draft_title,
            page.live,
            page.last_published_at,
            model,
            True,
            page.live_revision_id,
        )
    if left := set(keys) - found:
        for model in translatable_snippets():
            for row in model._default_manager.filter(translation_key__in=left):
                live = row.live if isinstance(row, DraftStateMixin) else True
                published = row.last_published_at if isinstance(row, DraftStateMixin) else None
                revision = row.live_revision_id if isinstance(row, DraftStateMixin) else None
                yield _Instance(
                    row.pk, row.translation_key, row.locale_id, str(row), live, published, model, False, revision
                )


def _facts(keys, instances) -> _Facts:
    facts = _Facts()
    asked = TranslationRequest.objects.filter(closed_at=None, translation=models.OuterRef("pk"))
    translations = Translation.objects.filter(source__object_id__in=keys, enabled=True).select_related("source")
    for translation in translations.annotate(open_request=models.Subquery(asked.values("pk"))):
        facts.translations[translation.source.object_id, translation.target_locale_id] = translation
    sources = {translation.source_id for translation in facts.translations.values()}
    segments, words = defaultdict(list), defaultdict(int)
    rows = StringSegment.objects.filter(source__in=sources)
    for source, context, string, data in rows.values_list("source_id", "context_id", "string_id", "string__data"):
        segments[source].append((context, string))
        facts.words[string] = words[string] = count_words(data)
    facts.segments = dict(segments)
    key = ("locale_id", "context_id", "translation_of_id")
    of_objects = {"context__object__in": keys}
    facts.accepted = set(StringTranslation.objects.filter(**of_objects, has_error=False).values_list(*key))
    # What somebody began to write and has not accepted is no proposal to anybody.
    proposals = SegmentDraft.objects.filter(**of_objects).exclude(origin=SegmentDraft.Origin.PERSON)
    facts.proposed = set(proposals.values_list(*key))
    facts.written_at = _written_at(facts, instances)
    facts.reviewed = set(LanguageSettings.objects.filter(requires_review=True).values_list("locale", flat=True))
    facts.commented = set(SegmentComment.objects.filter(**of_objects, settled_at=None).values_list(*key))
    pages = {str(one.pk) for by_locale in instances.values() for one in by_locale.values() if one.is_page}
    facts.in_review = set(
        WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS,
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id__in=pages,
        ).values_list("object_id", flat=True)
    )
    return facts


def _written_at(facts: _Facts, instances) -> dict[tuple, datetime.datetime]:
    """Return when what readers see was put together; drafts that are not live yet do not count."""
    keys = {translation.source_id: key for (key, _locale), translation in facts.translations.items()}
    logs = TranslationLog.objects.filter(source__in=keys).order_by("created_at", "pk")
    written_at = {}
    for source, locale, revision, at in logs.values_list("source_id", "locale_id", "revision_id", "created_at"):
        target = instances[keys[source]].get(locale)
        if not (revision and target and target.live_revision_id) or revision <= target.live_revision_id:
            written_at[source, locale] = at
    return written_at


def _first_written(key, by_locale: dict[int, _Instance], facts: _Facts) -> _Instance:
    """Return what the others are translated from; without a translation, what was there first."""
    targets = {locale for (object_key, locale) in facts.translations if object_key == key}
    originals = [one for locale, one in by_locale.items() if locale not in targets] or list(by_locale.values())
    named = {t.source.locale_id for (object_key, _locale), t in facts.translations.items() if object_key == key}
    return min(originals, key=lambda one: (one.locale_id not in named, one.pk))


def _source_row(instance: _Instance, facts: _Facts) -> DeskSource:
    return DeskSource(
        object_key=instance.key,
        content_type=ContentType.objects.get_for_model(instance.model),
        page_id=instance.pk if instance.is_page else None,
        object_id=str(instance.pk),
        locale_id=instance.locale_id,
        title=instance.title[:255],
        is_live=instance.is_live,
        published_at=instance.published_at,
        words=_words_of(instance, facts),
    )


def _words_of(instance: _Instance, facts: _Facts) -> int:
    for (key, _locale), translation in facts.translations.items():
        if key == instance.key:
            return sum(facts.words[string] for _context, string in facts.segments.get(translation.source_id, ()))
    # Nobody has sent it for translation yet, so Localize has no segments of it.
    row = instance.model._default_manager.get(pk=instance.pk)
    return sum(count_words(value.string.data) for value in extract_segments(row) if type(value) is StringSegmentValue)


def _cell(source: DeskSource, locale: int, target: _Instance | None, facts: _Facts) -> DeskCell:
    translation = facts.translations.get((source.object_key, locale))
    cell = DeskCell(source=source, locale_id=locale, translation=translation)
    cell.target_id = str(target.pk) if target else ""
    cell.is_live = bool(target and target.is_live)
    if translation:
        cell.request_id = translation.open_request
        segments = facts.segments.get(translation.source_id, [])
        left = [segment for segment in segments if (locale, *segment) not in facts.accepted]
        cell.segments, cell.done = len(segments), len(segments) - len(left)
        cell.proposed = sum((locale, *segment) in facts.proposed for segment in left)
        cell.words_left = sum(facts.words[string] for _context, string in left)
    elif not target:
        cell.words_left = source.words
    cell.state = _state(cell, target, translation, facts)
    if cell.is_live and translation and _has_changed(cell, translation, facts):
        cell.outdated_since = source.published_at or translation.source.last_updated_at
    cell.urgency = _URGENCY[cell.state]
    if cell.request_id and cell.state not in {State.PUBLISHED, State.INDEPENDENT}:
        # What somebody asks for comes before what nobody has asked for.
        cell.urgency = min(cell.urgency, _URGENCY[State.REQUESTED])
    if not source.is_live and cell.urgency < _OF_A_DRAFT:
        cell.urgency = _OF_A_DRAFT
    return cell


def _state(cell: DeskCell, target: _Instance | None, translation: Translation | None, facts: _Facts) -> State:
    if target is None:
        return State.MISSING
    if translation is None:
        return State.INDEPENDENT
    if target.is_page and str(target.pk) in facts.in_review:
        return State.IN_REVIEW
    if state := _state_without_a_draft(cell, target, translation, facts):
        return state
    is_behind = cell.done < cell.segments or _has_changed(cell, translation, facts)
    if target.is_live:
        return State.OUTDATED if is_behind else State.PUBLISHED
    if cell.request_id and not cell.done:
        return State.REQUESTED
    return State.IN_TRANSLATION if cell.done < cell.segments else State.TRANSLATED


def _state_without_a_draft(cell, target: _Instance, translation: Translation, facts: _Facts) -> State | None:
    """Return how far a text is that cannot be handed in as a draft, once every segment is accepted.

    It then waits for its reviewers; a comment that nobody has settled gives it back to the translator.
    """
    if cell.locale_id not in facts.reviewed or cell.done < cell.segments or issubclass(target.model, WorkflowMixin):
        return None
    written_at = facts.written_at.get((translation.source_id, cell.locale_id))
    changed_at = translation.translations_last_updated_at
    is_commented = any(
        (cell.locale_id, *segment) in facts.commented for segment in facts.segments.get(translation.source_id, [])
    )
    if not changed_at or (written_at and changed_at <= written_at):
        return None
    return State.TRANSLATED if is_commented else State.IN_REVIEW


def _has_changed(cell: DeskCell, translation: Translation, facts: _Facts) -> bool:
    """Return whether the source says something else than when what readers see was put together."""
    written_at = facts.written_at.get((translation.source_id, cell.locale_id))
    return bool(written_at and translation.source.last_updated_at > written_at)
