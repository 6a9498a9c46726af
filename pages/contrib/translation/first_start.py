"""A site that was translated before it had this room finds its desk and its memory filled after ``migrate``."""

from __future__ import annotations

from django.apps import apps as installed


def catch_up(sender, using: str = "default", apps=installed, **kwargs) -> None:
    """Remember and count what is there already, while nothing is remembered and counted yet.

    Connected to ``post_migrate``; ``apps`` are as the last migration left them.
    """
    # Models are not loaded while plugins are announced.
    from wagtail_localize.models import StringTranslation, Translation  # noqa: PLC0415

    from .memory.beginning import remember_everything  # noqa: PLC0415
    from .models import DeskSource, MemoryEntry  # noqa: PLC0415
    from .recount import recount_everything  # noqa: PLC0415

    try:
        apps.get_model("translation", "MemoryEntry")
    except LookupError:  # The tables were just taken away: migrate translation zero.
        return
    if not MemoryEntry.objects.using(using).exists() and StringTranslation.objects.using(using).exists():
        remember_everything()
    if not DeskSource.objects.using(using).exists() and Translation.objects.using(using).exists():
        recount_everything()
