"""The content: page types, blocks, snippets and the socket for plugins."""

import logging

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import checks, parked_translations, redirects, share_picture_files, translated_marks  # noqa: F401, PLC0415 -- registering needs loaded apps

        for left_out in settings.PLUGINS.left_out:
            logger.error("%s", left_out, exc_info=left_out.error)
        parked_translations.connect()
        translated_marks.connect()
        redirects.connect()
        share_picture_files.connect()
