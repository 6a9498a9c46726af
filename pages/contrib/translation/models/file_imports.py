"""Reports of what became of uploaded files."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FileImport(models.Model):
    """One uploaded file and its verdicts; ``lines`` are those of ``exchange.verdicts.Line`` as dictionaries."""

    file_name = models.CharField(_("file"), max_length=255)
    lines = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")

    def __str__(self):
        return self.file_name
