"""The machine translator that Localize is configured with; a language uses it only once an administrator says so."""

import os

from django.core.exceptions import ImproperlyConfigured

from . import environment

TIMEOUT_SECONDS = 30


def machine_translator() -> dict[str, object] | None:
    """Return ``WAGTAILLOCALIZE_MACHINE_TRANSLATOR`` for the service that ``MACHINE_TRANSLATOR`` names, if it names one."""
    name = os.environ.get("MACHINE_TRANSLATOR", "").strip().lower()
    if not name:
        return None
    if name not in _SERVICES:
        raise ImproperlyConfigured(f"MACHINE_TRANSLATOR should be one of {', '.join(_SERVICES)}, not {name!r}.")
    path, options = _SERVICES[name]()
    return {"CLASS": path, "OPTIONS": options}


def _deepl():
    key = environment.required({"MACHINE_TRANSLATOR_KEY": "the key of DeepL"})["MACHINE_TRANSLATOR_KEY"]
    return "pages.contrib.translation.machine.deepl.DeepLTranslator", {"AUTH_KEY": key, "TIMEOUT": TIMEOUT_SECONDS}


def _libretranslate():
    url = environment.required({"MACHINE_TRANSLATOR_URL": "the address of LibreTranslate"})["MACHINE_TRANSLATOR_URL"]
    # A LibreTranslate of one's own may need no key.
    key = os.environ.get("MACHINE_TRANSLATOR_KEY", "").strip()
    options = {"LIBRETRANSLATE_URL": url.rstrip("/"), "API_KEY": key, "TIMEOUT": TIMEOUT_SECONDS}
    return "wagtail_localize.machine_translators.libretranslate.LibreTranslator", options


def _google():
    wanted = environment.required({"MACHINE_TRANSLATOR_PROJECT": "the id of the project at Google"})
    # The account is found through GOOGLE_APPLICATION_CREDENTIALS, by Google's own library.
    options = {"PROJECT_ID": wanted["MACHINE_TRANSLATOR_PROJECT"]}
    return "wagtail_localize.machine_translators.google.GoogleCloudTranslator", options


_SERVICES = {"deepl": _deepl, "libretranslate": _libretranslate, "google": _google}
