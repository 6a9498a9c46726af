"""What Wagtail notes when a page gets another address, mended in two places where it loses old ones."""

from __future__ import annotations

import hashlib
from typing import Any

from wagtail.contrib.redirects import signal_handlers
from wagtail.contrib.redirects.models import Redirect

LONGEST = Redirect._meta.get_field("old_path").max_length


def fitting(path: str) -> str:
    """Return a path as it is noted: one that is too long for its column ends in a mark of the whole."""
    if len(path) <= LONGEST:
        return path
    mark = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return f"{path[: LONGEST - len(mark) - 1]}~{mark}"


class OldAddresses(signal_handlers.BatchRedirectCreator):
    """Redirects to be saved together."""

    def add(self, *, instance: Redirect | None = None, **fields: Any) -> None:
        if "old_path" in fields:
            # PostgreSQL would refuse it, and none of the others would be saved.
            fields["old_path"] = fitting(fields["old_path"])
        super().add(instance=instance, **fields)

    def pre_process(self) -> None:
        # Without this an empty batch, as when the home page of a translation gets another slug, makes an empty
        # condition, and Wagtail 8.0 would delete every redirect that it ever made.
        if self.items:
            super().pre_process()


def connect() -> None:
    """Let Wagtail's receivers use our batch."""
    signal_handlers.BatchRedirectCreator = OldAddresses
