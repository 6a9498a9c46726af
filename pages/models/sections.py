"""Section pages: about us, privacy, contact."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.search import index

from pages.body import BodyField

from .base import BasePage, editing_tabs


class SectionPage(BasePage):
    """A page that stays: who we are, how we use data, how to reach us."""

    body = BodyField(blank=True, verbose_name=_("body"))

    edit_handler = editing_tabs(
        content=[*BasePage.opening_panels, FieldPanel("body"), BasePage.contact_panel],
        attachments=[*BasePage.gallery_panels, *BasePage.attachment_panels],
        publication=BasePage.publication_panels,
    )
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    api_fields = [*BasePage.api_fields, APIField("body"), APIField("galleries"), APIField("attachment_groups")]
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]
    page_description = _("A page that stays: about us, privacy, contact.")

    class Meta:
        verbose_name = _("section page")
        verbose_name_plural = _("section pages")
