"""Word files between their preview and the page that is made of them, or changed after them."""

import datetime
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UploadQuerySet(models.QuerySet):
    def forgotten(self):
        """Those that nobody decided about for so long that they are deleted."""
        return self.filter(uploaded_at__lt=timezone.now() - Upload.KEPT)


class Upload(models.Model):
    """An uploaded file that somebody has yet to decide about.

    Its bytes stand in the row: seen by nobody but who uploaded them, and gone in the same transaction in which
    the page comes, or changes.
    """

    KEPT: ClassVar = datetime.timedelta(days=1)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("file"), max_length=255)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = UploadQuerySet.as_manager()
    # Otherwise a page would seem to be used where somebody tried a file out.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class WaitingFile(Upload):
    """A file whose page is not made yet."""

    parent = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    page_type = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("waiting Word file")
        verbose_name_plural = _("waiting Word files")


class ReturnedFile(Upload):
    """A file that was made of a page and has come back, until an editor has chosen what of it to take."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("returned Word file")
        verbose_name_plural = _("returned Word files")
