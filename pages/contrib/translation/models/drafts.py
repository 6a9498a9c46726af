"""Words that a person has yet to accept: from the memory, a machine or a file."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .segment_key import SegmentKey


class SegmentDraft(SegmentKey):
    """Proposed words for a segment. They are no translation yet, so nothing that publishes can see them."""

    class Origin(models.TextChoices):
        MEMORY = "memory", _("translation memory")
        MACHINE = "machine", _("machine translation")
        FILE = "file", _("imported file")
        PERSON = "person", _("unfinished by a person")

    data = models.TextField(_("proposed words"))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin)
    #: Which machine, which file, or which page the memory has it from.
    detail = models.CharField(max_length=255, blank=True)
    #: How alike the source is to that of the memory's entry, in per cent.
    likeness = models.PositiveSmallIntegerField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["locale", "translation_of", "context"], name="one_draft_for_each_segment")
        ]
        verbose_name = _("draft of a segment")
        verbose_name_plural = _("drafts of segments")
