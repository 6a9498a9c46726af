"""Registered front ends in the editor's preview panel: each page as it is being edited, shown by somebody else's site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from csp.decorators import csp_replace
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page

from pages.models.previews import PreviewMode
from pages.preferred_language import preferred_language

from .drafts import token_for
from .models import FrontEnd
from .page_types import page_types
from .unsaved import state_of


def modes_for(page: Page) -> Iterator[PreviewMode]:
    """Yield a mode for each front end that shows pages of this type (hook ``find_preview_modes``)."""
    for front_end in FrontEnd.objects.all():
        if front_end.shows(type(page)):
            yield PreviewMode(f"front-end-{front_end.pk}", front_end.name, partial(show, front_end))


def show(front_end: FrontEnd, page: Page, request: HttpRequest) -> HttpResponse:
    """Show the front end in a frame, with a token for the page as it is being edited.

    The frame stands in a page of its own, so that nothing of the admin may be framed that was
    not before, and only this page may frame this one site.
    """
    address = ""
    if page.pk:
        token, _expires_at = token_for(page, state_of(page, request))
        address = front_end.address_for(token)
    framed = csp_replace({"frame-src": [front_end.origin]})(render)
    # The request is one for the page, in the page's language.
    user = request.user
    with translation.override(preferred_language(user) if user.is_authenticated else settings.LANGUAGE_CODE):
        return framed(request, "api/front_end.html", {"front_end": front_end, "address": address, "page": page})


class FrontEndForm(WagtailAdminModelForm):
    """Lets page types be chosen by their names."""

    page_types = forms.MultipleChoiceField(
        label=_("Page types"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Which pages it shows. None chosen: all."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        types = sorted((str(model._meta.verbose_name), label) for label, model in page_types().items())
        self.fields["page_types"].choices = [(label, name) for name, label in types]


class FrontEndViewSet(ModelViewSet):
    model = FrontEnd
    name = "front_ends"
    url_prefix = "front-ends"
    icon = "desktop"
    add_to_settings_menu = True
    menu_order = 910
    add_to_reference_index = False
    list_display = ["name", "address"]
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("address"), FieldPanel("page_types")], base_form_class=FrontEndForm
    )


front_end_viewset = FrontEndViewSet()
