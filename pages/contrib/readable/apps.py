"""Every attachment readable: a page of each document's text, and what its author has to mend."""

from django.utils.translation import gettext_lazy as _

from pages.plugins import PluginConfig


class Config(PluginConfig):
    name = "pages.contrib.readable"
    label = "readable"
    verbose_name = _("Readable attachments")
    default_auto_field = "django.db.models.BigAutoField"

    public_urls = {"readable": "pages.contrib.readable.urls"}
    importers = {
        "pptx": "pages.contrib.readable.reading.slides.open_file",
        "odt": "pages.contrib.readable.reading.opendocument.open_file",
    }

    def ready(self):
        from . import listening  # noqa: PLC0415 -- signals need loaded models

        listening.connect()
