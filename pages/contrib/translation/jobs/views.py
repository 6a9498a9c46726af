"""Jobs in the admin: how far each is, what was left out, and the buttons to cancel it or to go on."""

from __future__ import annotations

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from ..models import Job, JobStep
from . import tasks

JOBS_ON_A_PAGE = 25
STEPS_SHOWN = 200


@require_safe
@never_cache
def job_list(request: HttpRequest) -> HttpResponse:
    """Show the jobs of this person, the newest first; an administrator sees those of all."""
    jobs = Job.objects.select_related("made_by__wagtail_userprofile")
    if not request.user.is_superuser:
        jobs = jobs.filter(made_by=request.user)
    page = Paginator(jobs, JOBS_ON_A_PAGE).get_page(request.GET.get("p"))
    return render(request, "translation/jobs/list.html", {"jobs": page})


@require_safe
@never_cache
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a job is; ``?part=1`` is what the script puts in the place of what it shows."""
    found = _job(request, pk)
    template = "translation/jobs/state.html" if request.GET.get("part") else "translation/jobs/job.html"
    return render(request, template, _told(found))


def _told(job: Job) -> dict:
    progress = job.progress()
    percent = 100 if job.finished_at else min(99, 100 * progress["done"] // (progress["all"] or 1))
    state, has_worker = job.state, tasks.has_worker()
    noted = job.steps.exclude(note="", state=JobStep.State.DONE).exclude(state=JobStep.State.TODO)
    return {
        "job": job,
        "state": state,
        "progress": progress | {"percent": percent, "tens": percent // 10 * 10},
        "counts": _counts(job),
        "noted": noted.select_related("locale")[:STEPS_SHOWN],
        "is_moving": state == Job.State.RUNNING or (state == Job.State.WAITING and has_worker),
        "can_go_on": state == Job.State.STOPPED or (state == Job.State.WAITING and not has_worker),
    }


def _counts(job: Job) -> Counter[str]:
    counts: Counter[str] = Counter()
    for of_step in job.steps.exclude(counts={}).values_list("counts", flat=True):
        counts.update(of_step)
    return counts


# The work itself commits step by step, and may take as long as a request is allowed to.
@transaction.non_atomic_requests
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a job that was stopped."""
    found = _job(request, pk)
    if not found.is_over:
        Job.objects.filter(pk=pk).update(trouble="")
        tasks.begin(found)
    return redirect("translation:job", pk)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a job end after what it is doing now; what is done stays."""
    found = _job(request, pk)
    if Job.objects.filter(pk=found.pk, finished_at=None, cancelled_at=None).update(cancelled_at=timezone.now()):
        messages.success(request, _("Cancelled. What was done stays."))
    return redirect("translation:job", pk)


def _job(request, pk) -> Job:
    found = get_object_or_404(Job, pk=pk)
    if found.made_by_id != request.user.pk and not request.user.is_superuser:
        raise PermissionDenied
    return found
