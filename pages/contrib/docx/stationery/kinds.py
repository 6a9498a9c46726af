"""The documents that are made of a workshop."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a document is for; its template and its fields go by it."""

    SUMMARY = "summary", _("Summary")
    OUTCOMES = "outcomes", _("List of outcomes")
    CERTIFICATE = "certificate", _("Certificate of attendance")
