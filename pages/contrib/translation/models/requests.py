"""What editors ask translators for, and which letters told them of it."""

import datetime

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation


class TranslationRequest(models.Model):
    """Somebody asks for a page or snippet in one language; open until the translation is published."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="translation_requests")
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("person"),
    )
    team = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("team")
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["translation"], condition=Q(closed_at=None), name="one_open_request_for_each_translation"
            )
        ]
        indexes = [models.Index(fields=["closed_at", "deadline"], name="requests_by_deadline")]
        ordering = ["asked_at", "pk"]
        verbose_name = _("request for a translation")
        verbose_name_plural = _("requests for translations")

    def __str__(self):
        return str(self.translation)

    def is_late(self, today: datetime.date | None = None) -> bool:
        return bool(self.deadline and self.deadline < (today or timezone.localdate()))


class RequestLetter(models.Model):
    """A person was told of a request, or reminded of one deadline of it."""

    request = models.ForeignKey(TranslationRequest, on_delete=models.CASCADE, related_name="letters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: ``asked``, or ``soon`` and ``late`` with the day they speak of: another day is told anew.
    about = models.CharField(max_length=20)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "user", "about"], name="one_letter_about_each_thing")]
        verbose_name = _("letter about a request")
        verbose_name_plural = _("letters about requests")
