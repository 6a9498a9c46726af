"""Galleries of a page: pictures with what they show, said once for each use."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultipleChooserPanel
from wagtail.api import APIField

from .rows import Row, RowWithRows


class Gallery(RowWithRows):
    """Pictures shown together, at the page or at one of its tracks."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="galleries")
    title = models.CharField(
        _("title"), max_length=200, blank=True, help_text=_("For example: Working groups. May be left empty.")
    )
    track_number = models.PositiveSmallIntegerField(
        _("track number"),
        null=True,
        blank=True,
        help_text=_("To show the gallery at a track of the workshop, its number, for example 2. Empty: at the page."),
    )

    api_fields = [APIField("title"), APIField("track_number"), APIField("photos")]

    class Meta(RowWithRows.Meta):
        verbose_name = _("gallery")
        verbose_name_plural = _("galleries")

    def __str__(self):
        return self.title or str(_("Gallery"))


class GalleryPhoto(Row):
    """One use of a picture, with the alternative text it needs here (WCAG 2.2, 1.1.1)."""

    gallery = ParentalKey(Gallery, on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey("media.SiteImage", on_delete=models.CASCADE, related_name="+", verbose_name=_("image"))
    alt = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_(
            "Say what is seen, as if over the phone: Participants in the plenary hall listen to a talk. "
            "Empty: the picture's own description from the library."
        ),
    )
    is_decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("It adds nothing to the words: screen readers leave it out.")
    )
    caption = models.CharField(
        _("caption"),
        max_length=250,
        blank=True,
        help_text=_("What the picture is; shown under it. Not the same as the alternative text."),
    )
    track_number = models.PositiveSmallIntegerField(
        _("track number"),
        null=True,
        blank=True,
        help_text=_("If the picture shows one track of the workshop: its number."),
    )

    api_fields = [
        APIField("image"),
        APIField("alt_text"),
        APIField("is_decorative"),
        APIField("caption"),
        APIField("track_number"),
    ]

    class Meta(Row.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self):
        return self.alt_text or str(_("Picture"))

    @property
    def alt_text(self) -> str:
        """The text for a screen reader, empty for a decorative picture."""
        return "" if self.is_decorative else self.alt or self.image.description


def galleries_panel(at_tracks=False) -> InlinePanel:
    """Return the panel for the galleries of a page; only a workshop has tracks where one can stand."""
    track = [FieldPanel("track_number")] if at_tracks else []
    photos = MultipleChooserPanel(
        "photos",
        panels=[
            FieldPanel("image"),
            FieldPanel("alt"),
            FieldPanel("caption"),
            FieldRowPanel([FieldPanel("is_decorative"), *track]),
        ],
        heading=_("Pictures"),
        label=_("Picture"),
        chooser_field_name="image",
        help_text=_(
            "Choose many at once from the library, or upload them there. Drag them into order, or use the arrows."
        ),
    )
    return InlinePanel(
        "galleries",
        [FieldRowPanel([FieldPanel("title"), *track]), photos],
        heading=_("Galleries"),
        label=_("Gallery"),
    )
