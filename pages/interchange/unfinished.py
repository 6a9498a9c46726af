"""Files that are stored before their rows are: each is named by a mark beside them until the rows are committed.

A rollback takes the rows away and leaves the files; ``Library.take_back`` deletes those. A process that is killed deletes
nothing, so its marks stay, and ``clear_unfinished`` deletes what they name. The marks are in the storage and not
in the database, because they have to be there before the transaction ends.
"""

from __future__ import annotations

import datetime
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from media.models import SiteImage

FOLDER = "unfinished"
#: No request and no task works for so long.
PATIENCE = datetime.timedelta(hours=1)


class Marks:
    """The marks of one piece of work."""

    def __init__(self) -> None:
        self._names: list[str] = []

    def add(self, name: str) -> None:
        """Name a file that is about to be written."""
        self._names.append(default_storage.save(f"{FOLDER}/{uuid4().hex}.txt", ContentFile(name.encode())))

    def remove(self) -> None:
        """Forget the marks: the rows are there, or the files are gone."""
        while self._names:
            default_storage.delete(self._names.pop())


def clear_unfinished(patience: datetime.timedelta = PATIENCE) -> int:
    """Delete the files that a killed process has left; return how many."""
    try:
        marks = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return 0
    deleted = 0
    for mark in (f"{FOLDER}/{name}" for name in marks):
        if default_storage.get_modified_time(mark) > timezone.now() - patience:
            continue
        with default_storage.open(mark) as file:
            name = file.read().decode()
        if not SiteImage.objects.filter(file=name).exists() and default_storage.exists(name):
            default_storage.delete(name)
            deleted += 1
        default_storage.delete(mark)
    return deleted
