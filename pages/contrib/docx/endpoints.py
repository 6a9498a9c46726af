"""A Word file over the API: told first what would become of it, then, if asked, made a draft."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from ninja import Field, File, Form, Router, Schema, Status, UploadedFile
from ninja.errors import HttpError
from wagtail.models import Page

from pages.endpoints import Number, Told, editor_of
from pages.interchange import drafts
from pages.interchange.bodies import LEAD_LENGTH, TITLE_LENGTH
from pages.interchange.package import MAX_FILE_BYTES, Package, Refused
from pages.interchange.refusals import refusal

from .importing import NotAsWanted, imported, report
from .lengths import is_long
from .models import FinishedImport, WaitingFile, Work
from .steps import step_words
from .views import may_create_below
from .works import begin_with

router = Router()

TYPES = {"news": "newspage", "workshop": "workshoppage", "section": "sectionpage"}
#: A form is a little larger than the file in it.
MAX_FORM_BYTES = MAX_FILE_BYTES + 64 * 1024
LOCATION = {
    "description": "The complete address of the state of the work: see `read_import`.",
    "required": True,
    "schema": {"type": "string", "format": "uri"},
}


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


class ImportState(Told):
    """How far the work on a long file is."""

    id: UUID
    state: Literal["waiting", "working", "interrupted", "refused", "done"] = Field(
        description="`interrupted`: the program that worked on it has gone silent, and nothing is half done. "
        "Take it back and send the file again."
    )
    step: str = Field(description="What is being done, in words; empty unless it is `working`.")
    percent: int | None = Field(ge=0, le=100, description="How much of the step is done, where that can be counted.")
    reason: str = Field(description="Why it was refused.")
    report: ImportReport | None = Field(description="What became of the file, once it is done.")


@router.post(
    "",
    response={200: ImportReport, 201: ImportReport, 202: ImportState},
    summary="Make a page of a Word file",
    operation_id="import_word_file",
    openapi_extra={"x-max-bytes": MAX_FORM_BYTES, "responses": {202: {"headers": {"Location": LOCATION}}}},
)
def import_file(
    request: HttpRequest,
    response: HttpResponse,
    wanted: Form[Wanted],
    file: Annotated[UploadedFile, File(description="A document saved as .docx.")],
) -> Any:
    """Tell what would become of a .docx; with `create=true` make the draft (201). Nothing is published.

    The user of the token needs the right to add pages below `parent`. A file that is refused is answered
    with 422 and the reason. A long file is worked on after the answer (202): its state is at the address in `Location`.
    """
    parent, page_type = _place(request, wanted)
    content, name = file.read(), file.name or ""
    with translation.override("en"):
        try:
            if is_long(content):
                Package(content)
                state = _state(request, _begun(request, wanted, parent, page_type, content, name))
                response["Location"] = request.build_absolute_uri(f"{request.path}{state['id']}/")
                return Status(202, state)
            found, form = imported(content, name, wanted.dict(), parent, page_type)
        except Refused as error:
            raise HttpError(422, refusal(error)) from error
        except NotAsWanted as error:
            raise HttpError(422, str(error)) from error
        if not wanted.create:
            return report(found, form) | {"page": None}
        page = drafts.create(
            found.read, found.body, parent=parent, page_type=page_type, user=request.user, fields=form.page_fields()
        )
        return Status(201, report(found, form, page) | {"page": _told(request, page.pk)})


@router.get(
    "{import_id}/",
    response={200: ImportState, 403: None},
    summary="How far a long Word file is",
    operation_id="read_import",
)
def import_state(request: HttpRequest, import_id: UUID) -> Any:
    """Tell how far the work on a long file is, and in the end what became of it.

    Only who has sent the file sees it, and for a day. With `create` the draft is made in the end, and `report` tells its number.
    """
    user = editor_of(request)
    finished = FinishedImport.objects.filter(pk=import_id, made_by=user).first()
    if finished is not None:
        return _as_state(import_id, "done", finished.report | {"page": _told(request, finished.page_id)})
    return _state(request, _mine(import_id, user))


@router.delete(
    "{import_id}/",
    response={204: None},
    summary="Take a long Word file back",
    operation_id="cancel_import",
)
def cancel_import(request: HttpRequest, import_id: UUID) -> Any:
    """Cancel the work on a file and forget the file. Where the draft is made already, it stays (409)."""
    user = editor_of(request)
    if FinishedImport.objects.filter(pk=import_id, made_by=user).exists():
        raise HttpError(409, "The draft is made already.")
    _mine(import_id, user).file.delete()
    return Status(204, None)


def _begun(
    request: HttpRequest, wanted: Wanted, parent: Page, page_type: type[Page], content: bytes, name: str
) -> Work:
    for model in (WaitingFile, FinishedImport):
        model.objects.forgotten().delete()
    waiting = WaitingFile.objects.create(
        name=name[:255],
        content=content,
        parent=parent,
        page_type=page_type._meta.label_lower,
        uploaded_by=request.user,
    )
    begin_with(waiting, Work.Kind.IMPORT, wanted.dict() | {"starts_on": wanted.starts_on and str(wanted.starts_on)})
    return waiting.work


def _mine(import_id: UUID, user: Any) -> Work:
    works = Work.objects.filter(pk=import_id, kind=Work.Kind.IMPORT, file__uploaded_by=user)
    work = works.select_related("file").defer("file__content").first()
    if work is None:
        raise Http404("You have sent no file that has this number.")
    return work


def _state(request: HttpRequest, work: Work) -> dict[str, Any]:
    if work.state == Work.State.FAILED:
        return _as_state(work.pk, "refused", reason=work.trouble)
    if work.state == Work.State.TOLD:
        return _as_state(work.pk, "done", work.told | {"page": None})
    if not work.runner:
        return _as_state(work.pk, "waiting")
    if work.is_interrupted:
        return _as_state(work.pk, "interrupted")
    with translation.override("en"):
        return _as_state(work.pk, "working") | {"step": step_words(work), "percent": work.percent}


def _as_state(number: UUID, state: str, told: dict[str, Any] | None = None, reason: str = "") -> dict[str, Any]:
    return {"id": number, "state": state, "step": "", "percent": None, "reason": reason, "report": told}


def _told(request: HttpRequest, page_id: int) -> dict[str, Any]:
    edit_url = request.build_absolute_uri(reverse("wagtailadmin_pages:edit", args=[page_id]))
    return {"id": page_id, "edit_url": edit_url}


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
