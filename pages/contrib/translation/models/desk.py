"""What the desk shows, kept ready: one row for each source, one cell for each language it is to be read in.

Everything here can be made anew from the pages and Localize's tables (``manage.py refresh_translation_desk``).
"""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from .requests import TranslationRequest


class DeskSource(models.Model):
    """A page or snippet that was written first in its language."""

    object_key = models.UUIDField(unique=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    page = models.OneToOneField(Page, null=True, on_delete=models.CASCADE, related_name="+")
    #: Of a snippet, since a page has a key of its own above.
    object_id = models.CharField(max_length=255)
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=255)
    is_live = models.BooleanField(default=True)
    published_at = models.DateTimeField(null=True)
    words = models.PositiveIntegerField(_("words"), default=0)

    class Meta:
        indexes = [models.Index(fields=["title", "object_key"], name="desk_by_title")]
        verbose_name = _("source of translations")
        verbose_name_plural = _("sources of translations")

    def __str__(self):
        return self.title


class State(models.TextChoices):
    """How far a translation is."""

    MISSING = "missing", _("missing")
    REQUESTED = "requested", _("requested")
    IN_TRANSLATION = "in_translation", _("in translation")
    TRANSLATED = "translated", _("translated, not published")
    IN_REVIEW = "in_review", _("waiting for review")
    PUBLISHED = "published", _("published")
    OUTDATED = "outdated", _("outdated")
    INDEPENDENT = "independent", _("written on its own")


class DeskCell(models.Model):
    """The state of a source in one language."""

    source = models.ForeignKey(DeskSource, on_delete=models.CASCADE, related_name="cells")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    translation = models.ForeignKey(
        "wagtail_localize.Translation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(_("state"), max_length=20, choices=State)
    #: The id of the page or snippet in this language; empty while there is none.
    target_id = models.CharField(max_length=255, blank=True)
    is_live = models.BooleanField(default=False)
    segments = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    #: Of those that are not done: the ones that wait only for a person to accept proposed words.
    proposed = models.PositiveIntegerField(default=0)
    words_left = models.PositiveIntegerField(default=0)
    #: Since when readers of this language see something older than the source.
    outdated_since = models.DateTimeField(null=True)
    #: The open one; it tells who is asked, and until when.
    request = models.ForeignKey(TranslationRequest, null=True, on_delete=models.SET_NULL, related_name="+")
    #: The smaller, the sooner somebody should look at it.
    urgency = models.PositiveSmallIntegerField(default=9)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "locale"], name="one_cell_for_each_language")]
        indexes = [
            models.Index(fields=["locale", "state"], name="desk_by_state"),
            models.Index(fields=["source", "urgency"], name="desk_by_urgency"),
        ]
        verbose_name = _("state of a translation")
        verbose_name_plural = _("states of translations")

    def __str__(self):
        return f"{self.source} ({self.locale.language_code})"

    @property
    def changed(self) -> int:
        """How many segments have no accepted words for what the source says now."""
        return self.segments - self.done
