"""Our editor at the address where a translation is edited; Localize's own stays one click away."""

from __future__ import annotations

from itertools import groupby

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TranslatableMixin

from ..desk.views import words_of
from ..models import DeskCell
from ..segments import Need
from .rows import Row
from .words import spoken
from .work import ALL, COMMENTS, FILTERS, FINDINGS, LEFT, Work, translations

#: ``?localize=1`` asks for Localize's editor: pictures, files and links are chosen there.
LOCALIZE = "localize"


def instead_of_localize(request: HttpRequest, instance: Model) -> HttpResponse | None:
    """Return our editor where a page or snippet is the target of a translation; the caller has checked the rights."""
    if request.method not in {"GET", "HEAD"} or LOCALIZE in request.GET or not isinstance(instance, TranslatableMixin):
        return None
    if isinstance(instance, Page) and instance.alias_of_id:
        return None
    translation = (
        translations().filter(source__object_id=instance.translation_key, target_locale=instance.locale_id).first()
    )
    return show(Work(request, translation, instance)) if translation else None


def show(work: Work, *, status: int = 200) -> HttpResponse:
    """Return the editor, narrowed to what is left unless the address asks for something else."""
    wanted = chosen(work)
    rows = work.narrowed(wanted)
    opened = work.row(_number(work.request.GET.get("at")))
    context = {
        "work": work,
        "shown": wanted,
        "places": by_place(rows),
        "rows": rows,
        "opened": opened.pk if opened else None,
        "filters": _filters(work, wanted),
        **at_once(work),
        "state": _state(work),
        "preview": _preview(work),
        "words_for_script": spoken(),
        "read_only": bool(work.lock),
    }
    return TemplateResponse(work.request, "translation/editor/editor.html", context, status=status)


def at_once(work: Work) -> dict[str, int]:
    """Return how many segments need no thought, by what can be done with them in one go."""
    return {
        "untouched": sum(segment.need == Need.TRANSLATION for segment in work.segments),
        "cosmetic": sum(segment.need == Need.COSMETIC for segment in work.segments),
        "exact": sum(is_exact(segment) for segment in work.segments),
    }


def chosen(work: Work) -> str:
    """Return what the list is narrowed to: as asked for, else to what is left, or what somebody remarked on."""
    asked = work.request.POST.get("show") or work.request.GET.get("show")
    if asked in FILTERS:
        return asked
    return next((kind for kind in (LEFT, COMMENTS) if work.narrowed(kind)), ALL)


def is_exact(segment) -> bool:
    """Return whether the memory has proposed a translation of these very words."""
    draft = segment.draft
    return bool(draft and not segment.target and draft.origin == draft.Origin.MEMORY and draft.likeness == 100)


def by_place(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Return the rows under the names of their fields and blocks, in the order of the page."""
    return [(place, list(group)) for place, group in groupby(rows, key=lambda row: str(row.segment.place))]


def _filters(work: Work, wanted: str) -> list[dict]:
    names = {
        LEFT: _("What is left"),
        ALL: _("All"),
        COMMENTS: _("With comments"),
        FINDINGS: _("With findings"),
    }
    return [
        {
            "key": key,
            "name": name,
            "count": len(work.narrowed(key)),
            "query": f"?show={key}",
            "is_chosen": key == wanted,
        }
        for key, name in names.items()
    ]


def _state(work: Work) -> str:
    cell = DeskCell.objects.filter(translation=work.translation).first()
    return words_of(cell) if cell else ""


def _preview(work: Work) -> str:
    if not work.is_page or not work.instance.preview_modes:
        return ""
    return reverse("wagtail_localize:preview_translation", args=[work.translation.pk])


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 0
