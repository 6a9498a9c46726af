"""System checks: what is wrong with a plugin is named at start, before an editor meets it.

A plugin that cannot be on is left out and the site runs, so these are warnings: an error would
stop every command, letters and reminders among them. ``check --deploy`` is there to stop, and says error.
"""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from . import plugins

HINT = "Mend the plugin, or switch it off with SITE_PLUGINS."


@register()
def warn_of_plugins(app_configs, **kwargs):
    """Return a warning for each plugin that is left out, and for each offer that is."""
    return list(_messages(Warning, "W"))


@register(deploy=True)
def refuse_to_deploy_broken_plugins(app_configs, **kwargs):
    """Return the same as errors."""
    return list(_messages(Error, "E"))


def _messages(severity: type[CheckMessage], letter: str) -> Iterator[CheckMessage]:
    for label, problem in broken_offers():
        is_named = label in settings.PLUGINS.named
        yield (Error if is_named else severity)(problem, hint=HINT, id=f"pages.{'E' if is_named else letter}001")
    for left_out in settings.PLUGINS.left_out:
        yield severity(str(left_out), hint=HINT, id=f"pages.{letter}002")


def broken_offers() -> Iterator[tuple[str, str]]:
    """Yield the label of a plugin and a sentence about each of its offers that cannot be imported, found or named."""
    for kind in plugins.OFFERS:
        find_problem = _problem_of_template if kind == "slots" else _problem_of_object
        for config, name, path in plugins.offers(kind):
            problem = find_problem(path)
            if not problem and kind == "body_blocks" and not name.startswith(f"{config.label}_"):
                problem = f"its name must begin with '{config.label}_', so that stored content tells whose it is"
            if problem:
                yield config.label, f"Plugin {config.label!r} offers {kind}[{name!r}] = {path!r}: {problem}."


def _problem_of_object(path):
    try:
        plugins.imported(path)
    except Exception as error:  # noqa: BLE001 -- whatever importing a stranger's module raises
        return f"it cannot be imported ({error})"
    return ""


def _problem_of_template(name):
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return "there is no such template"
    return ""
