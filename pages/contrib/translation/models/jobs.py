"""Long work, kept as a list of steps, so that it can be watched, cancelled and gone on with after a restart."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale

#: A worker that has said nothing for so long is dead; one request to a machine may take two minutes with its retries.
SILENCE = timedelta(minutes=5)


class Job(models.Model):
    """Work on many translations; what of it is done is committed step by step."""

    class Kind(models.TextChoices):
        PRETRANSLATE = "pretranslate", _("Pre-translation")
        SUBMIT = "submit", _("Submission for translation")
        UPDATE = "update", _("Update of translations")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        STOPPED = "stopped", _("stopped")
        CANCELLED = "cancelled", pgettext_lazy("a job", "cancelled")
        FINISHED = "finished", _("finished")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    #: What holds for all steps, such as which machine was agreed to for which language.
    details = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(_("begun"), default=timezone.now, db_index=True)
    #: Who works on it now, and when they last said so.
    runner = models.CharField(max_length=32, blank=True)
    beat_at = models.DateTimeField(null=True)
    #: Why it stopped before its end, in the words of who began it.
    trouble = models.TextField(blank=True)
    cancelled_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        permissions = [("use_machine_translation", _("Can send texts to machine translators"))]
        ordering = ["-made_at", "-pk"]
        verbose_name = _("job")
        verbose_name_plural = _("jobs")

    def __str__(self):
        return str(self.get_kind_display())

    @property
    def state(self) -> State:
        if self.finished_at:
            return self.State.FINISHED
        if self.cancelled_at:
            return self.State.CANCELLED
        if self.trouble:
            return self.State.STOPPED
        if self.runner:
            return self.State.RUNNING if self.beat_at > timezone.now() - SILENCE else self.State.STOPPED
        return self.State.WAITING

    @property
    def is_over(self) -> bool:
        return bool(self.finished_at or self.cancelled_at)

    def progress(self) -> dict[str, int]:
        """Return how much is done of how much, and how many steps were not done, in one query."""
        failed = Q(state__in=[JobStep.State.LEFT_OUT, JobStep.State.FAILED])
        told = self.steps.aggregate(all=Sum("size"), done=Sum("done"), steps=Count("pk"), not_done=Count("pk", failed))
        return {name: value or 0 for name, value in told.items()}


class JobStep(models.Model):
    """One page, snippet or translation of a job."""

    class State(models.TextChoices):
        TODO = "todo", _("to do")
        DONE = "done", _("done")
        LEFT_OUT = "left_out", _("left out")
        FAILED = "failed", _("failed")

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    #: The id of a translation or of a page, as the kind of the job has it.
    subject = models.PositiveBigIntegerField()
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=255)
    size = models.PositiveIntegerField(default=1)
    done = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.TODO)
    #: Why it was not done, or what to look at, in the words of who began the job.
    note = models.TextField(blank=True)
    #: What was done, counted: ``memory``, ``machine``, ``flagged``, ``characters``.
    counts = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="one_step_for_each_number")]
        indexes = [models.Index(fields=["job", "state"], name="steps_by_state")]
        ordering = ["number"]
        verbose_name = _("step of a job")
        verbose_name_plural = _("steps of jobs")

    def __str__(self):
        return self.title
