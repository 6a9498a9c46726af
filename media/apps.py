"""The library: images, galleries' pictures and documents, and who may see them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "media"
    verbose_name = _("Media library")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from media import privacy, renditions  # noqa: PLC0415 -- models are loaded only by now.

        privacy.connect()
        renditions.connect()
