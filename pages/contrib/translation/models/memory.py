"""Everything that was ever translated, to be found again by its words."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ..wording import plain


class MemoryEntry(models.Model):
    """A segment and an accepted translation of it. Each pair of wordings is kept once.

    The database finds similar entries by ``stems``: full text on SQLite, an index of arrays on PostgreSQL (migration
    0002).
    """

    source_language = models.CharField(_("from"), max_length=20)
    target_language = models.CharField(_("into"), max_length=20)
    source = models.TextField(_("original"))
    target = models.TextField(_("translation"))
    #: Of the essence of the source: two entries with one hash differ in white space and quotes at most.
    source_hash = models.CharField(max_length=32)
    target_hash = models.CharField(max_length=32)
    #: Of the source without the values of its numbers, dates and addresses.
    shape_hash = models.CharField(max_length=32)
    #: The stems of its words, by which similar segments are found.
    stems = models.TextField()
    origin = models.CharField(_("origin"), max_length=255, blank=True)
    is_imported = models.BooleanField(_("imported"), default=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("date"), default=timezone.now)
    times_used = models.PositiveIntegerField(_("times used"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_language", "target_language", "source_hash", "target_hash"],
                name="one_memory_entry_for_each_pair",
            )
        ]
        indexes = [
            models.Index(fields=["source_language", "target_language", "shape_hash"], name="memory_by_shape"),
            models.Index(fields=["-made_at", "-id"], name="memory_newest_first"),
        ]
        ordering = ["-made_at", "-pk"]
        verbose_name = _("entry of the translation memory")
        verbose_name_plural = _("translation memory")

    def __str__(self):
        return Truncator(plain(self.source)).chars(60)
