"""A Word file over the API: told first what would become of it, then, if asked, made a draft."""

from __future__ import annotations

import datetime
from pathlib import PurePath
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import translation
from ninja import Field, File, Form, Router, Schema, Status, UploadedFile
from ninja.errors import HttpError
from wagtail.models import Page

from pages.endpoints import Number, Told, editor_of
from pages.interchange import drafts
from pages.interchange.bodies import LEAD_LENGTH, TITLE_LENGTH
from pages.interchange.package import MAX_FILE_BYTES, Refused
from pages.interchange.refusals import refusal

from .forms import ChoicesForm, first_values
from .told import Reading, reading
from .views import may_create_below

router = Router()

TYPES = {"news": "newspage", "workshop": "workshoppage", "section": "sectionpage"}
#: A form is a little larger than the file in it.
MAX_FORM_BYTES = MAX_FILE_BYTES + 64 * 1024


class Wanted(Schema):
    """Where the draft goes, and the decisions that the preview in the admin asks for."""

    parent: Number = Field(description="The number of the page below which the draft goes.")
    type: Literal["news", "workshop", "section"] = Field("news", description="What it becomes.")
    create: bool = Field(False, description="Make the draft; otherwise only the report is told and nothing is kept.")
    title: str | None = Field(None, min_length=1, max_length=TITLE_LENGTH, description="In place of the file's own.")
    lead: str | None = Field(None, max_length=LEAD_LENGTH, description="In place of the file's own.")
    starts_on: datetime.date | None = Field(None, description="The first day of a workshop; it needs one.")
    changes: Literal["accepted", "rejected"] = Field("accepted", description="How tracked changes count.")
    first_row_heads: bool = Field(
        True, description="Take the first row of a table that only looks like headings as headings."
    )
    headings: list[int] = Field(
        [], max_length=1000, description="Bold lines to make headings of, by their places in `bold_lines`."
    )


class ImportLine(Told):
    """One kind of what is told: how often it occurs, and where the first are."""

    label: str
    count: int
    places: list[str]


class MarginComment(Told):
    """What stands at the margin; never published."""

    author: str
    text: str
    about: str


class ImportedDraft(Told):
    """The page that was made."""

    id: int
    edit_url: str


class ImportReport(Told):
    """What becomes of a Word file."""

    title: str
    lead: str
    blocks: int
    to_do: list[ImportLine] = Field(description="What is to be done before it is published.")
    changed: list[ImportLine] = Field(description="What looks different on the page.")
    left_out: list[ImportLine]
    comments: list[MarginComment]
    bold_lines: list[str] = Field(description="Lines that are only bold and may be headings.")
    has_tracked_changes: bool
    page: ImportedDraft | None = Field(description="The draft; empty unless `create` was sent.")


@router.post(
    "",
    response={200: ImportReport, 201: ImportReport},
    summary="Make a page of a Word file",
    operation_id="import_word_file",
    openapi_extra={"x-max-bytes": MAX_FORM_BYTES},
)
def import_file(
    request: HttpRequest,
    wanted: Form[Wanted],
    file: Annotated[UploadedFile, File(description="A document saved as .docx.")],
) -> Any:
    """Tell what would become of a .docx; with `create=true` make the draft (201). Nothing is published.

    The user of the token needs the right to add pages below `parent`. A file that is refused is answered
    with 422 and the reason.
    """
    parent, page_type = _place(request, wanted)
    with translation.override("en"):
        try:
            found = reading(file.read(), parent.locale.language_code, changes=wanted.changes)
        except Refused as error:
            raise HttpError(422, refusal(error)) from error
        form = _form(wanted, found, page_type, file.name or "")
        if not form.is_valid():
            raise HttpError(
                422, " ".join(f"{name}: {said}" for name, all_said in form.errors.items() for said in all_said)
            )
        found = found.with_choices(form.choices(), parent.locale.language_code)
        if not wanted.create:
            return _report(found, form, None)
        page = drafts.create(
            found.read, found.body, parent=parent, page_type=page_type, user=request.user, fields=form.page_fields()
        )
        edit_url = request.build_absolute_uri(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        # What the library refused is told now, and is in none of the blocks.
        report = _report(found, form, {"id": page.pk, "edit_url": edit_url}) | {"blocks": len(page.body)}
        return Status(201, report)


def _place(request: HttpRequest, wanted: Wanted) -> tuple[Page, type[Page]]:
    user = editor_of(request)
    parent = Page.objects.filter(pk=wanted.parent).select_related("locale").first()
    if parent is None:
        raise Http404("No page has this number.")
    parent = parent.specific
    if not may_create_below(parent, user):
        raise PermissionDenied
    allowed = {model._meta.model_name: model for model in drafts.page_types_below(parent)}
    if TYPES[wanted.type] not in allowed:
        raise HttpError(422, f"A page of the type {wanted.type} cannot stand there.")
    return parent, allowed[TYPES[wanted.type]]


def _form(wanted: Wanted, found: Reading, page_type: type[Page], name: str) -> ChoicesForm:
    told = found.told()
    usual = first_values(told, PurePath(name).name)
    data = {
        **usual,
        "title": wanted.title or usual["title"],
        "lead": usual["lead"] if wanted.lead is None else wanted.lead,
        "starts_on": wanted.starts_on,
        "changes": wanted.changes,
        "first_row_heads": wanted.first_row_heads,
        "headings": [str(number) for number in wanted.headings],
    }
    return ChoicesForm(told, page_type, data)


def _report(found: Reading, form: ChoicesForm, page: dict[str, Any] | None) -> dict[str, Any]:
    told = found.told()
    lines = {name: told.report.get(name, []) for name in ("to_do", "changed", "left_out")}
    return {
        "title": form.cleaned_data["title"],
        "lead": form.cleaned_data["lead"],
        "blocks": len(found.body.blocks),
        **lines,
        "comments": told.comments,
        "bold_lines": told.suggestions,
        "has_tracked_changes": told.has_changes,
        "page": page,
    }
