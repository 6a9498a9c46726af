"""Word files between their preview and the page that is made of them."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WaitingFileQuerySet(models.QuerySet):
    def forgotten(self):
        """Those that nobody made a page of for so long that they are deleted."""
        return self.filter(uploaded_at__lt=timezone.now() - WaitingFile.KEPT)


class WaitingFile(models.Model):
    """An uploaded file whose page is not made yet.

    Its bytes stand in the row: seen by nobody but who uploaded them, and gone in the same transaction in which
    the page comes.
    """

    KEPT = datetime.timedelta(days=1)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("file"), max_length=255)
    content = models.BinaryField()
    parent = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    page_type = models.CharField(max_length=100)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = WaitingFileQuerySet.as_manager()
    # Otherwise a page would seem to be used where somebody tried a file out.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("waiting Word file")
        verbose_name_plural = _("waiting Word files")

    def __str__(self):
        return self.name
