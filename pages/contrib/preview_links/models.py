"""A preview link: which page, for whom, until when."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PreviewLinkQuerySet(models.QuerySet):
    def open(self):
        """Those that still show their page."""
        return self.filter(withdrawn_at__isnull=True, expires_at__gt=timezone.now())


class PreviewLink(models.Model):
    """Shows the newest draft of a page to whoever has its address; the address itself is not stored."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    recipient = models.CharField(
        _("for whom"),
        max_length=120,
        blank=True,
        help_text=_("So that you know later whom it was sent to. For example: the housing department."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    last_used_at = models.DateTimeField(_("last used"), null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")

    def __str__(self):
        return f"{self.page} ({self.recipient})" if self.recipient else str(self.page)

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and self.expires_at > timezone.now()

    @property
    def last_day(self) -> datetime.date:
        return timezone.localtime(self.expires_at).date()

    @property
    def was_used_lately(self) -> bool:
        """Whether the last use is so fresh that it need not be written down again."""
        return bool(self.last_used_at) and timezone.now() - self.last_used_at < datetime.timedelta(minutes=5)
