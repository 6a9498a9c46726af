"""Hand a translation in for review, publish it where no review is asked for, or save its draft."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError

from pages.endpoints import editor_of

from ..editor.publishing import DRAFT, SUBMIT, Unfit, bring, what_keeps_from_review
from ..editor.work import Work
from ..gate import ReviewRequired
from ..recount import recount
from .people import in_english
from .routing import router
from .schemas import Finish, TranslationDetail
from .states import TranslationNumber, detail


@router.post(
    "{int:translation_id}/finish/",
    response=TranslationDetail,
    summary="Finish a translation",
    operation_id="finish_translation",
)
def finish(request: HttpRequest, translation_id: TranslationNumber, wish: Finish) -> Any:
    """Hand a translation in, publish it or save its draft, as far as the user of the token may.

    Publishing begins after the answer. In a language that asks for review nothing goes live this way.
    """
    editor_of(request)
    with in_english():
        work = Work.on(request, translation_id)
        if work.lock:
            raise HttpError(409, work.lock)
        if wish.way not in work.ways:
            raise HttpError(403, f"With this token the translation can be finished by: {', '.join(work.ways)}.")
        left = work.progress["left"]
        if wish.way != DRAFT and left and not wish.incomplete:
            raise HttpError(409, f"Segments that are not accepted: {left}. Send `incomplete` to finish all the same.")
        _bring(work, wish.way)
        recount([work.translation.source.object_id])
        return detail(request, translation_id)


def _bring(work: Work, way: str) -> None:
    try:
        if way == SUBMIT and not work.has_workflow:
            if said := what_keeps_from_review(work):
                raise HttpError(409, said)
            return
        bring(work, way)
    except Unfit as error:
        raise HttpError(422, str(error)) from error
    except ReviewRequired as error:
        raise HttpError(403, str(error)) from error
