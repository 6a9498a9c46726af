"""What was read in a document's file, kept with the checksum of that file."""

from django.db import models
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    #: Looked at for the editor; the page is still to be made.
    EXAMINED = "examined", _("being prepared")
    READ = "read", _("readable")
    REFUSED = "refused", _("could not be read")


class Reading(models.Model):
    """The text of a document as a page, and what is inaccessible in the file."""

    document = models.OneToOneField("media.SiteDocument", on_delete=models.CASCADE, related_name="+")
    checksum = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices)
    #: Why there is no page: the code of a ``Reason``, and what it is about.
    reason = models.CharField(max_length=40, blank=True)
    reason_detail = models.CharField(max_length=200, blank=True)
    #: As ``audit.Finding`` tells them.
    findings = models.JSONField(default=list)
    language = models.CharField(max_length=35, blank=True)
    html = models.TextField(blank=True)
    #: ``[level, id, words]`` of each heading.
    headings = models.JSONField(default=list)
    #: The words for the search, one paragraph to a line.
    text = models.TextField(blank=True)
    read_at = models.DateTimeField(default=timezone.now)

    # Otherwise a document would seem to be used where somebody only read it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reading of a document")
        verbose_name_plural = _("readings of documents")

    def __str__(self):
        return f"{self.document_id}: {self.state}"

    @property
    def markup(self):
        """The text as HTML, in which our own writer has escaped whatever the file says."""
        return mark_safe(self.html)  # noqa: S308 -- see above


class ReadingPicture(models.Model):
    """A picture of a page, decoded and written anew; in the row, so that it comes and goes with the text."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="pictures")
    number = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("picture of a document")
        verbose_name_plural = _("pictures of documents")
        constraints = [models.UniqueConstraint(fields=["reading", "number"], name="readable_picture_once")]

    def __str__(self):
        return f"{self.reading_id}: {self.number}"
