"""What pages have in common: programmes, topics, and the pages that belong together."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField

from .funding import FundingSigns
from .people import Organisation
from .rows import Row


@register_snippet
class Topic(index.Indexed, TranslatableMixin, models.Model):
    """What a page is about, from one list for the whole site."""

    name = models.CharField(
        _("name"), max_length=80, help_text=_("As readers see it in filters. For example: Water in the city.")
    )

    panels = [FieldPanel("name")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale_id")]
    api_fields = [APIField("name")]

    class Meta(TranslatableMixin.Meta):
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self):
        return self.name


@register_snippet
class Programme(index.Indexed, TranslatableMixin, models.Model):
    """A programme that news report on and whose workshops form a series."""

    name = models.CharField(
        _("name"),
        max_length=200,
        help_text=_("In full, as in the documents. For example: Model Revitalisation of Cities."),
    )
    short_name = models.CharField(
        _("short name"),
        max_length=40,
        blank=True,
        help_text=_("Where space is short. For example: Model Revitalisation."),
    )
    description = models.TextField(
        _("description"), blank=True, help_text=_("Two or three sentences: for whom it is, and what came of it so far.")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("run by"),
        help_text=_("The institution or department that answers for it."),
    )
    url = models.URLField(
        _("website"),
        blank=True,
        help_text=_("If the programme has a site of its own. For example: https://programme.example.org"),
    )
    funding = models.ForeignKey(
        FundingSigns,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("funding signs"),
        help_text=_("Shown on every news article and workshop of the programme."),
    )

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("short_name"), FieldPanel("url")]),
        FieldPanel("organisation"),
        FieldPanel("description"),
        FieldPanel("funding"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale_id")]
    api_fields = [
        APIField("name"),
        APIField("short_name"),
        APIField("description"),
        APIField("organisation"),
        APIField("url"),
    ]
    override_translatable_fields = [SynchronizedField("url")]

    class Meta(TranslatableMixin.Meta):
        ordering = ["name"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self):
        return self.name


class PageTopic(Row):
    """A topic of a page."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="page_topics")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+", verbose_name=_("topic"))

    panels = [FieldPanel("topic")]
    api_fields = [APIField("topic")]

    class Meta(Row.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class RelatedPage(Row):
    """A page that an editor chose as related."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="related_links")
    target = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))

    panels = [PageChooserPanel("target", ["pages.NewsPage", "pages.WorkshopPage", "pages.SectionPage"])]
    api_fields = [APIField("target")]

    class Meta(Row.Meta):
        verbose_name = _("related page")
        verbose_name_plural = _("related pages")
