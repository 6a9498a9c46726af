"""How a job gets done: by the worker where there is one, else within the request, slice by slice."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from ..models import Job
from ..models.jobs import SILENCE
from . import works  # noqa: F401 -- the worker has to know them
from .running import run

#: A worker has other tasks, too.
SECONDS_FOR_A_WORKER = 20
#: With SQLite all other writers wait for so long, and give up after twenty.
SECONDS_WITHIN_A_REQUEST = 8
LOOK_AGAIN = SILENCE + timedelta(minutes=1)


@task()
def go_on(job_id):
    """Work on a job for a while, then let other tasks have their turn."""
    is_left = run(job_id, SECONDS_FOR_A_WORKER if has_worker() else SECONDS_WITHIN_A_REQUEST)
    if is_left and has_worker():
        go_on.enqueue(job_id)


@task()
def look_after(job_id):
    """Go on with a job whose worker was killed; the task of a killed worker is not begun again by itself."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None or job.is_over or job.trouble:
        return
    look_after.using(run_after=timezone.now() + LOOK_AGAIN).enqueue(job_id)
    if job.beat_at is None or job.beat_at < timezone.now() - SILENCE:
        go_on.enqueue(job_id)


def has_worker() -> bool:
    """Return whether tasks wait for a worker, instead of being done where they are asked for."""
    return go_on.get_backend().supports_defer


def begin(job: Job) -> None:
    """Set a job to work once it is committed; also one that was stopped."""
    transaction.on_commit(lambda: _begin(job.pk))


def _begin(job_id) -> None:
    if has_worker():
        look_after.using(run_after=timezone.now() + LOOK_AGAIN).enqueue(job_id)
    go_on.enqueue(job_id)
