"""Writers of a SQLite database take turns, so that none of them starves."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from django.conf import settings
from django.db import OperationalError, connection

_POLL_SECONDS = 0.004

_threads = threading.Lock()
_mine = threading.local()


def write_turn() -> AbstractContextManager[None]:
    """Return a context in which no other request of this host writes to the same SQLite file.

    SQLite's own waiting is a poll without order: under load some writer always loses. Here
    threads wait for a lock and processes for an ``flock`` beside the database file, which
    the kernel drops when a process dies. Raises ``OperationalError`` after the database's
    own timeout. Other databases do this by themselves.
    """
    if connection.vendor != "sqlite" or getattr(_mine, "turn", False):
        return nullcontext()
    return _turn()


@contextmanager
def _turn() -> Iterator[None]:
    deadline = time.monotonic() + settings.DATABASES["default"].get("OPTIONS", {}).get("timeout", 5)
    if not _threads.acquire(timeout=deadline - time.monotonic()):
        raise OperationalError("database is locked: other requests of this process kept writing")
    _mine.turn = True
    try:
        with _file_lock(deadline):
            yield
    finally:
        _mine.turn = False
        _threads.release()


@contextmanager
def _file_lock(deadline: float) -> Iterator[None]:
    path = _lock_path()
    if path is None:
        yield
        return
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        waited = _wait_for(descriptor, deadline)
        yield
    finally:
        os.close(descriptor)
    if waited:
        # Somebody else wants to write too: let a waiting process go before our next thread.
        time.sleep(2 * _POLL_SECONDS)


def _wait_for(descriptor: int, deadline: float) -> bool:
    """Take the lock and return whether another process held it."""
    waited = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = True
        else:
            return waited
        if time.monotonic() > deadline:
            raise OperationalError("database is locked: another process kept writing")
        time.sleep(_POLL_SECONDS)


def _lock_path() -> str | None:
    name = str(connection.settings_dict["NAME"])
    is_in_memory = ":memory:" in name or "mode=memory" in name
    return None if is_in_memory else f"{name.removeprefix('file:').partition('?')[0]}.write-turn"
