"""Do the steps of a job, one after another, until it ends, is cancelled or has had its time."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from pages.preferred_language import preferred_language

from ..machine.asking import Trouble
from ..models import Job, JobStep
from ..models.jobs import SILENCE

logger = logging.getLogger(__name__)

KEPT = timedelta(days=90)


class LeftOut(Exception):
    """A step that is not to be done; the message says why, in the language of who began the job."""


#: Does one step. One that commits in between yields what it did each time; it can be begun anew wherever it was left.
Work = Callable[[JobStep], Iterable[Counter[str]]]
WORKS: dict[str, Work] = {}


def work(kind: Job.Kind) -> Callable[[Work], Work]:
    """Register how a step of this kind of job is done."""

    def register(function: Work) -> Work:
        WORKS[kind] = function
        return function

    return register


@transaction.atomic
def make(kind: Job.Kind, steps: list[JobStep], user, **details) -> Job:
    """Keep a job with its steps; ``tasks.begin`` sets it to work."""
    Job.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
    job = Job.objects.create(kind=kind, made_by=user, details=details)
    for number, step in enumerate(steps, 1):
        step.job, step.number = job, number
        step.title = step.title[: JobStep._meta.get_field("title").max_length]
    JobStep.objects.bulk_create(steps)
    return job


def run(job_id: int, seconds: float) -> bool:
    """Work on a job for about so long; return whether something is left for somebody to go on with."""
    with _claimed(job_id) as job:
        if job is None:
            return False
        with translation.override(preferred_language(job.made_by)):
            return _work_on(job, time.monotonic() + seconds)


@contextmanager
def _claimed(job_id: int) -> Iterator[Job | None]:
    """Yield the job, which nobody else works on meanwhile; ``None`` when somebody does, or when it is over."""
    runner, now = uuid4().hex, timezone.now()
    free = Q(runner="") | Q(beat_at__lt=now - SILENCE)
    ours = Job.objects.filter(free, pk=job_id, finished_at=None, cancelled_at=None)
    if not ours.update(runner=runner, beat_at=now, trouble=""):
        yield None
        return
    try:
        yield Job.objects.select_related("made_by").get(pk=job_id)
    finally:
        Job.objects.filter(pk=job_id, runner=runner).update(runner="")


def _work_on(job: Job, ends_at: float) -> bool:
    for step in job.steps.filter(state=JobStep.State.TODO).select_related("locale"):
        step.job = job
        try:
            if not _do(step, ends_at):
                return not Job.objects.get(pk=job.pk).is_over
        except Trouble as trouble:
            # What was done stays. Nobody goes on by itself: the next text would fare no better.
            Job.objects.filter(pk=job.pk).update(trouble=str(trouble))
            return False
    Job.objects.filter(pk=job.pk, cancelled_at=None).update(finished_at=timezone.now())
    return False


def _do(step: JobStep, ends_at: float) -> bool:
    """Do a step; return whether the next one may begin."""
    state = JobStep.State.DONE
    try:
        for done in WORKS[step.job.kind](step):
            step.counts = Counter(step.counts) + done
            step.done = min(step.size, step.done + done["memory"] + done["machine"])
            step.save(update_fields=["counts", "done"])
            if not _may_go_on(step.job, ends_at):
                return False
    except LeftOut as reason:
        state, step.note = JobStep.State.LEFT_OUT, str(reason)
    except Trouble:
        raise
    except Exception:  # one page that cannot be done must not keep the others waiting
        logger.exception("Step %s of job %s could not be done", step.number, step.job_id)
        state = JobStep.State.FAILED
    step.state, step.done = state, step.size
    step.save(update_fields=["state", "done", "note"])
    return _may_go_on(step.job, ends_at)


def _may_go_on(job: Job, ends_at: float) -> bool:
    is_ours = Job.objects.filter(pk=job.pk, runner=job.runner, cancelled_at=None).update(beat_at=timezone.now())
    return bool(is_ours) and time.monotonic() < ends_at
