"""How far a long piece of work is, for somebody who waits; where nobody listens, nothing is counted.

The work says only what it goes through (``counted``) and when something else begins (``next_step``). Who listens is
found in the context, so that no function between the two has to know of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

_T = TypeVar("_T")
#: Told the number of the step, from 1 on, and how many of a hundred parts of it are done; None where nobody counts.
Tell = Callable[[int, "int | None"], None]


class _Listening:
    def __init__(self, tell: Tell):
        self.tell = tell
        self.step = 0
        self.percent: int | None = None
        self.is_counting = False
        self.begin, self.end = 0.0, 1.0

    def at(self, fraction: float) -> None:
        percent = int(100 * (self.begin + fraction * (self.end - self.begin)))
        # Never back: some things are gone through twice.
        if self.percent is None or percent > self.percent:
            self.percent = percent
            self.tell(self.step, percent)


_listening: ContextVar[_Listening | None] = ContextVar("listening", default=None)


@contextmanager
def listening(tell: Tell) -> Iterator[None]:
    """Hear how far what is done inside is."""
    token = _listening.set(_Listening(tell))
    try:
        yield
    finally:
        _listening.reset(token)


def next_step() -> None:
    """Say that something else begins."""
    if listener := _listening.get():
        listener.step, listener.percent = listener.step + 1, None
        listener.tell(listener.step, None)


def counted(things: Sequence[_T]) -> Iterator[_T]:
    """Yield things one by one, and tell how many are done; of loops inside loops the outermost counts."""
    listener = _listening.get()
    if listener is None or listener.is_counting:
        yield from things
        return
    listener.is_counting = True
    try:
        for number, thing in enumerate(things):
            listener.at(number / len(things))
            yield thing
    finally:
        listener.is_counting = False


@contextmanager
def portion(begin: float, end: float) -> Iterator[None]:
    """Let what is counted inside be a part of the step, from one fraction of it to another."""
    listener = _listening.get()
    if listener is None:
        yield
        return
    before = listener.begin, listener.end
    length = before[1] - before[0]
    listener.begin, listener.end = before[0] + begin * length, before[0] + end * length
    try:
        yield
    finally:
        listener.begin, listener.end = before
