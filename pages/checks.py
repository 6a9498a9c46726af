"""System checks: a broken offer of a plugin is named at start, before an editor meets it."""

from importlib import import_module

from django.core.checks import Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.module_loading import import_string

from . import plugins


@register()
def check_plugin_offers(app_configs, **kwargs):
    """Return an error for each offer of a plugin that cannot be imported, found or named."""
    errors = []
    for kind in plugins.OFFERS:
        for config, name, path in plugins.offers(kind):
            problem = PROBLEM_FINDERS.get(kind, _problem_of_object)(path)
            if not problem and kind == "body_blocks" and not name.startswith(f"{config.label}_"):
                problem = f"its name must begin with '{config.label}_', so that stored content tells whose it is"
            if problem:
                errors.append(
                    Error(
                        f"Plugin {config.label!r} offers {kind}[{name!r}] = {path!r}: {problem}.",
                        hint="Mend the plugin, or switch it off with SITE_PLUGINS.",
                        id="pages.E001",
                    )
                )
    return errors


def _problem_of_object(path):
    return _problem_of_import(import_string, path)


def _problem_of_module(path):
    return _problem_of_import(import_module, path)


def _problem_of_import(import_it, path):
    try:
        import_it(path)
    except Exception as error:  # noqa: BLE001 -- whatever importing a stranger's module raises
        return f"it cannot be imported ({error})"
    return ""


def _problem_of_template(name):
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return "there is no such template"
    return ""


PROBLEM_FINDERS = {"slots": _problem_of_template, "public_urls": _problem_of_module}
