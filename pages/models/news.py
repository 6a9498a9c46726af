"""News: the list and the article."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .base import BasePage, StoryPage, editing_tabs
from .filters import ProgrammeFacet, TopicFacet, YearFacet
from .listings import ListedPage, ListingPage


class NewsIndexPage(ListingPage):
    """The list of news, newest first."""

    subpage_types = ["pages.NewsPage"]
    page_description = _("The list of all news, newest first.")
    template = "pages/listing_page.html"
    facets = (TopicFacet, ProgrammeFacet, YearFacet)

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    @property
    def entry_type(self):
        return NewsPage


class NewsPage(ListedPage):
    """A news article."""

    edit_handler = editing_tabs(
        content=[
            *BasePage.opening_panels,
            StoryPage.picture_panel,
            FieldPanel("display_date"),
            FieldPanel("body"),
            BasePage.contact_panel,
        ],
        attachments=[*BasePage.gallery_panels, *BasePage.attachment_panels],
        publication=[*StoryPage.filing_panels, *BasePage.publication_panels],
    )
    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types = []
    page_description = _("Something new: an event, a decision, a publication.")

    class Meta:
        verbose_name = _("news article")
        verbose_name_plural = _("news articles")
        indexes = [
            models.Index(fields=["list_id", "display_date", "page_ptr"], name="news_of_list"),
            models.Index(
                fields=["list_id", "programme", "display_date", "page_ptr"], name="news_of_list_and_programme"
            ),
        ]
