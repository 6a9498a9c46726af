"""Segments of a translation as data, out and in."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query

from pages.endpoints import editor_of

from ..exchange.choosing import named
from ..exchange.package import Returned, ReturnedFile, State, UnitId, package_of
from ..exchange.verdicts import Line, take_over
from .people import in_english, in_language_of
from .routing import router
from .schemas import ReturnedSegments, SegmentVerdicts, TranslationSegments
from .states import TranslationNumber

#: What stands in the editor as the origin of words that came this way.
TOOL = "API"

OnlyOpen = Annotated[bool, Query(description="Leave out what has accepted words.")]


@router.get(
    "{int:translation_id}/segments/",
    response={200: TranslationSegments, 403: None},
    summary="Segments of a translation",
    operation_id="list_translation_segments",
)
def segments(request: HttpRequest, translation_id: TranslationNumber, only_open: OnlyOpen = False) -> Any:
    """Return what is to be translated, and what is there. Needs the right to edit what the translation leads to."""
    user = editor_of(request)
    (translation,) = named([translation_id], user).translations
    with in_language_of(user):
        package = package_of([translation], only_open=only_open)
        return {
            "translation": translation.pk,
            "title": translation.source.object_repr,
            "source_language": package.source_language,
            "target_language": package.target_language,
            "items": [
                {
                    "id": str(unit.id),
                    "source": unit.source,
                    "target": unit.target,
                    "state": unit.state,
                    "version": unit.mark,
                    "context": unit.path,
                    "notes": unit.notes,
                    "max_length": unit.max_length,
                    "former_source": unit.former_source,
                    "former_target": unit.former_target,
                }
                for unit in package.units
            ],
        }


@router.post(
    "{int:translation_id}/segments/",
    response=SegmentVerdicts,
    summary="Send back segments of a translation",
    operation_id="return_translation_segments",
    openapi_extra={"x-max-bytes": 2 * 1024 * 1024},
)
def returned(request: HttpRequest, translation_id: TranslationNumber, words: ReturnedSegments) -> Any:
    """Take over words for segments; nothing is published by it. Each segment is answered with what became of it."""
    user = editor_of(request)
    named([translation_id], user)
    units = [Returned(UnitId.read(one.id), one.target, State(one.state), mark=one.version) for one in words.segments]
    with in_english():
        return verdicts(take_over(ReturnedFile(units), TOOL, user, only=[translation_id]))


def verdicts(lines: list[Line]) -> dict[str, Any]:
    """Return what became of segments as data."""
    return {
        "counts": dict(Counter(str(line.verdict) for line in lines)),
        "items": [
            {
                "id": line.unit or None,
                "verdict": line.verdict,
                "title": line.title,
                "place": line.place,
                "source": line.source,
                "words": line.words,
                "kept": line.kept,
                "reason": line.reason,
            }
            for line in lines
        ],
    }
