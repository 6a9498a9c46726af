"""A round to other sites: which addresses are due, in which order, and what is made of the answers."""

from __future__ import annotations

import datetime
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from .asking import Answer, Visitor
from .keeping import due
from .models import Address, LinkCheckSettings, Progress

#: Problems that our own lost network would cause as well.
LIKE_NO_NETWORK = {"no_host", "no_answer", "too_slow"}
#: So many different hosts without one answer mean that it is us.
HOSTS_THAT_TELL = 3
MOST_PER_ROUND = 200
ROUND_LASTS = datetime.timedelta(minutes=20)


@dataclass
class Outcome:
    """What a round did; ``reason`` is a word where it did nothing, or stopped."""

    asked: int = 0
    reason: str = ""


def visitor() -> Visitor:
    return Visitor(settings.WAGTAILADMIN_BASE_URL)


def ask_due(
    visitor: Visitor, most: int = MOST_PER_ROUND, tell: Callable[[Address], None] = lambda address: None
) -> Outcome:
    """Ask at most ``most`` addresses that are due, unless it is off or another process is at it."""
    rules = LinkCheckSettings.load()
    if not rules.asks_other_sites:
        return Outcome(reason="off")
    # Longer than a round may last, so that a killed one does not block the next day's.
    if not Progress.claim(2 * ROUND_LASTS):
        return Outcome(reason="busy")
    try:
        return _ask(list(due(timezone.now())[:most]), visitor, rules, tell)
    finally:
        Progress.release()


def _ask(addresses: list[Address], visitor: Visitor, rules, tell) -> Outcome:
    outcome, stops_at = Outcome(), time.monotonic() + ROUND_LASTS.total_seconds()
    held: list[tuple[Address, Answer]] = []
    has_network = False
    for address in hosts_in_turn(addresses):
        if time.monotonic() > stops_at:
            outcome.reason = "time"
            break
        answer = Answer("left_alone") if rules.leaves_alone(address.host) else visitor.ask(address.url)
        outcome.asked += 1
        tell(address)
        has_network = has_network or answer.status is not None
        held.append((address, answer))
        if has_network or answer.problem not in LIKE_NO_NETWORK:
            _note(held)
        elif len({late.host for late, _answer in held}) >= HOSTS_THAT_TELL:
            # Nobody answers at all: nothing is held against them.
            return Outcome(asked=outcome.asked, reason="no network")
    _note(held)
    return outcome


def _note(held: list[tuple[Address, Answer]]) -> None:
    for address, answer in held:
        address.note(answer)
    held.clear()


def hosts_in_turn(addresses: Iterable[Address]) -> Iterator[Address]:
    """Yield one address of each host, then the next of each: nobody is asked twice in a row while others wait."""
    by_host: dict[str, deque[Address]] = defaultdict(deque)
    for address in addresses:
        by_host[address.host].append(address)
    queues = deque(by_host.values())
    while queues:
        queue = queues.popleft()
        yield queue.popleft()
        if queue:
            queues.append(queue)
