"""What is accepted is remembered in the same transaction, and a corrected slip is forgotten."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models.signals import post_save, pre_save
from django.utils import timezone
from wagtail_localize.models import String, StringTranslation, TranslationSource

from ..models import MemoryEntry
from ..segments import segments_changed
from .fingerprints import shape_hash, stems_of, wording_hash

AT_ONCE = 500
LONGEST_ORIGIN = MemoryEntry._meta.get_field("origin").max_length


@dataclass(frozen=True)
class NewEntry:
    """A segment and its translation, both as HTML of Localize; ``origin`` is the title of a page or the name of a file."""

    source: str
    target: str
    source_language: str
    target_language: str
    origin: str = ""
    person: AbstractBaseUser | int | None = None
    made_at: datetime.datetime | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.source_language, self.target_language, wording_hash(self.source), wording_hash(self.target)


@transaction.atomic
def remember(entries: Iterable[NewEntry], *, is_imported: bool = False) -> int:
    """Keep entries, each pair of wordings once; return how many were given that say something.

    What was accepted here is told by its latest page. What a file brings changes nothing that is known already.
    """
    rows = {entry.key: entry for entry in entries if entry.source.strip() and entry.target.strip()}
    on_conflict = {"ignore_conflicts": True} if is_imported else {
        "update_conflicts": True,
        "unique_fields": ["source_language", "target_language", "source_hash", "target_hash"],
        "update_fields": ["source", "target", "origin", "is_imported", "person", "made_at"],
    }  # fmt: skip
    MemoryEntry.objects.bulk_create(
        [_row(key, entry, is_imported) for key, entry in rows.items()], batch_size=AT_ONCE, **on_conflict
    )
    return len(rows)


def _row(key, entry: NewEntry, is_imported: bool) -> MemoryEntry:
    source_language, target_language, source_hash, target_hash = key
    return MemoryEntry(
        source_language=source_language,
        target_language=target_language,
        source=entry.source,
        target=entry.target,
        source_hash=source_hash,
        target_hash=target_hash,
        shape_hash=shape_hash(entry.source, source_language),
        stems=" ".join(stems_of(entry.source, source_language)),
        origin=entry.origin[:LONGEST_ORIGIN],
        is_imported=is_imported,
        person_id=getattr(entry.person, "pk", entry.person),
        made_at=entry.made_at or timezone.now(),
    )


def forget_replaced(replaced: Iterable[NewEntry]) -> None:
    """Forget translations that somebody corrected, unless another page still says so or a file brought them.

    All are of one pair of languages.
    """
    gone = {entry.key: entry for entry in replaced}
    if not gone:
        return
    source_language, target_language = next(iter(gone))[:2]
    strings = [String._get_data_hash(entry.source) for entry in gone.values()]
    held = StringTranslation.objects.filter(
        locale__language_code=target_language,
        translation_of__locale__language_code=source_language,
        translation_of__data_hash__in=strings,
        has_error=False,
    ).values_list("translation_of__data", "data")
    for source, target in held:
        gone.pop(NewEntry(source, target, source_language, target_language).key, None)
    found = MemoryEntry.objects.filter(
        source_language=source_language,
        target_language=target_language,
        source_hash__in=[key[2] for key in gone],
        is_imported=False,
    ).values_list("pk", "source_hash", "target_hash")
    ids = [pk for pk, *hashes in found if (source_language, target_language, *hashes) in gone]
    if ids:
        MemoryEntry.objects.filter(pk__in=ids).delete()


# --- as it happens --------------------------------------------------------------------------


def _segments_changed(sender, translation, segments, user, **kwargs) -> None:
    before = {segment.key: segment for segment in segments}
    rows = StringTranslation.objects.filter(
        context__object=translation.source.object_id,
        locale=translation.target_locale_id,
        translation_of__in={segment.row.string_id for segment in segments},
        has_error=False,
    )
    now = {(row.context_id, row.translation_of_id): row for row in rows.only("context_id", "translation_of_id", "data")}
    languages = translation.source.locale.language_code, translation.target_locale.language_code
    accepted, replaced = [], []
    for key, segment in before.items():
        words = now[key].data if key in now else ""
        if words == segment.target:
            continue
        if words:
            accepted.append(NewEntry(segment.source, words, *languages, translation.source.object_repr, user))
        if segment.target:
            replaced.append(NewEntry(segment.source, segment.target, *languages))
    if accepted:
        remember(accepted)
    forget_replaced(replaced)


def _about_to_be_saved(sender, instance, raw=False, **kwargs) -> None:
    if instance.pk and not raw:
        instance.words_before = sender.objects.filter(pk=instance.pk).values_list("data", flat=True).first()


def _saved(sender, instance, raw=False, **kwargs) -> None:
    """Remember what Localize's own ways store; words of a machine wait until a person takes them."""
    words_before = getattr(instance, "words_before", None)
    is_by_machine = instance.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
    if raw or instance.has_error or is_by_machine or not instance.context_id or instance.data == words_before:
        return
    source = instance.translation_of
    languages = source.locale.language_code, instance.locale.language_code
    title = TranslationSource.objects.filter(object=instance.context.object_id, locale=source.locale_id)
    origin = title.values_list("object_repr", flat=True).first() or ""
    remember([NewEntry(source.data, instance.data, *languages, origin, instance.last_translated_by_id)])
    if words_before:
        forget_replaced([NewEntry(source.data, words_before, *languages)])


def listen() -> None:
    """Connect what accepts words with the memory."""
    segments_changed.connect(_segments_changed, dispatch_uid="translation.memory_of_segments")
    pre_save.connect(_about_to_be_saved, sender=StringTranslation, dispatch_uid="translation.memory_before")
    post_save.connect(_saved, sender=StringTranslation, dispatch_uid="translation.memory_of_words")
