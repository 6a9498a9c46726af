"""Write down for each receiver what it will be told, in the transaction of the change itself.

So a change that is rolled back tells nobody, and one that is committed is told even if the process dies a moment later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from asgiref.local import Local
from django.db import transaction
from django.utils import timezone

from . import signing, tasks
from .events import TEST
from .models import Delivery, Receiver

#: What a message says; asked only when somebody wants to hear it. Nothing to say is no message.
Tell = Callable[[], dict[str, Any] | None]


def write(told: dict[str, Tell]) -> None:
    """Write down events by their names; costs one query where nobody listens."""
    receivers = list(Receiver.objects.filter(is_active=True).order_by("pk"))
    for event, tell in told.items():
        wanting = [receiver for receiver in receivers if event in receiver.events]
        data = tell() if wanting else None
        if data is not None:
            _write(event, data, wanting)


def write_test(receiver: Receiver, words: str) -> Delivery:
    """Write down a message that tells nothing but that it arrives."""
    return _write(TEST.name, {"words": words}, [receiver])[0]


def _write(event: str, data: dict[str, Any], receivers: list[Receiver]) -> list[Delivery]:
    now, message_id = timezone.now(), signing.new_message_id()
    message = {"id": message_id, "type": event, "timestamp": now.isoformat(), "data": data}
    deliveries = Delivery.objects.bulk_create(
        Delivery(receiver=receiver, event=event, message_id=message_id, message=message, made_at=now, due_at=now)
        for receiver in receivers
    )
    _send_later(receiver.pk for receiver in receivers)
    return deliveries


#: Receivers for whom something was written in the transaction of this thread.
_pending = Local()


def _send_later(receivers: Iterable[int]) -> None:
    _pending.receivers = getattr(_pending, "receivers", set()) | {*receivers}
    # A failure here must not turn a publication that has happened into an error page; Django logs it.
    transaction.on_commit(_begin, robust=True)


def _begin() -> None:
    receivers, _pending.receivers = getattr(_pending, "receivers", set()), set()
    for pk in sorted(receivers):
        tasks.begin(pk)
