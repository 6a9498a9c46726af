"""The home page of a language."""

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.api import APIField

from pages.body import BodyField

from .base import BasePage, editing_tabs
from .news import NewsIndexPage, NewsPage
from .reading import open_to_all
from .workshops import WorkshopIndexPage, WorkshopPage


class HomePage(BasePage):
    """The first page of each language: what is new and what comes next."""

    featured_workshop = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("featured workshop"),
        help_text=_("Empty: the next workshop, or the last one if none is planned."),
    )
    body = BodyField(blank=True, verbose_name=_("body"))

    edit_handler = editing_tabs(
        content=[
            *BasePage.opening_panels,
            PageChooserPanel("featured_workshop", "pages.WorkshopPage"),
            FieldPanel("body"),
            BasePage.contact_panel,
        ],
        attachments=BasePage.attachment_panels,
        publication=BasePage.publication_panels,
    )
    api_fields = [*BasePage.api_fields, APIField("featured_workshop"), APIField("body"), APIField("attachment_groups")]
    parent_page_types = ["wagtailcore.Page"]
    page_description = _("The first page of a language.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @cached_property
    def latest_news(self):
        """The four newest articles of this language."""
        news = open_to_all(NewsPage.objects.descendant_of(self).live()).defer("body")
        return list(
            news.select_related("lead_image")
            .prefetch_related("lead_image__renditions")
            .order_by("-display_date", "-pk")[:4]
        )

    @cached_property
    def workshop_to_show(self):
        """The chosen workshop in this language, else the next one, else the last one."""
        workshops = open_to_all(WorkshopPage.objects.descendant_of(self).live()).defer("body")
        if self.featured_workshop_id:
            chosen = workshops.filter(translation_key=self.featured_workshop.translation_key).first()
            if chosen:
                return chosen
        today = timezone.localdate()
        coming = workshops.filter(starts_on__gte=today).order_by("starts_on").first()
        return coming or workshops.order_by("-starts_on").first()

    @cached_property
    def news_index(self):
        return NewsIndexPage.objects.child_of(self).live().first()

    @cached_property
    def workshop_index(self):
        return WorkshopIndexPage.objects.child_of(self).live().first()
