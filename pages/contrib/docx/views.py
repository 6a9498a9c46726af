"""From a Word file to a draft in three steps: choose the file, see what becomes of it, make the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from pages.interchange import drafts
from pages.interchange.bodies import BlockData, Body, body_of
from pages.interchange.importers import open_file
from pages.interchange.library import size_of
from pages.interchange.outline import ReadFile, Table, every_block
from pages.interchange.package import Package, Refused
from pages.interchange.picture_formats import picture_format
from pages.interchange.refusals import refusal
from pages.interchange.site_links import page_finder

from . import words
from .forms import ChoicesForm, UploadForm, first_values
from .models import WaitingFile

#: So many blocks are shown before a page is made; the page gets all of them.
BLOCKS_SHOWN = 300
_SHOWN_FORMATS = {"png", "jpeg", "gif", "webp", "avif"}
_SNIFFED_BYTES = 32


@never_cache
def upload(request: HttpRequest, parent_id: int) -> HttpResponse:
    """Take a file and lead to its preview; one that is refused is told at its field and is not kept."""
    parent = _parent(request, parent_id)
    form = UploadForm(drafts.page_types_below(parent), request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            open_file("upload.docx", content)
        except Refused as error:
            form.add_error("file", refusal(error))
        else:
            return redirect("word_files:preview", _wait(request, parent, form, content).pk)
    status = 400 if form.is_bound else 200
    return render(request, "docx/upload.html", {"parent_page": parent, "form": form}, status=status)


def _wait(request, parent, form, content) -> WaitingFile:
    WaitingFile.objects.forgotten().delete()
    return WaitingFile.objects.create(
        name=form.cleaned_data["file"].name[:255],
        content=content,
        parent=parent,
        page_type=form.cleaned_data["page_type"],
        uploaded_by=request.user,
    )


@never_cache
def preview(request: HttpRequest, file_id) -> HttpResponse:
    """Show what will be made of a file, with other choices if asked; make the page when told to."""
    waiting = _waiting(request, file_id)
    if request.method == "POST" and "create" in request.POST:
        return _create(request, waiting)
    shown = _shown(waiting, request.POST or None)
    return _show(request, waiting, shown)


@require_POST
def discard(request: HttpRequest, file_id) -> HttpResponse:
    """Forget a file without making a page of it."""
    waiting = _waiting(request, file_id)
    waiting.delete()
    messages.success(request, _("The Word file was put away. No page was made."))
    return redirect("wagtailadmin_explore", waiting.parent_id)


@require_safe
def picture(request: HttpRequest, file_id) -> HttpResponse:
    """Send a picture of a waiting file to the preview; whatever is no picture is not there."""
    waiting = _waiting(request, file_id)
    name = request.GET.get("name", "")
    try:
        content = Package(bytes(waiting.content)).read(name) or b""
    except Refused as error:
        raise Http404 from error
    kind = picture_format(content[:_SNIFFED_BYTES])
    if kind not in _SHOWN_FORMATS:
        raise Http404
    response = HttpResponse(content, content_type=f"image/{kind}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=600"
    return response


@dataclass
class _Shown:
    """A file as it was read with certain choices."""

    read: ReadFile
    body: Body
    form: ChoicesForm


def _shown(waiting: WaitingFile, data) -> _Shown:
    changes = "rejected" if data and data.get("changes") == "rejected" else "accepted"
    read = open_file("waiting.docx", bytes(waiting.content), changes=changes)
    page_at = page_finder()
    # The words of notes' heading belong to the page, not to the editor.
    with override(waiting.parent.locale.language_code):
        body = body_of(read.outline, page_at)
        form = ChoicesForm(
            body,
            _page_type(waiting),
            data,
            initial=first_values(body, waiting.name),
            has_changes=read.outline.report.has_tracked_changes,
            has_unmarked_headers=_has_unmarked_headers(read),
        )
        if data and form.is_valid():
            body = body_of(read.outline, page_at, form.choices())
        elif data:
            form.full_clean()
    return _Shown(read, body, form)


def _show(request, waiting: WaitingFile, shown: _Shown, status: int = 200) -> HttpResponse:
    pictures = reverse("word_files:picture", args=[waiting.pk])
    context = {
        "waiting": waiting,
        "form": shown.form,
        "blocks": _with_sizes(shown.read, shown.body.blocks[:BLOCKS_SHOWN]),
        "hidden_blocks": max(0, len(shown.body.blocks) - BLOCKS_SHOWN),
        "told": words.told(shown.body.report, shown.read.outline.report),
        "comments": shown.read.outline.report.comments,
        "pictures_url": pictures,
        "type_name": _page_type(waiting)._meta.verbose_name,
        "language": waiting.parent.locale.language_code,
    }
    return render(request, "docx/preview.html", context, status=status)


def _with_sizes(read: ReadFile, blocks: list[BlockData]) -> list[BlockData]:
    """Return the blocks, pictures with the size of each; one that the library would refuse has none."""
    sizes: dict[str, tuple[int, int] | None] = {}
    made = []
    for block in blocks:
        if block["type"] == "picture":
            name = block["value"]["image"]
            if name not in sizes:
                sizes[name] = size_of(read.picture(name))
            block = {**block, "size": sizes[name]}
        made.append(block)
    return made


def _create(request, waiting: WaitingFile) -> HttpResponse:
    shown = _shown(waiting, request.POST)
    if not shown.form.is_valid():
        return _show(request, waiting, shown, status=400)
    parent, page_type = waiting.parent.specific, _page_type(waiting)
    if response := asked(request, "before_create_page", parent, page_type):
        return response
    with transaction.atomic():
        # Whoever presses the button twice gets one page.
        if not WaitingFile.objects.filter(pk=waiting.pk).delete()[0]:
            raise Http404
        page = drafts.create(
            shown.read,
            shown.body,
            parent=parent,
            page_type=page_type,
            user=request.user,
            fields=shown.form.page_fields(),
        )
    _say_what_waits(request, words.told(shown.body.report, shown.read.outline.report))
    return asked(request, "after_create_page", page) or redirect("wagtailadmin_pages:edit", page.pk)


def _say_what_waits(request, told: words.Told) -> None:
    messages.success(request, _("A draft was made from the Word file. Nobody but editors sees it yet."))
    if told.to_do:
        waits = "; ".join(f"{line.label} ({line.count})" for line in told.to_do)
        messages.warning(request, _("To do before it is published: %(tasks)s.") % {"tasks": waits})


def asked(request, hook: str, *args) -> HttpResponse | None:
    """Ask the hooks of Wagtail's own page for new pages; one that answers decides."""
    for ask in hooks.get_hooks(hook):
        answer = ask(request, *args)
        if hasattr(answer, "status_code"):
            return answer
    return None


def may_create_below(page: Page, user) -> bool:
    """Whether this person may make a page of a file below a page."""
    return bool(drafts.page_types_below(page)) and page.permissions_for_user(user).can_add_subpage()


def _parent(request, parent_id: int) -> Page:
    parent = get_object_or_404(Page, pk=parent_id).specific
    if not may_create_below(parent, request.user):
        raise PermissionDenied
    return parent


def _waiting(request, file_id) -> WaitingFile:
    """Return a file that this person uploaded, as long as they may still make a page there."""
    found = WaitingFile.objects.select_related("parent__locale")
    waiting = get_object_or_404(found, pk=file_id, uploaded_by=request.user)
    if not may_create_below(waiting.parent, request.user):
        raise PermissionDenied
    return waiting


def _page_type(waiting: WaitingFile) -> type[Page]:
    allowed = {model._meta.label_lower: model for model in drafts.page_types_below(waiting.parent)}
    if waiting.page_type not in allowed:
        raise PermissionDenied
    return allowed[waiting.page_type]


def _has_unmarked_headers(read: ReadFile) -> bool:
    blocks = every_block(read.outline.blocks)
    return any(isinstance(block, Table) and block.seems_to_have_header for block in blocks)
