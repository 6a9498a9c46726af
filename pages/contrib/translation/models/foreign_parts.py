"""What readers of a translation still see in the language of the source."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class ForeignParts(models.Model):
    """The texts of a live page that nobody has translated, as they were when it was published."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    #: Strings of Localize.
    texts = models.JSONField(default=list)

    class Meta:
        verbose_name = _("parts that are not translated")
        verbose_name_plural = _("parts that are not translated")

    def __str__(self):
        return str(self.page)
