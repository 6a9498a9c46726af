"""The translators' desk: what to translate next, what changed, and everything that saves translating twice."""

from django.utils.translation import gettext_lazy as _

from pages.plugins import PluginConfig


class Config(PluginConfig):
    name = "pages.contrib.translation"
    label = "translation"
    verbose_name = _("Translators' desk")
    api_endpoints = {"translations": "pages.contrib.translation.endpoints.router"}
    slots = {"not_found": "translation/readers/not_found.html"}
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Let Localize read sources in few queries, and keep the desk in step with the pages."""
        # Models are not loaded before.
        from django.core.checks import register  # noqa: PLC0415
        from wagtail_localize.locales.components import register_locale_component  # noqa: PLC0415
        from wagtail_localize.models import TranslationSource  # noqa: PLC0415

        from .gate import guard  # noqa: PLC0415
        from .listening import listen  # noqa: PLC0415
        from .machine.providers import check_configuration  # noqa: PLC0415
        from .memory.keeping import listen as fill_the_memory  # noqa: PLC0415
        from .models import LanguageSettings  # noqa: PLC0415
        from .sources import refresh_segments  # noqa: PLC0415

        # Localize has no seam here, and calls the method from each of its ways to make a source.
        TranslationSource.refresh_segments = refresh_segments
        TranslationSource.create_or_update_translation = guard(TranslationSource.create_or_update_translation)
        register_locale_component(heading=_("Translations into this language"), required=True)(LanguageSettings)
        register(check_configuration)
        listen()
        fill_the_memory()
