"""A Word file that was made of a page comes back: choose the file, see what it changes, take what is wanted."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import Translation

from pages.interchange.comparing import Proposal
from pages.interchange.downloads import can_be_downloaded
from pages.interchange.drafts import with_stored_pictures
from pages.interchange.importers import open_file
from pages.interchange.library import Library
from pages.interchange.outline import Origin, ReadFile
from pages.interchange.refusals import Refused
from pages.interchange.stored import page_of
from pages.interchange.writing_back import NotStored

from . import words
from .coming_back import Returned, returned, stored_image
from .forms import ReturnForm
from .models import ReturnedFile, WaitingFile
from .origins import can_come_back, origin_page
from .shown import groups
from .views import asked, may_create_below


@never_cache
def upload(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take a file that was made of this page; any other is told what to do with."""
    page = _page(request, page_id)
    if answer := _hindered(request, page):
        return answer
    form = ReturnForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name, content = form.cleaned_data["file"].name[:255], form.cleaned_data["file"].read()
        try:
            read = open_file("upload.docx", content, parts=True)
        except Refused as error:
            form.add_error("file", words.refusal(error))
        else:
            return _received(request, page, name, content, read.outline.origin)
    status = 400 if form.is_bound else 200
    return render(request, "docx/return_upload.html", {"page": page, "form": form}, status=status)


def _received(request: HttpRequest, page: Page, name: str, content: bytes, origin: Origin | None) -> HttpResponse:
    ReturnedFile.objects.forgotten().delete()
    WaitingFile.objects.forgotten().delete()
    of_page = origin_page(origin)
    if of_page is not None and of_page.pk == page.pk:
        kept = ReturnedFile.objects.create(name=name, content=content, page=page, uploaded_by=request.user)
        return redirect("word_files:compare", page.pk, kept.pk)
    context: dict[str, Any] = {"page": page, "name": name, "of_page": of_page, "origin": origin}
    if of_page is not None and can_come_back(of_page, request.user):
        context["returned"] = ReturnedFile.objects.create(
            name=name, content=content, page=of_page, uploaded_by=request.user
        )
    elif of_page is None and may_create_below(page.get_parent().specific, request.user):
        context["waiting"] = WaitingFile.objects.create(
            name=name,
            content=content,
            parent=page.get_parent(),
            page_type=page.specific_class._meta.label_lower,
            uploaded_by=request.user,
        )
    return render(request, "docx/return_other.html", context)


@never_cache
def compare(request: HttpRequest, page_id: int, file_id: Any) -> HttpResponse:
    """Show what a file changes; take what is ticked when told to."""
    page = _page(request, page_id)
    if answer := _hindered(request, page):
        return answer
    kept = ReturnedFile.objects.filter(pk=file_id, page=page, uploaded_by=request.user).first()
    if kept is None:
        messages.warning(request, _("This Word file was brought back or put away already."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    if request.method == "POST":
        return _take(request, page, kept)
    return _show(request, page, kept)


@require_POST
def bring_back(request: HttpRequest, file_id: Any) -> HttpResponse:
    """Compare a file that was uploaded for a new page with the page that it was made of."""
    waiting = get_object_or_404(WaitingFile, pk=file_id, uploaded_by=request.user)
    try:
        page = origin_page(open_file("waiting.docx", bytes(waiting.content)).outline.origin)
    except Refused as error:
        raise Http404 from error
    if page is None or not can_come_back(page, request.user):
        raise Http404
    kept = ReturnedFile.objects.create(
        name=waiting.name, content=waiting.content, page=page, uploaded_by=request.user, uploaded_at=waiting.uploaded_at
    )
    waiting.delete()
    return redirect("word_files:compare", page.pk, kept.pk)


@require_POST
def put_away(request: HttpRequest, page_id: int, file_id: Any) -> HttpResponse:
    """Forget a file without taking anything of it."""
    page = _page(request, page_id)
    ReturnedFile.objects.filter(pk=file_id, page=page, uploaded_by=request.user).delete()
    messages.success(request, _("The Word file was put away. The page is as it was."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def _show(
    request: HttpRequest, page: Page, kept: ReturnedFile, ticked: list[str] | None = None, status: int = 200
) -> HttpResponse:
    read = _read(kept)
    back = returned(page, read)
    context = {
        "page": page,
        "kept": kept,
        "groups": groups(back, ticked),
        "offers": any(proposal.can_be_taken for proposal in back.comparison.proposals),
        "unchanged": back.comparison.unchanged,
        "lost_marks": back.comparison.lost_marks,
        "is_state_known": back.is_state_known,
        "comments": read.outline.report.comments,
        "has_notes": bool(read.outline.notes),
        "revision": page.latest_revision_id or 0,
        "language": page.locale.language_code,
    }
    return render(request, "docx/compare.html", context, status=status)


def _read(kept: ReturnedFile) -> ReadFile:
    return open_file("returned.docx", bytes(kept.content), parts=True)


def _take(request: HttpRequest, page: Page, kept: ReturnedFile) -> HttpResponse:
    ticked = request.POST.getlist("take")
    if not ticked:
        messages.warning(request, _("Nothing is ticked, so nothing was changed."))
        return _show(request, page, kept, ticked, status=400)
    if response := asked(request, "before_edit_page", page):
        return response
    library = Library(request.user)
    try:
        with transaction.atomic():
            # Whoever saves the page at this moment waits, or is waited for.
            locked = Page.objects.select_for_update().get(pk=page.pk)
            if str(locked.latest_revision_id or 0) != request.POST.get("revision"):
                messages.warning(
                    request,
                    _("Somebody has saved the page meanwhile. Look at the comparison again, then take it over."),
                )
                return _show(request, locked.specific, kept, ticked, status=409)
            if not ReturnedFile.objects.filter(pk=kept.pk).delete()[0]:
                raise Http404
            changed, taken = _changed(request, locked.specific, _read(kept), set(ticked), library)
            revision = changed.save_revision(user=request.user, log_action=False)
            data = {"from": "file", "taken": taken}
            log(changed, "wagtail.edit", user=request.user, revision=revision, content_changed=True, data=data)
    except NotStored:
        library.take_back()
        messages.error(request, _("The page was not changed: one of the ticked changes cannot be stored."))
        return _show(request, page, kept, ticked, status=400)
    except BaseException:  # also when the process is asked to end
        library.take_back()
        raise
    messages.success(request, _("The changes from the Word file are in a new draft. Nothing was published."))
    return asked(request, "after_edit_page", changed) or redirect("wagtailadmin_pages:edit", page.pk)


def _changed(request: HttpRequest, page: Page, read: ReadFile, ticked: set[str], library: Library) -> tuple[Page, int]:
    """Return the page with the ticked proposals, and how many those are."""
    back: Returned = returned(page, read)
    chosen: list[Proposal] = [
        proposal
        for proposal in back.comparison.proposals
        if proposal.key in ticked and proposal.can_be_taken and not back.bringing.problem(back.page, proposal)
    ]
    if not chosen:
        raise NotStored
    plain = back.bringing.make_blocks
    back.bringing.make_blocks = lambda blocks: with_stored_pictures(read, plain(blocks), library, back.report)
    back.bringing.image_of = lambda picture: stored_image(read, picture, library)
    return page_of(back.page, back.bringing.data_with(chosen)), len(chosen)


def _page(request: HttpRequest, page_id: int) -> Page:
    page = get_object_or_404(Page, pk=page_id).specific
    if not can_be_downloaded(page):
        raise Http404
    if not can_come_back(page, request.user):
        raise PermissionDenied
    return page


def _hindered(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Return an answer where nothing can be brought back now: the page is locked, or another page decides its words."""
    lock = page.get_lock()
    if lock and lock.for_user(request.user):
        messages.error(request, lock.get_message(request.user) or _("The page is locked."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    if is_translated(page):
        messages.error(
            request,
            _(
                "This page is a translation: its words are written in the translation editor, and a Word file would be "
                "overwritten by it. Take the Word table for translators instead."
            ),
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def is_translated(page: Page) -> bool:
    """Whether the translation editor writes this page."""
    found = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id)
    return found.filter(enabled=True).exists()
