"""From a Word file to a draft in three steps: choose the file, see what becomes of it, make the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, PageLogEntry

from pages.interchange import drafts
from pages.interchange.importers import open_file
from pages.interchange.outline import Origin
from pages.interchange.package import Package, Refused
from pages.interchange.refusals import refusal

from . import words
from .forms import ChoicesForm, UploadForm, first_values
from .lengths import is_long
from .models import WaitingFile, Work
from .origins import can_come_back, origin_page
from .sent_pictures import sent_picture
from .steps import percent_words, step_words
from .told import Reading, Told, reading
from .works import NotAllowed, as_data, begin, begin_again, make_page, page_type_of, read_as_asked


@never_cache
def upload(request: HttpRequest, parent_id: int) -> HttpResponse:
    """Take a file and lead to its preview; one that is refused is told at its field and is not kept."""
    parent = _parent(request, parent_id)
    form = UploadForm(drafts.page_types_below(parent), request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        is_read_later = is_long(content)
        try:
            Package(content) if is_read_later else open_file("upload.docx", content, diagrams=False)
        except Refused as error:
            form.add_error("file", refusal(error))
        else:
            waiting = _wait(request, parent, form, content)
            if is_read_later:
                begin(waiting, Work.Kind.READ)
            return redirect("word_files:preview", waiting.pk)
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
    if (page := _made_of(request, file_id)) is not None:
        messages.success(request, _("A draft was made from the Word file. Nobody but editors sees it yet."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    waiting = _waiting(request, file_id)
    if work := Work.objects.filter(pk=waiting.pk).first():
        return _long(request, waiting, work)
    if request.method == "POST" and "create" in request.POST:
        return _create(request, waiting)
    return _show(request, waiting, _read(waiting, request.POST or None))


def _made_of(request, file_id) -> Page | None:
    """Return the page that was made of a file in the background, for who uploaded it."""
    if WaitingFile.objects.filter(pk=file_id).exists():
        return None
    entries = PageLogEntry.objects.filter(action="wagtail.create", user=request.user, data__file=str(file_id))
    entry = entries.select_related("page").first()
    return entry.page if entry else None


@require_POST
def discard(request: HttpRequest, file_id) -> HttpResponse:
    """Forget a file without making a page of it."""
    if (page := _made_of(request, file_id)) is not None:
        messages.warning(request, _("It was too late to cancel: the draft is made. Nobody but editors sees it."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    waiting = _waiting(request, file_id)
    waiting.delete()
    messages.success(request, _("The Word file was put away. No page was made."))
    return redirect("wagtailadmin_explore", waiting.parent_id)


@require_safe
def picture(request: HttpRequest, file_id) -> HttpResponse:
    """Send a picture of a waiting file to the preview; whatever is no picture is not there."""
    return sent_picture(bytes(_waiting(request, file_id).content), request.GET.get("name", ""))


@dataclass
class _Shown:
    """A file as it was read with certain choices; one that is told from a row was not read now."""

    told: Told
    form: ChoicesForm
    reading: Reading | None = None


def _read(waiting: WaitingFile, data) -> _Shown:
    if data:
        found, form = read_as_asked(waiting, data)
        return _Shown(found.told(), form, found)
    found = reading(bytes(waiting.content), waiting.parent.locale.language_code)
    told = found.told()
    return _Shown(told, ChoicesForm(told, _page_type(waiting), initial=first_values(told, waiting.name)), found)


def _kept(waiting: WaitingFile, work: Work, data) -> _Shown:
    """Return what was told of a long file, with the choices that it was read with."""
    told = Told(**work.told)
    asked = data or as_data(work)
    form = ChoicesForm(told, _page_type(waiting), asked or None, initial=first_values(told, waiting.name))
    return _Shown(told, form)


def _show(request, waiting: WaitingFile, shown: _Shown, status: int = 200) -> HttpResponse:
    context = {
        "waiting": waiting,
        "form": shown.form,
        "told": shown.told,
        "of_page": _made_from(request, shown.told),
        "pictures_url": reverse("word_files:picture", args=[waiting.pk]),
        "type_name": _page_type(waiting)._meta.verbose_name,
        "language": waiting.parent.locale.language_code,
    }
    return render(request, "docx/preview.html", context, status=status)


def _made_from(request, told: Told) -> Page | None:
    """Return the page that a file was made of, if this person may bring it back there."""
    page = origin_page(Origin(**told.origin)) if told.origin else None
    return page if page is not None and can_come_back(page, request.user) else None


def _long(request, waiting: WaitingFile, work: Work) -> HttpResponse:
    """Show a long file, or how far the work on it is; ask for more work when told to."""
    if work.state != Work.State.TOLD or work.told is None:
        if request.method == "POST":
            begin(waiting, work.kind, as_data(work)) if work.state == Work.State.FAILED else begin_again(work)
            return redirect("word_files:preview", waiting.pk)
        away = reverse("word_files:discard", args=[waiting.pk])
        here = reverse("word_files:preview", args=[waiting.pk])
        return show_work(request, work, _("New page from a Word file"), here, away)
    if request.method != "POST":
        return _show(request, waiting, _kept(waiting, work, None))
    if "create" not in request.POST:
        begin(waiting, Work.Kind.READ, request.POST)
        return redirect("word_files:preview", waiting.pk)
    shown = _kept(waiting, work, request.POST)
    if not shown.form.is_valid():
        return _show(request, waiting, shown, status=400)
    if response := asked(request, "before_create_page", waiting.parent.specific, _page_type(waiting)):
        return response
    begin(waiting, Work.Kind.MAKE, request.POST)
    return redirect("word_files:preview", waiting.pk)


def show_work(request: HttpRequest, work: Work, heading: str, here: str, away: str) -> HttpResponse:
    """Show how far the work on a long file is."""
    context = {
        "work": work,
        "heading": heading,
        "step": step_words(work),
        "percent": percent_words(work),
        "here": here,
        "away": away,
    }
    return render(request, "docx/working.html", context)


def _create(request, waiting: WaitingFile) -> HttpResponse:
    shown = _read(waiting, request.POST)
    if not shown.form.is_valid():
        return _show(request, waiting, shown, status=400)
    if response := asked(request, "before_create_page", waiting.parent.specific, _page_type(waiting)):
        return response
    page = make_page(waiting, shown.reading, shown.form)
    if page is None:
        raise Http404
    # What the library refused is known only now.
    _say_what_waits(request, words.told(shown.reading.body.report, shown.reading.read.outline.report))
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
    # What a program has sent, it decides about.
    found = WaitingFile.objects.select_related("parent__locale").exclude(work__kind=Work.Kind.IMPORT)
    waiting = get_object_or_404(found, pk=file_id, uploaded_by=request.user)
    if not may_create_below(waiting.parent, request.user):
        raise PermissionDenied
    return waiting


def _page_type(waiting: WaitingFile) -> type[Page]:
    try:
        return page_type_of(waiting)
    except NotAllowed as error:
        raise PermissionDenied from error
