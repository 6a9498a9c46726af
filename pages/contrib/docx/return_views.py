"""A Word file that was made of a page comes back: choose the file, see what it changes, take what is wanted."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page, PageLogEntry

from pages.interchange.downloads import can_be_downloaded
from pages.interchange.outline import Origin
from pages.interchange.package import Package
from pages.interchange.refusals import Refused, refusal
from pages.interchange.writing_back import NotStored

from .forms import ReturnForm
from .lengths import is_long, is_long_to_compare
from .models import ReturnedFile, WaitingFile, Work
from .offered import from_row, offered
from .origins import can_come_back, hindrance, origin_page
from .reading import read_origin, read_package
from .taking import NotThere, SavedMeanwhile, not_stored, saved_meanwhile, taking
from .views import asked, may_create_below, show_work
from .works import as_data, begin, begin_again


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
            # The text is read where nobody waits for it.
            package = Package(content)
            origin = read_origin(package) if is_long(content) else read_package(package).origin
        except Refused as error:
            form.add_error("file", refusal(error))
        else:
            return _received(request, page, name, content, origin)
    status = 400 if form.is_bound else 200
    return render(request, "docx/return_upload.html", {"page": page, "form": form}, status=status)


def _received(request: HttpRequest, page: Page, name: str, content: bytes, origin: Origin | None) -> HttpResponse:
    ReturnedFile.objects.forgotten().delete()
    WaitingFile.objects.forgotten().delete()
    of_page = origin_page(origin)
    if of_page is not None and of_page.pk == page.pk:
        kept = _keep(request, name, content, page, origin)
        return redirect("word_files:compare", page.pk, kept.pk)
    context: dict[str, Any] = {"page": page, "name": name, "of_page": of_page, "origin": origin}
    if of_page is not None and can_come_back(of_page, request.user):
        context["returned"] = _keep(request, name, content, of_page, origin)
    elif of_page is None and may_create_below(page.get_parent().specific, request.user):
        context["waiting"] = WaitingFile.objects.create(
            name=name,
            content=content,
            parent=page.get_parent(),
            page_type=page.specific_class._meta.label_lower,
            uploaded_by=request.user,
        )
        if is_long(content):
            begin(context["waiting"], Work.Kind.READ)
    return render(request, "docx/return_other.html", context)


def _keep(request: HttpRequest, name: str, content: bytes, page: Page, origin: Origin | None) -> ReturnedFile:
    kept = ReturnedFile.objects.create(name=name, content=content, page=page, uploaded_by=request.user)
    if is_long_to_compare(content, page, origin):
        begin(kept, Work.Kind.COMPARE)
    return kept


@never_cache
def compare(request: HttpRequest, page_id: int, file_id: Any) -> HttpResponse:
    """Show what a file changes; take what is ticked when told to."""
    page = _page(request, page_id)
    if answer := _hindered(request, page):
        return answer
    kept = ReturnedFile.objects.filter(pk=file_id, page=page, uploaded_by=request.user).first()
    if kept is None:
        if request.method != "POST" and _was_taken(request, page, file_id):
            _say_it_is_taken(request)
            return redirect("wagtailadmin_pages:edit", page.pk)
        messages.warning(request, _("This Word file was brought back or put away already."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    if work := Work.objects.filter(pk=kept.pk).first():
        return _long(request, page, kept, work)
    if request.method == "POST":
        return _take(request, page, kept)
    return _show(request, page, kept)


@require_POST
def bring_back(request: HttpRequest, file_id: Any) -> HttpResponse:
    """Compare a file that was uploaded for a new page with the page that it was made of."""
    waiting = get_object_or_404(WaitingFile, pk=file_id, uploaded_by=request.user)
    try:
        origin = read_origin(Package(bytes(waiting.content)))
    except Refused as error:
        raise Http404 from error
    page = origin_page(origin)
    if page is None or not can_come_back(page, request.user):
        raise Http404
    kept = _keep(request, waiting.name, bytes(waiting.content), page, origin)
    waiting.delete()
    return redirect("word_files:compare", page.pk, kept.pk)


@require_POST
def put_away(request: HttpRequest, page_id: int, file_id: Any) -> HttpResponse:
    """Forget a file without taking anything of it."""
    page = _page(request, page_id)
    mine = ReturnedFile.objects.filter(pk=file_id, page=page, uploaded_by=request.user)
    if not mine.delete()[0] and _was_taken(request, page, file_id):
        messages.warning(
            request, _("It was too late to cancel: the changes are in a new draft. Nothing was published.")
        )
    else:
        messages.success(request, _("The Word file was put away. The page is as it was."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def _show(
    request: HttpRequest, page: Page, kept: ReturnedFile, ticked: list[str] | None = None, status: int = 200
) -> HttpResponse:
    return _told(request, page, kept, offered(page, kept, ticked), status)


def _told(
    request: HttpRequest, page: Page, kept: ReturnedFile, told: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {"page": page, "kept": kept, "language": page.locale.language_code, **told}
    return render(request, "docx/compare.html", context, status=status)


def _long(request: HttpRequest, page: Page, kept: ReturnedFile, work: Work) -> HttpResponse:
    """Show what a long file changes, or how far the work on it is; ask for more work when told to."""
    here = redirect("word_files:compare", page.pk, kept.pk)
    if work.state != Work.State.TOLD or work.told is None:
        if request.method == "POST":
            # Whatever could not be taken is looked at again first, with the same ticks.
            begin(kept, Work.Kind.COMPARE, as_data(work)) if work.state == Work.State.FAILED else begin_again(work)
            return here
        away = reverse("word_files:put_away", args=[page.pk, kept.pk])
        return show_work(request, work, _("What the Word file changes"), here.url, away)
    if work.told["revision"] != (page.latest_revision_id or 0):
        if request.method == "POST":
            messages.warning(request, saved_meanwhile())
        begin(kept, Work.Kind.COMPARE, request.POST or as_data(work))
        return here
    told = from_row(work.told)
    if request.method != "POST":
        return _told(request, page, kept, told)
    if not request.POST.getlist("take"):
        messages.warning(request, _("Nothing is ticked, so nothing was changed."))
        return _told(request, page, kept, told, status=400)
    if response := asked(request, "before_edit_page", page):
        return response
    begin(kept, Work.Kind.TAKE, request.POST)
    return here


def _take(request: HttpRequest, page: Page, kept: ReturnedFile) -> HttpResponse:
    ticked = request.POST.getlist("take")
    if not ticked:
        messages.warning(request, _("Nothing is ticked, so nothing was changed."))
        return _show(request, page, kept, ticked, status=400)
    if response := asked(request, "before_edit_page", page):
        return response
    try:
        changed = taking(page, kept, ticked, request.POST.get("revision", "")).store()
    except SavedMeanwhile:
        messages.warning(request, saved_meanwhile())
        return _show(request, Page.objects.get(pk=page.pk).specific, kept, ticked, status=409)
    except NotThere as error:
        raise Http404 from error
    except NotStored:
        messages.error(request, not_stored())
        return _show(request, page, kept, ticked, status=400)
    _say_it_is_taken(request)
    return asked(request, "after_edit_page", changed) or redirect("wagtailadmin_pages:edit", page.pk)


def _say_it_is_taken(request: HttpRequest) -> None:
    messages.success(request, _("The changes from the Word file are in a new draft. Nothing was published."))


def _was_taken(request: HttpRequest, page: Page, file_id: Any) -> bool:
    """Whether the changes of a file came into a draft, for who uploaded it."""
    entries = PageLogEntry.objects.filter(action="wagtail.edit", page=page.pk, user=request.user)
    return entries.filter(data__file=str(file_id)).exists()


def _page(request: HttpRequest, page_id: int) -> Page:
    page = get_object_or_404(Page, pk=page_id).specific
    if not can_be_downloaded(page):
        raise Http404
    if not can_come_back(page, request.user):
        raise PermissionDenied
    return page


def _hindered(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Return an answer where nothing can be brought back now."""
    if not (trouble := hindrance(page, request.user)):
        return None
    messages.error(request, trouble)
    return redirect("wagtailadmin_pages:edit", page.pk)
