"""Who is told, what is told to each, and what became of every attempt."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import signing
from .events import label_of
from .problems import sentence

#: Before each attempt but the first one. The last of them comes about 28 hours after the event.
WAITS = [
    datetime.timedelta(seconds=5),
    datetime.timedelta(minutes=5),
    datetime.timedelta(minutes=30),
    *(datetime.timedelta(hours=hours) for hours in (2, 5, 10, 10)),
]
MOST_ATTEMPTS = len(WAITS) + 1
#: Whoever does not answer at all is asked for so long at the latest whether that has changed.
LONGEST_REST = datetime.timedelta(minutes=30)
#: What could not be sent by then is of no use any more.
GIVEN_UP_AFTER = datetime.timedelta(days=3)
KEPT = datetime.timedelta(days=30)
#: How long messages are signed with the former secret, too.
BOTH_SECRETS = datetime.timedelta(days=1)
#: One failure tells nothing yet.
FAILURES_TO_TELL = 3


class ReceiverQuerySet(models.QuerySet):
    def in_trouble(self) -> ReceiverQuerySet:
        """Those that an administrator should look at."""
        return self.filter(
            Q(is_active=True, failures__gte=FAILURES_TO_TELL) | Q(is_active=False, gone_at__isnull=False)
        )


class Receiver(models.Model):
    """Another program that wants to hear of what happens on the site."""

    description = models.CharField(
        _("description"), max_length=255, help_text=_("Who receives the messages and what for.")
    )
    address = models.CharField(
        _("address"),
        max_length=500,
        help_text=_("Where messages are sent to, for example https://app.example.org/hooks."),
    )
    events = models.JSONField(_("events"), default=list)
    is_active = models.BooleanField(_("active"), default=True, help_text=_("Only active receivers are told."))
    secret = models.CharField(max_length=100, default=signing.new_secret, editable=False)
    former_secret = models.CharField(max_length=100, blank=True, editable=False)
    former_secret_until = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    #: Failures in a row, and since when.
    failures = models.PositiveIntegerField(default=0, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    #: It does not answer; nothing is sent before.
    rests_until = models.DateTimeField(null=True, editable=False)
    #: When it answered that it is gone for good.
    gone_at = models.DateTimeField(null=True, editable=False)
    #: Who sends to it at the moment, and until when nobody else does.
    runner = models.CharField(max_length=32, blank=True, editable=False)
    busy_until = models.DateTimeField(null=True, editable=False)
    #: For when a task of the worker is put off that will look what is due.
    wakes_at = models.DateTimeField(null=True, editable=False)

    objects = ReceiverQuerySet.as_manager()

    class Meta:
        ordering = ["description", "pk"]
        verbose_name = _("webhook receiver")
        verbose_name_plural = _("webhook receivers")

    def __str__(self):
        return self.description

    @property
    def state_words(self):
        if self.gone_at and not self.is_active:
            return _("switched off: it answered that it is gone")
        if not self.is_active:
            return _("switched off")
        return _("failing") if self.failures >= FAILURES_TO_TELL else _("active")

    @property
    def event_words(self) -> list:
        return [label_of(name) for name in self.events]

    def keys(self, now: datetime.datetime) -> list[str]:
        """The secrets that a message is signed with."""
        has_former = self.former_secret and self.former_secret_until and self.former_secret_until > now
        return [self.secret, self.former_secret] if has_former else [self.secret]

    def change_secret(self) -> None:
        """Make a new secret; the former one holds for a day."""
        self.former_secret, self.former_secret_until = self.secret, timezone.now() + BOTH_SECRETS
        self.secret = signing.new_secret()
        self.save(update_fields=["secret", "former_secret", "former_secret_until"])

    def start_again(self) -> None:
        """Forget what went wrong: somebody has looked after it."""
        self.failures, self.failing_since, self.rests_until, self.gone_at = 0, None, None, None


class Delivery(models.Model):
    """One message for one receiver."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        GIVEN_UP = "given_up", _("given up")

    receiver = models.ForeignKey(
        Receiver, verbose_name=_("receiver"), on_delete=models.CASCADE, related_name="deliveries"
    )
    event = models.CharField(_("event"), max_length=100, db_index=True)
    message_id = models.CharField(max_length=64)
    message = models.JSONField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempt_count = models.PositiveIntegerField(_("attempts"), default=0)
    made_at = models.DateTimeField(_("time"), default=timezone.now, db_index=True)
    due_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [models.Index(fields=["receiver", "state", "due_at"], name="webhooks_due")]
        constraints = [models.UniqueConstraint(fields=["receiver", "message_id"], name="webhooks_one_message_for_each")]

    def __str__(self):
        return f"{self.event} {self.subject}".strip()

    @property
    def event_words(self):
        return label_of(self.event)

    @property
    def subject(self) -> str:
        """What the message is about, as far as it tells."""
        data = self.message.get("data", {})
        return data.get("title") or data.get("url") or (f"#{data['id']}" if "id" in data else "")


class Attempt(models.Model):
    """One request and what came of it. It is written before the request, so that one that was cut short is seen."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    made_at = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=30, blank=True, default="cut_short")
    status = models.PositiveSmallIntegerField(null=True)
    milliseconds = models.PositiveIntegerField(null=True)
    response = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self):
        return str(self.words)

    @property
    def words(self):
        return sentence(self.problem, self.status)
