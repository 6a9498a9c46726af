"""How often pages are to be looked at, and which reminders were sent."""

import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.models import Page

USUAL_MONTHS = 12


class ReviewSettings(BaseGenericSetting):
    """After how long a page without a date of its own is to be looked at."""

    months = models.PositiveSmallIntegerField(
        _("months between reviews"),
        default=USUAL_MONTHS,
        validators=[MaxValueValidator(120)],
        help_text=_(
            "A page without its own date of review is due so many months after it was last published. "
            "0: only pages with their own date are due."
        ),
    )
    includes_dated = models.BooleanField(
        _("news and workshops too"),
        default=False,
        help_text=_(
            "They tell of one day and rarely grow stale, so they are due only if they have a date of review of their own."
        ),
    )
    sends_reminders = models.BooleanField(
        _("send reminders by e-mail"),
        default=True,
        help_text=_("One letter for each person, never one for each page, and again after two weeks at the earliest."),
    )

    panels = [FieldPanel("months"), FieldPanel("includes_dated"), FieldPanel("sends_reminders")]

    class Meta:
        verbose_name = _("reviews of pages")

    @property
    def interval(self) -> datetime.timedelta:
        """The months as days, which every database can add to a date."""
        return datetime.timedelta(days=self.months * 365 // 12)

    def next_review(self, today=None) -> datetime.date:
        """Return the day on which a page that was looked at today is due again."""
        today = today or timezone.localdate()
        months = self.months or USUAL_MONTHS
        year, month = divmod(today.month - 1 + months, 12)
        # The last days of long months become the 28th: no month is shorter.
        return datetime.date(today.year + year, month + 1, min(today.day, 28))


class Reminder(models.Model):
    """A person was told that a page is due on a day."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "user", "due_on"], name="one_reminder_for_each_date")]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
