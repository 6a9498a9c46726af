"""Remarks on single segments, from reviewers to translators and back."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail_localize.models import Translation

from .listening import count_again
from .models import SegmentComment
from .segments import Segment


def comment(translation: Translation, remarks: Iterable[tuple[Segment, str]], user) -> int:
    """Keep remarks on segments; empty ones are left out. Return how many there were."""
    rows = [
        SegmentComment(
            translation_of_id=segment.row.string_id,
            context_id=segment.row.context_id,
            locale_id=translation.target_locale_id,
            text=text.strip(),
            author=user,
        )
        for segment, text in remarks
        if text.strip()
    ]
    SegmentComment.objects.bulk_create(rows)
    if rows:
        count_again([translation.source.object_id])
    return len(rows)
