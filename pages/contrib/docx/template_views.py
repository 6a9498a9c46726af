"""Word templates in the admin's Settings: upload one, try it, take it away."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from pages.interchange.page_outline import outline_of
from pages.interchange.refusals import Refused, refusal
from pages.models import NewsPage, WorkshopPage
from pages.navigation import header_for

from .exporting import WordExporter
from .models import WordTemplate
from .stationery.builtin import builtin
from .stationery.checking import SAMPLE, checked_letterhead
from .stationery.fields import SHAPES, data_of
from .stationery.keeping import letterhead
from .stationery.kinds import Kind
from .stationery.making import Faulty, checked_pattern, made
from .template_forms import TemplateForm
from .writing import UnusableTemplate, write

#: How long it is believed that a template can be used, or why not: the programs around it change with a restart.
TRIED_SECONDS = 3600


def may_make_documents(user: Any) -> bool:
    """Whether this person writes pages at all, and so may have templates for their documents."""
    return PagePermissionPolicy().user_has_any_permission(user, {"add", "change", "publish"})


def may_set_letterhead(user: Any) -> bool:
    """Whether this person decides how the institution's pages look."""
    return user.has_perm("pages.change_sitesettings")


def may_remove(user: Any, template: WordTemplate) -> bool:
    if template.purpose == WordTemplate.LETTERHEAD:
        return may_set_letterhead(user)
    return template.uploaded_by_id == user.pk or may_set_letterhead(user)


class TemplatesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_make_documents(request.user) or may_set_letterhead(request.user)


def menu_item() -> MenuItem:
    return TemplatesItem(_("Word templates"), reverse("word_files:templates"), icon_name="doc-full", order=650)


@require_safe
@never_cache
def listing(request: HttpRequest) -> HttpResponse:
    """Show the templates by what they are for, ours among them."""
    _admit(request)
    groups = [_group(request.user, purpose, label) for purpose, label in WordTemplate.PURPOSES]
    return render(request, "docx/templates/list.html", {"groups": groups, "locales": Locale.objects.all()})


def _group(user: Any, purpose: str, label: Any) -> dict[str, Any]:
    is_letterhead = purpose == WordTemplate.LETTERHEAD
    kept = WordTemplate.objects.filter(purpose=purpose).select_related("uploaded_by")
    return {
        "purpose": purpose,
        "label": label,
        "rows": [{"template": one, "may_remove": may_remove(user, one), "trouble": _trouble(one)} for one in kept],
        "is_letterhead": is_letterhead,
        "may_add": may_set_letterhead(user) if is_letterhead else may_make_documents(user),
    }


def _trouble(template: WordTemplate) -> str:
    """Return why a template that was taken once cannot be used any more."""
    content = bytes(template.content)
    if hashlib.sha256(content).hexdigest() != template.checksum:
        return _("The stored file is damaged.")
    # To try a template means to write and to read a document with it, too long for each look at a list.
    key = f"docx.template.{template.purpose}.{template.checksum}.{translation.get_language()}"
    return cache.get_or_set(key, lambda: _refusal_of(content, template.purpose), TRIED_SECONDS)


def _refusal_of(content: bytes, purpose: str) -> str:
    try:
        _checked(content, purpose)
    except (Refused, UnusableTemplate) as error:
        return refusal(error) if isinstance(error, Refused) else str(error)
    return ""


@never_cache
def add(request: HttpRequest, purpose: str) -> HttpResponse:
    """Take a template if documents can be made with it; else tell what is wrong and where."""
    _admit_purpose(request, purpose)
    form = TemplateForm(purpose, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            content, notes = _checked(form.cleaned_data["file"].read(), purpose)
        except Refused as error:
            form.add_error("file", refusal(error))
        except Faulty as error:
            form.add_error("file", error.faults)
        except UnusableTemplate as error:
            form.add_error("file", str(error))
        else:
            _keep(form, purpose, content, request.user)
            messages.success(request, _("The template is in use. Try it to see what is made with it."))
            for note in notes:
                messages.warning(request, note)
            return redirect("word_files:templates")
    context = {"form": form, "purpose": purpose, "label": dict(WordTemplate.PURPOSES)[purpose]}
    return render(request, "docx/templates/add.html", context, status=400 if form.is_bound else 200)


def _checked(content: bytes, purpose: str) -> tuple[bytes, list[str]]:
    if purpose == WordTemplate.LETTERHEAD:
        found = checked_letterhead(content)
        return found.content, found.notes
    return checked_pattern(content, purpose), []


def _keep(form: TemplateForm, purpose: str, content: bytes, user: Any) -> None:
    language = form.cleaned_data.get("language", "")
    if purpose == WordTemplate.LETTERHEAD:
        # There is one in each language: the new one takes the place of the former.
        WordTemplate.objects.filter(purpose=purpose, language=language).delete()
    WordTemplate.objects.create(
        purpose=purpose,
        name=form.cleaned_data["name"] or PurePath(form.cleaned_data["file"].name).stem[:100],
        language=language,
        content=content,
        checksum=hashlib.sha256(content).hexdigest(),
        uploaded_by=user,
    )


@require_safe
@never_cache
def try_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a document made with a template: of the newest page there is."""
    template = _template(request, pk)
    make = _page_on if template.purpose == WordTemplate.LETTERHEAD else _document_of
    try:
        content = make(request, template)
    except UnusableTemplate as error:
        messages.error(request, str(error))
        return redirect("word_files:templates")
    return word_answer(content, f"{_file_name(template)}-{slugify(_('trial')) or 'trial'}.docx")


def _page_on(request: HttpRequest, template: WordTemplate) -> bytes:
    pages = Page.objects.live().type(WorkshopPage, NewsPage).order_by("-last_published_at")
    if template.language:
        pages = pages.filter(locale__language_code=template.language)
    page = pages.specific().first()
    if page is None:
        return write(SAMPLE, template=bytes(template.content))
    text = outline_of(page)
    with translation.override(text.outline.language):
        header = header_for(request, page).site_name
        return write(text.outline, text.read, template=bytes(template.content), header=header)


def _document_of(request: HttpRequest, template: WordTemplate) -> bytes:
    workshops = WorkshopPage.objects.live().order_by("-last_published_at")
    page = workshops.filter(locale__language_code=translation.get_language()).first() or workshops.first()
    if page is None:
        raise UnusableTemplate(_("There is no published workshop yet to try it with."))
    data = {**data_of(page, header_for(request, page).site_name), "name": _("Name of a person")}
    return made(bytes(template.content), data, language=page.locale.language_code, title=page.title)


@require_safe
@never_cache
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a template as it is kept, for who wants to change it in Word."""
    template = _template(request, pk)
    return word_answer(bytes(template.content), f"{_file_name(template)}.docx")


def _file_name(template: WordTemplate) -> str:
    return slugify(template.name) or str(template.pk)


@require_safe
@never_cache
def our_own(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """Send the template of a kind that is there from the start, for who wants to begin with it."""
    _admit(request)
    if kind not in Kind.values or not Locale.objects.filter(language_code=language).exists():
        raise Http404
    return word_answer(own_template(kind, language), f"{kind}-{language}.docx")


def own_template(kind: str, language: str) -> bytes:
    """Return our template on the institution's letterhead, or without where that one is broken."""
    found = letterhead(language)
    try:
        return builtin(kind, language, found.content if found else None)
    except UnusableTemplate:
        return builtin(kind, language)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a template away; what was made with it stays with who has it."""
    template = _template(request, pk)
    if not may_remove(request.user, template):
        raise PermissionDenied
    template.delete()
    messages.success(request, _("The template was removed. Ours is taken where no other is left."))
    return redirect("word_files:templates")


@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """Show what a template can name."""
    _admit(request)
    shape = SHAPES[Kind.CERTIFICATE]
    tracks = shape["tracks"]
    lists = [
        ("track", "tracks", tracks),
        ("person", "track.people", tracks["people"]),
        ("outcome", "track.outcomes", tracks["outcomes"]),
        ("outcome", "outcomes", shape["outcomes"]),
    ]
    context = {"fields": _texts(shape), "lists": [(name, path, _texts(entries)) for name, path, entries in lists]}
    return render(request, "docx/templates/fields.html", context)


def _texts(shape: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(name, said) for name, said in shape.items() if not isinstance(said, Mapping)]


def word_answer(content: bytes, name: str, content_type: str = WordExporter.content_type) -> HttpResponse:
    """Return a file that nobody on the way keeps."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _admit(request: HttpRequest) -> None:
    if not may_make_documents(request.user) and not may_set_letterhead(request.user):
        raise PermissionDenied


def _admit_purpose(request: HttpRequest, purpose: str) -> None:
    if purpose not in dict(WordTemplate.PURPOSES):
        raise Http404
    may = may_set_letterhead if purpose == WordTemplate.LETTERHEAD else may_make_documents
    if not may(request.user):
        raise PermissionDenied


def _template(request: HttpRequest, pk: int) -> WordTemplate:
    _admit(request)
    return get_object_or_404(WordTemplate, pk=pk)
