"""The machine translators that are installed: those of plugins, and the one Localize is configured with."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.machine_translators.base import BaseMachineTranslator

from pages.plugins import taken

#: The one of ``WAGTAILLOCALIZE_MACHINE_TRANSLATOR``; those of plugins have their plugin's label and a dot.
OF_LOCALIZE = "localize"


@dataclass(frozen=True)
class Provider:
    """A machine translator under the name that languages keep."""

    name: str
    translator: BaseMachineTranslator

    @property
    def label(self) -> str:
        return str(self.translator.display_name)

    def serves(self, source: Locale, target: Locale) -> bool:
        return bool(self.translator.can_translate(source, target))


def providers() -> dict[str, Provider]:
    """Return what is installed, by name; none of it is asked before a language is given one."""
    found = {}
    # A site whose configuration is wrong does not start; the check that says so asks for these, too.
    if not check_configuration() and (translator := get_machine_translator()):
        found[OF_LOCALIZE] = Provider(OF_LOCALIZE, translator)
    for config, name, translator in taken("machine_translators"):
        full_name = f"{config.label}.{name}"
        found[full_name] = Provider(full_name, translator({}))
    return found


def choices() -> list[tuple[str, str]]:
    """Return the choices of an administrator; the first is none."""
    return [("", _("None: no text leaves the house")), *((name, one.label) for name, one in providers().items())]


def check_configuration(**kwargs) -> list[CheckMessage]:
    """Name a machine translator of the settings that is not there, before an editor meets it."""
    configured = getattr(settings, "WAGTAILLOCALIZE_MACHINE_TRANSLATOR", None)
    if configured is None:
        return []
    try:
        import_string(configured["CLASS"])
    except (ImportError, KeyError) as error:
        return [Error(f"WAGTAILLOCALIZE_MACHINE_TRANSLATOR cannot be used: {error}", id="translation.E001")]
    return []


def switched_on() -> dict[int, Provider]:
    """Return the machine translator of each language that an administrator gave one, by the id of the language."""
    from ..models import LanguageSettings  # noqa: PLC0415 -- its choices are those above

    installed = providers()
    rows = LanguageSettings.objects.exclude(machine_translator="").values_list("locale", "machine_translator")
    return {locale: installed[name] for locale, name in rows if name in installed}


def may_use_machines(user: AbstractBaseUser) -> bool:
    """Return whether somebody may send texts where an administrator has switched it on."""
    return user.has_perm("translation.use_machine_translation")
