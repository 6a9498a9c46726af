"""What readers told us of problems on a page."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

#: The act of 4 April 2019, article 18: an answer without delay, within seven days at most.
DAYS_TO_ANSWER = 7


class ProblemReport(models.Model):
    """A problem that a reader met on a page, and whether it has been answered."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        ANSWERED = "answered", _("answered")

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    address = models.CharField(_("address"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=12)
    description = models.TextField(_("description"))
    email = models.EmailField(_("e-mail"), blank=True)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.NEW)
    answer = models.TextField(_("what was done"), blank=True, help_text=_("For colleagues. Readers do not see it."))
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True, editable=False)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("description", read_only=True),
                FieldPanel("address", read_only=True),
                FieldPanel("email", read_only=True),
                FieldPanel("created_at", read_only=True),
            ],
            heading=_("What the reader wrote"),
        ),
        FieldPanel("state"),
        FieldPanel("answer"),
    ]

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("report of a problem")
        verbose_name_plural = _("reports of problems")

    def __str__(self):
        return self.description[:60]

    def save(self, *args, **kwargs):
        is_answered = self.state == self.State.ANSWERED
        self.answered_at = (self.answered_at or timezone.now()) if is_answered else None
        super().save(*args, **kwargs)

    @property
    def due_on(self) -> datetime.date:
        """The last day for an answer."""
        return timezone.localdate(self.created_at) + datetime.timedelta(days=DAYS_TO_ANSWER)
