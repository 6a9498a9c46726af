"""Send what is due to a receiver, oldest first, and note what came of it.

Only rows of the database say what is to be sent. An attempt is noted before the request and completed after it: whoever
comes after a killed process finds when the next attempt is due, and repeats the message under its old id.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet
from django.utils import timezone

from pages.outside.gatekeeper import Gatekeeper, Refused
from pages.outside.request import Failed, Reply, send

from . import problems, signing
from .events import TEST
from .models import GIVEN_UP_AFTER, KEPT, LONGEST_REST, MOST_ATTEMPTS, WAITS, Attempt, Delivery, Receiver
from .telling import still_true

#: Longer than one request can last; then whoever sends is taken for dead.
LEASE = timedelta(minutes=3)
TIMEOUT_SECONDS = 10
KEPT_BYTES = 2000
LONGEST_WAIT = timedelta(days=1)
AGENT = "Rynek-Webhooks/1.0"
#: They say nothing of this message: the next one would fare no better.
OF_THE_RECEIVER = {"no_host", "no_answer", "too_slow", "not_secure", "busy", "error"}


def run(receiver_id: int, seconds: float) -> None:
    """Send to a receiver what is due, for about so long."""
    ends_at = time.monotonic() + seconds
    with claimed(receiver_id) as receiver:
        while receiver and time.monotonic() < ends_at and (delivery := _next(receiver)):
            attempt(receiver, delivery)
            if not _go_on(receiver):
                return


def send_now(delivery: Delivery) -> Attempt | None:
    """Send one message because somebody asked for it; None while another process sends to this receiver."""
    with claimed(delivery.receiver_id) as receiver:
        return attempt(receiver, delivery) if receiver else None


def due(now: datetime) -> QuerySet[Delivery]:
    """Return what could be sent at a moment."""
    rested = Q(receiver__rests_until=None) | Q(receiver__rests_until__lte=now)
    return Delivery.objects.filter(rested, receiver__is_active=True, state=Delivery.State.WAITING, due_at__lte=now)


def due_next(receiver_id: int) -> datetime | None:
    """Return when the next message to a receiver is due, if one waits."""
    waiting = Delivery.objects.filter(receiver=receiver_id, receiver__is_active=True, state=Delivery.State.WAITING)
    not_before = ("due_at", "receiver__rests_until", "receiver__busy_until")
    found = waiting.order_by("due_at").values_list(*not_before).first()
    return max(moment for moment in found if moment) if found else None


def prune() -> None:
    """Give up what nobody took for days, and forget what was settled long ago."""
    now = timezone.now()
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, made_at__lt=now - GIVEN_UP_AFTER)
    waiting.update(state=Delivery.State.GIVEN_UP)
    Delivery.objects.exclude(state=Delivery.State.WAITING).filter(made_at__lt=now - KEPT).delete()


@contextmanager
def claimed(receiver_id: int) -> Iterator[Receiver | None]:
    """Yield the receiver, to whom nobody else sends meanwhile; None when somebody does."""
    now, runner = timezone.now(), uuid4().hex
    free = Q(busy_until=None) | Q(busy_until__lt=now)
    if not Receiver.objects.filter(free, pk=receiver_id).update(runner=runner, busy_until=now + LEASE):
        yield None
        return
    try:
        yield Receiver.objects.get(pk=receiver_id)
    finally:
        _release(receiver_id, runner)


def _release(receiver_id: int, runner: str) -> None:
    Receiver.objects.filter(pk=receiver_id, runner=runner).update(runner="", busy_until=None)


def _next(receiver: Receiver) -> Delivery | None:
    return due(timezone.now()).filter(receiver=receiver).order_by("pk").first()


def _go_on(receiver: Receiver) -> bool:
    """Hold the claim for the next message; false if somebody else has taken over."""
    ours = Receiver.objects.filter(pk=receiver.pk, runner=receiver.runner)
    return bool(ours.update(busy_until=timezone.now() + LEASE))


def attempt(receiver: Receiver, delivery: Delivery) -> Attempt:
    """Make one request and note what came of it."""
    noted = _begin(delivery)
    started = time.monotonic()
    try:
        reply = _post(receiver, delivery)
    except (Refused, Failed) as error:
        noted.problem, wait = error.problem, None
    else:
        noted.problem, wait = problems.problem_of(reply.status), reply.retry_after
        # PostgreSQL takes no NUL.
        noted.status, noted.response = reply.status, reply.text.replace("\0", "")
    noted.milliseconds = int((time.monotonic() - started) * 1000)
    noted.save()
    _settle(delivery, noted, wait)
    _note(receiver, noted, wait)
    return noted


def _begin(delivery: Delivery) -> Attempt:
    now = timezone.now()
    delivery.attempt_count += 1
    delivery.due_at = now + _pause(delivery)
    delivery.message["data"] = still_true(delivery.message["data"], delivery.event)
    delivery.save(update_fields=["attempt_count", "due_at", "message"])
    return Attempt.objects.create(delivery=delivery, made_at=now)


def _post(receiver: Receiver, delivery: Delivery) -> Reply:
    allows_internal = settings.WEBHOOKS_ALLOW_INTERNAL
    if not receiver.address.startswith("https://") and not allows_internal:
        raise Refused("not_encrypted")
    door = Gatekeeper(any_port=True, allows_internal=allows_internal).admit(receiver.address)
    body = json.dumps(delivery.message, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()
    now = timezone.now()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        **signing.headers(delivery.message_id, int(now.timestamp()), body, receiver.keys(now)),
    }
    return send("POST", door, headers, body=body, most_bytes=KEPT_BYTES, timeout_seconds=TIMEOUT_SECONDS)


def _settle(delivery: Delivery, noted: Attempt, wait: timedelta | None) -> None:
    """Say whether a message has arrived, waits for its next attempt, or is given up."""
    if not noted.problem:
        delivery.state = Delivery.State.DELIVERED
    elif noted.problem == "gone" or delivery.event == TEST.name or delivery.attempt_count >= MOST_ATTEMPTS:
        delivery.state = Delivery.State.GIVEN_UP
    else:
        delivery.state = Delivery.State.WAITING
        pause = _pause(delivery)
        delivery.due_at = timezone.now() + max(pause, min(wait or pause, LONGEST_WAIT))
    delivery.save(update_fields=["state", "due_at"])


def _pause(delivery: Delivery) -> timedelta:
    """Return how long to wait after the attempt that was made last."""
    return WAITS[min(delivery.attempt_count, len(WAITS)) - 1]


def _note(receiver: Receiver, noted: Attempt, wait: timedelta | None) -> None:
    """Remember how a receiver fares. One that does not answer rests, so that the others need not wait for it."""
    now = timezone.now()
    if not noted.problem:
        receiver.start_again()
    else:
        receiver.failures += 1
        receiver.failing_since = receiver.failing_since or now
    if noted.problem in OF_THE_RECEIVER:
        pause = WAITS[min(receiver.failures, len(WAITS)) - 1]
        receiver.rests_until = now + max(min(pause, LONGEST_REST), min(wait or pause, LONGEST_REST))
    if noted.problem == "gone":
        receiver.gone_at = now
        Receiver.objects.filter(pk=receiver.pk).update(is_active=False)
        receiver.deliveries.filter(state=Delivery.State.WAITING).update(state=Delivery.State.GIVEN_UP)
    # Not the rest: somebody may be changing the receiver at this moment.
    receiver.save(update_fields=["failures", "failing_since", "rests_until", "gone_at"])
