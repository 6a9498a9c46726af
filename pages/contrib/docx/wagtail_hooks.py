"""Where Word files meet the admin: a button at each page below which one can be made."""

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from . import document_views, import_urls, return_views, template_views
from .stationery.kinds import Kind
from .views import may_create_below


@hooks.register("register_admin_urls")
def addresses():
    return [path("word/", include(import_urls))]


@hooks.register("register_page_header_buttons")
def button_at_a_page(page, user, view_name, next_url=None):
    yield from _buttons(page, user)


@hooks.register("register_page_header_buttons")
def return_button(page, user, view_name, next_url=None):
    if return_views.can_come_back(page.specific_deferred, user):
        url = reverse("word_files:return", args=[page.pk])
        yield Button(_("Bring back a Word file…"), url=url, icon_name="upload", priority=35)


@hooks.register("register_page_header_buttons")
def document_buttons(page, user, view_name, next_url=None):
    if document_views.has_documents(page.specific_deferred, user):
        labels = {
            Kind.SUMMARY: _("Summary (Word)…"),
            Kind.OUTCOMES: _("List of outcomes (Word)…"),
            Kind.CERTIFICATE: _("Certificates…"),
        }
        for place, (kind, label) in enumerate(labels.items()):
            url = reverse("word_files:document", args=[page.pk, kind.value])
            yield Button(label, url=url, icon_name="doc-full", priority=36 + place)


@hooks.register("register_settings_menu_item")
def templates_item():
    return template_views.menu_item()


@hooks.register("register_page_listing_more_buttons")
def button_in_a_list(page, user, next_url=None):
    yield from _buttons(page, user)


def _buttons(page, user):
    if may_create_below(page, user):
        url = reverse("word_files:upload", args=[page.pk])
        yield Button(_("New page from a Word file…"), url=url, icon_name="doc-full", priority=16)
