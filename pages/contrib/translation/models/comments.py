"""What translators and reviewers say about a segment."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .segment_key import SegmentKey


class SegmentComment(SegmentKey):
    """A remark that stays open until somebody settles it."""

    text = models.TextField(_("comment"), max_length=2000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["context", "locale"], name="comments_of_a_place")]
        ordering = ["made_at", "pk"]
        verbose_name = _("comment on a segment")
        verbose_name_plural = _("comments on segments")
