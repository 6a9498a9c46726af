"""Keeps the translated words of blocks that Localize knows no words of: those of a plugin that is, or was, away.

Localize writes a translation from the source and its segments. A parked block has none, and its
translation would become the source's words. So would that of a block whose plugin has just come
back, until its source is read again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Model
from wagtail.models import RevisionMixin
from wagtail_localize import models as localize
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

from .body import UNAVAILABLE, BodyField


def connect() -> None:
    """Stand between Localize and the translation that it writes; it has no seam there."""
    localize.ingest_segments = keeping_unknown_words(localize.ingest_segments)


def keeping_unknown_words(ingest: Callable) -> Callable:
    """Wrap Localize's ``ingest_segments``."""

    @wraps(ingest)
    def ingest_segments(original: Model, translated: Model, source: Any, target: Any, segments: list) -> None:
        ingest(original, translated, source, target, segments)
        told = {segment.path for segment in segments}
        for field in _bodies(translated):
            if untold := [child for child in getattr(translated, field.name) if _is_untold(field, child, told)]:
                before = {child.id: child for child in _body_before(translated, field)}
                for child in untold:
                    if child.id in before and before[child.id].block_type == child.block_type:
                        child.value = before[child.id].value

    return ingest_segments


def _bodies(thing: Model) -> list[BodyField]:
    return [field for field in thing._meta.get_fields() if isinstance(field, BodyField)]


def _is_untold(field: BodyField, child, told: set[str]) -> bool:
    """Return whether a block says something in words that Localize was not given."""
    if child.block_type == UNAVAILABLE:
        return True
    path = f"{field.name}.{child.id}"
    if any(place == path or place.startswith(f"{path}.") for place in told):
        return False
    return bool(StreamFieldSegmentExtractor(field).handle_block(child.block, child.value))


def _body_before(translated: Model, field: BodyField):
    """Return the body of the translation as it was saved last; Localize has put the source's in its place."""
    saved = type(translated)._base_manager.filter(pk=translated.pk).first()
    if isinstance(saved, RevisionMixin) and saved.latest_revision:
        saved = saved.get_latest_revision_as_object()
    return getattr(saved, field.name) if saved else []
