"""News: the list and the article."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .base import BasePage, StoryPage, editing_tabs
from .listings import ListingPage
from .reading import open_to_all


class NewsIndexPage(ListingPage):
    """The list of news, newest first."""

    subpage_types = ["pages.NewsPage"]
    page_description = _("The list of all news, newest first.")

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def entries(self):
        return (
            open_to_all(NewsPage.objects.child_of(self).live())
            .order_by("-display_date", "-pk")
            .select_related("lead_image")
            .prefetch_related("lead_image__renditions")
            .defer("body")
        )


class NewsPage(StoryPage):
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
