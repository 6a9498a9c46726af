"""Which segment a row of ours speaks of: the words, their place and the language, as Localize keys its translations."""

from django.db import models
from wagtail_localize.models import String, TranslationContext


class SegmentKey(models.Model):
    """Belongs to one string in one place, so it outlives a refresh of the source as its translation does."""

    translation_of = models.ForeignKey(String, on_delete=models.CASCADE, related_name="+")
    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True
