"""Since when an answer has been what it is, as far as this process knows (docs/decisions/0050-a-date-stands-for-one-answer.md)."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict

#: So many addresses are remembered, in about two megabytes.
MOST = 10_000


class Remembered:
    """What stood at each address when it was last asked for, and since which second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, tuple[str, int]] = OrderedDict()
        self._now = 0

    def since(self, address: str, mark: str) -> int | None:
        """Return the second after which this address has told nothing but ``mark``; None until it is over.

        No two answers of an address ever get the same one, however often they are forgotten.
        """
        key = hashlib.sha256(address.encode(errors="surrogatepass")).digest()[:16]
        with self._lock:
            self._now = max(self._now, int(time.time()))  # a clock that is set back would tell a second twice
            known = self._known.pop(key, None)
            if known is None or known[0] != mark:
                known = mark, self._now | 1
            self._known[key] = known
            if len(self._known) > MOST:
                self._known.popitem(last=False)
            return known[1] if known[1] < self._now else None


def only_told(moment: float) -> int:
    """Return a moment as a second that ``since`` never returns: even, where those are odd."""
    return int(moment) & ~1
