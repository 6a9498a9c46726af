"""Checks that somebody has waived for certain words, with the reason."""

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .segment_key import SegmentKey


class CheckWaiver(SegmentKey):
    """Says that a check is wrong about these words; other words in their place are checked again."""

    check_name = models.CharField(max_length=40)
    #: The translation as it was when the check was waived.
    data = models.TextField()
    reason = models.CharField(_("reason"), max_length=500, validators=[MinLengthValidator(3)])
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    waived_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["context", "locale"], name="waivers_of_a_place")]
        verbose_name = _("waived check")
        verbose_name_plural = _("waived checks")
