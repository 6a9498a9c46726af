"""The library: images, galleries' pictures and documents, and who may see them."""

from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "media"
    verbose_name = _("Media library")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.documents.signal_handlers import post_delete_file_cleanup  # noqa: PLC0415

        from media import privacy, renditions  # noqa: PLC0415 -- models are loaded only by now.
        from media.models import DocumentVersion  # noqa: PLC0415

        # Whoever deletes a document wants its earlier versions gone as well.
        post_delete.connect(post_delete_file_cleanup, sender=DocumentVersion)
        privacy.connect()
        renditions.connect()
