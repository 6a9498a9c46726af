"""How far translations are: by language, state and page, the most urgent first."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F, IntegerField, QuerySet
from django.http import Http404, HttpRequest
from ninja import Field, Path, Query
from wagtail.models import Page

from pages.endpoints import Language, Number, Order, Paging, editor_of, list_of, read

from ..desk.filters import STATES_TO_DO, TO_DO
from ..editor.work import Work
from ..models import DeskCell, State
from .people import in_english, told
from .routing import router
from .schemas import TranslationDetail, TranslationProgress

TranslationNumber = Annotated[Number, Path(description="The number of the translation, the `id` in its state.")]


class Narrowed(Paging):
    """Which states are asked for."""

    language: Language | None = Field(None, description="The language into which it is translated.")
    state: Literal[(TO_DO, *State.values)] | None = Field(  # type: ignore[valid-type]
        None, description="“to_do”: all in which a translator has something to do."
    )
    page: Number | None = Field(None, description="The number of a page, in any of its languages.")
    translation_key: UUID | None = Field(None, description="What all translations of a page or snippet share.")


def joined(found: QuerySet[DeskCell]) -> QuerySet[DeskCell]:
    """Read all that is told of a state along with it."""
    return found.select_related("source__content_type", "source__locale", "locale", "request__person", "request__team")


@router.get(
    "",
    response={200: list_of(TranslationProgress), 403: None},
    summary="How far translations are",
    operation_id="list_translations",
)
def list_states(request: HttpRequest, narrowed: Query[Narrowed]) -> Any:
    """List pages and snippets in each language, the most urgent first. Needs a token of somebody with an admin account."""
    editor_of(request)
    return read(_narrowed(narrowed), Order(F("urgency"), False, IntegerField()), narrowed, joined).told(state_told)


def _narrowed(narrowed: Narrowed) -> QuerySet[DeskCell]:
    found = DeskCell.objects.all()
    if narrowed.language:
        found = found.filter(locale__language_code=narrowed.language)
    if narrowed.state:
        found = found.filter(state__in=STATES_TO_DO if narrowed.state == TO_DO else [narrowed.state])
    if narrowed.page:
        keys = Page.objects.filter(pk=narrowed.page).values("translation_key")
        found = found.filter(source__object_key__in=keys)
    if narrowed.translation_key:
        found = found.filter(source__object_key=narrowed.translation_key)
    return found


@router.get(
    "{int:translation_id}/",
    response={200: TranslationDetail, 403: None},
    summary="How far a translation is",
    operation_id="get_translation",
)
def one_state(request: HttpRequest, translation_id: TranslationNumber) -> Any:
    """Return the state of one translation, and what the user of the token may do with it."""
    editor_of(request)
    with in_english():
        return detail(request, translation_id)


def detail(request: HttpRequest, translation_id: int) -> dict[str, Any]:
    """Return a state with what the user may do."""
    cell = joined(DeskCell.objects.filter(translation=translation_id, translation__enabled=True)).first()
    if cell is None:
        raise Http404("There is no translation with this number.")
    try:
        work = Work.on(request, translation_id)
    except (Http404, PermissionDenied):
        return state_told(cell) | {"ways": [], "locked": ""}
    return state_told(cell) | {"ways": work.ways, "locked": work.lock}


def state_told(cell: DeskCell) -> dict[str, Any]:
    source = cell.source
    return {
        "id": cell.translation_id,
        "language": cell.locale.language_code,
        "state": cell.state,
        "source": {
            "type": _type(source.content_type),
            "id": source.object_id or str(source.page_id),
            "translation_key": source.object_key,
            "language": source.locale.language_code,
            "title": source.title,
            "words": source.words,
            "is_live": source.is_live,
        },
        "target_id": cell.target_id or None,
        "is_live": cell.is_live,
        "segments": cell.segments,
        "segments_done": cell.done,
        "segments_proposed": cell.proposed,
        "words_left": cell.words_left,
        "outdated_since": cell.outdated_since,
        "request": told(cell.request),
    }


def _type(content_type: Any) -> str:
    model = content_type.model_class()
    return model._meta.label if model else f"{content_type.app_label}.{content_type.model}"
