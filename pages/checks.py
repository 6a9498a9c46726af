"""System checks: a broken offer of a plugin is named at start, before an editor meets it."""

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
            problem = _template_problem(path) if kind == "slots" else _import_problem(path)
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


def _import_problem(path):
    try:
        import_string(path)
    except Exception as error:  # whatever importing a stranger's module raises
        return f"it cannot be imported ({error})"
    return ""


def _template_problem(name):
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return "there is no such template"
    return ""
