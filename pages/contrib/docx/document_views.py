"""A workshop's summary, list of outcomes and certificates of attendance, as Word files for its editors."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from wagtail.models import Page

from pages.models import WorkshopPage
from pages.navigation import header_for

from .models import WordTemplate
from .stationery.fields import data_of
from .stationery.filling import TooMuch
from .stationery.kinds import Kind
from .stationery.making import made, made_for_all, made_for_each
from .template_forms import CertificatesForm, DocumentForm
from .template_views import own_template, word_answer
from .writing import UnusableTemplate


def has_documents(page: Page, user: Any) -> bool:
    """Whether documents can be made of a page by this person."""
    if not isinstance(page, WorkshopPage):
        return False
    allowed = page.permissions_for_user(user)
    return allowed.can_edit() or allowed.can_publish()


# Nothing is stored, so no other writer need wait while the files are made.
@transaction.non_atomic_requests
@never_cache
def document(request: HttpRequest, page_id: int, kind: str) -> HttpResponse:
    """Ask how a document is to be made, and send it."""
    page = get_object_or_404(WorkshopPage, pk=page_id)
    if kind not in Kind.values:
        raise Http404
    if not has_documents(page, request.user):
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    language = draft.locale.language_code
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    is_certificate = kind == Kind.CERTIFICATE
    form = CertificatesForm(language, *posted) if is_certificate else DocumentForm(kind, *posted)
    if request.method == "POST" and form.is_valid():
        try:
            return _made(request, draft, kind, form)
        except UnusableTemplate as error:
            form.add_error("template", _("This template cannot be used: %(reason)s") % {"reason": error})
        except TooMuch:
            form.add_error(
                "template", _("The document would be far too long. Take some of the lists out of the template.")
            )
    context = {"page": page, "form": form, "kind": Kind(kind), "is_certificate": is_certificate}
    return render(request, "docx/document.html", context, status=400 if form.is_bound else 200)


def _made(request: HttpRequest, page: WorkshopPage, kind: str, form: DocumentForm) -> HttpResponse:
    language = page.locale.language_code
    template = _template(form.cleaned_data["template"], kind, language)
    data = data_of(page, header_for(request, page).site_name)
    with override(language):
        label = str(Kind(kind).label)
    title = f"{label}: {page.title}"
    name = f"{slugify(label) or kind}-{slugify(page.slug) or page.pk}"
    if kind != Kind.CERTIFICATE:
        return word_answer(made(template, data, language=language, title=title), f"{name}.docx")
    names = form.cleaned_data["all_names"]
    if form.cleaned_data["result"] == "files":
        content = made_for_each(template, data, names, language=language, title=title)
        return word_answer(content, f"{name}.zip", "application/zip")
    return word_answer(made_for_all(template, data, names, language=language, title=title), f"{name}.docx")


def _template(chosen: str, kind: str, language: str) -> bytes:
    if not chosen:
        return own_template(kind, language)
    found = WordTemplate.objects.filter(pk=int(chosen), purpose=kind).first()
    if found is None:
        raise UnusableTemplate(_("It was removed meanwhile."))
    return bytes(found.content)
