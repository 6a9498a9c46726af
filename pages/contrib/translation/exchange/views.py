"""Files for translators in the admin: out in one of five formats, back with a report of what became of each segment."""

from __future__ import annotations

import csv
from collections import Counter

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from ..models import FileImport
from .choosing import Choice, chosen
from .formats import FORMATS, is_tmx
from .forms import DownloadForm, UploadForm
from .package import DamagedFile, MixedLanguages, package_of
from .reports import ORDER, import_and_report
from .sending import file_of
from .tmx_memory import may_fill_memory, remember_tmx
from .verdicts import Verdict

LINES_ON_A_PAGE = 100
#: A program for tables would take a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """Offer the files of the chosen translations, and take one back."""
    return _show(request, chosen(request.GET, request.user), DownloadForm(), UploadForm())


def _show(request, choice: Choice, download_form, upload_form, status=200) -> HttpResponse:
    context = {"choice": choice, "download_form": download_form, "upload_form": upload_form}
    return render(request, "translation/exchange/files.html", context, status=status)


@never_cache
def download(request: HttpRequest) -> HttpResponse:
    """Send the file of the chosen translations; also by ``GET``, so that a list can link to it."""
    choice = chosen(request.GET, request.user)
    if not choice.translations:
        raise Http404
    form = DownloadForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return _show(request, choice, form, UploadForm(), status=400)
    kind = FORMATS[form.cleaned_data["format"]]
    try:
        package = package_of(choice.translations, only_open=form.cleaned_data["only_open"])
    except MixedLanguages as error:
        form.add_error(None, str(error))
        return _show(request, choice, form, UploadForm(), status=400)
    if not package.units:
        form.add_error(None, _("There is nothing to translate in what you have chosen."))
        return _show(request, choice, form, UploadForm(), status=400)
    return file_of(package, kind)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take over a file and lead to its report; a damaged file changes nothing and is told at its field."""
    choice = chosen(request.GET, request.user)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, choice, DownloadForm(), form, status=400)
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        if is_tmx(content):
            return _remember(request, content, file.name, choice)
        _lines, made = import_and_report(content, file.name, request.user, only=choice.ids if choice.query else None)
    except DamagedFile as error:
        form.add_error("file", str(error))
        return _show(request, choice, DownloadForm(), form, status=400)
    messages.success(request, _("The file was taken over. Here is what became of each segment."))
    return redirect("translation:exchange_report", made.pk)


def _remember(request, content, file_name, choice) -> HttpResponse:
    if not may_fill_memory(request.user):
        raise DamagedFile(_("This is a translation memory (TMX), which you may not add to. Nothing was imported."))
    taken, left_out = remember_tmx(content, file_name, request.user)
    messages.success(
        request,
        ngettext("The memory took %(number)s pair.", "The memory took %(number)s pairs.", taken) % {"number": taken},
    )
    if left_out:
        messages.warning(
            request,
            ngettext(
                "%(number)s pair was left out: this site does not have its languages.",
                "%(number)s pairs were left out: this site does not have their languages.",
                left_out,
            )
            % {"number": left_out},
        )
    return redirect(reverse("translation:exchange") + (f"?{choice.query}" if choice.query else ""))


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of a file: how many of each verdict, and each segment."""
    made = _report_of(request, pk)
    counted = Counter(line["verdict"] for line in made.lines)
    verdict = request.GET.get("verdict", "")
    lines = [line for line in made.lines if verdict not in counted or line["verdict"] == verdict]
    context = {
        "report": made,
        "counts": [(kind.value, kind.label, counted[kind]) for kind in ORDER if counted[kind]],
        "verdict": verdict if verdict in counted else "",
        "lines": Paginator([_labelled(line) for line in lines], LINES_ON_A_PAGE).get_page(request.GET.get("p")),
    }
    return render(request, "translation/exchange/report.html", context)


@require_safe
@never_cache
def report_as_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the whole report, words in full, as a table that Excel opens with the right letters."""
    made = _report_of(request, pk)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="report-{made.pk}.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Verdict"), _("Page"), _("Place"), _("Source"), _("Words of the file"), _("Kept"), _("Reason")])
    for line in map(_labelled, made.lines):
        columns = ("label", "title", "place", "source", "words", "kept", "reason")
        writer.writerow([_harmless(line[column]) for column in columns])
    return response


def _report_of(request, pk) -> FileImport:
    made = get_object_or_404(FileImport, pk=pk)
    if made.made_by_id != request.user.pk and not request.user.is_superuser:
        raise PermissionDenied
    return made


def _labelled(line) -> dict:
    return line | {"label": Verdict(line["verdict"]).label}


def _harmless(text) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
