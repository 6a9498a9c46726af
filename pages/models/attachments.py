"""Documents attached to a page, in groups; the label with format and size is made, never typed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultipleChooserPanel
from wagtail.api import APIField

from .rows import Row, RowWithRows


class AttachmentGroup(RowWithRows):
    """Documents of one sort, for example the presentations of a workshop."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="attachment_groups")
    title = models.CharField(_("title"), max_length=200, help_text=_("For example: Presentations."))
    is_expected = models.BooleanField(
        _("files are expected"),
        default=False,
        help_text=_(
            "While the group is empty, readers are told that files will come. Otherwise an empty group is not shown."
        ),
    )
    expected_note = models.CharField(
        _("what will come"),
        max_length=250,
        blank=True,
        help_text=_("For example: We will publish the presentations once their authors agree."),
    )

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("is_expected"), FieldPanel("expected_note")]),
        MultipleChooserPanel("attachments", heading=_("Documents"), label=_("Document"), chooser_field_name="document"),
    ]
    api_fields = [APIField("title"), APIField("is_expected"), APIField("expected_note"), APIField("attachments")]

    class Meta(RowWithRows.Meta):
        verbose_name = _("group of documents")
        verbose_name_plural = _("groups of documents")

    def __str__(self):
        return self.title


class Attachment(Row):
    """One document in a group."""

    group = ParentalKey(AttachmentGroup, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "media.SiteDocument",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("document"),
        help_text=_("From the library, or uploaded in the window that opens."),
    )
    title = models.CharField(
        _("title here"),
        max_length=250,
        blank=True,
        help_text=_("Empty: the document's own title. Format and size are added by themselves."),
    )

    panels = [FieldPanel("document"), FieldPanel("title")]
    api_fields = [APIField("document"), APIField("title")]

    class Meta(Row.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self):
        return self.title or self.document.title
