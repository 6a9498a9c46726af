"""When messages are sent: by the worker at once and after each wait, else by ``manage.py send_webhooks``."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from . import sending
from .models import Receiver

#: A worker has other tasks, too.
SECONDS = 20


@task()
def send_to(receiver_id):
    """Send to a receiver what is due, and come back for the rest; also for what another process has left undone."""
    sending.prune()
    sending.run(receiver_id, SECONDS)
    if moment := sending.due_next(receiver_id):
        _come_back(receiver_id, moment)


def _come_back(receiver_id: int, moment: datetime) -> None:
    """Let one task wait for the moment, however many events there were meanwhile."""
    now = timezone.now()
    moment = max(moment, now + timedelta(seconds=1))
    has_nobody = Q(wakes_at=None) | Q(wakes_at__lte=now) | Q(wakes_at__gt=moment)
    if Receiver.objects.filter(has_nobody, pk=receiver_id).update(wakes_at=moment):
        send_to.using(run_after=moment).enqueue(receiver_id)


def begin(receiver_id: int) -> None:
    """Let the worker send to a receiver, where there is one.

    Without a worker nobody's request waits for another server: what is due stays for ``manage.py send_webhooks``.
    """
    if has_worker():
        send_to.enqueue(receiver_id)


def has_worker() -> bool:
    return send_to.get_backend().supports_defer
