"""Write a plugin that works: a block with its template and translations, and tests."""

import keyword
import re
import shutil
from importlib.util import find_spec
from pathlib import Path

import polib
from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from pages import plugins

#: A plugin that works under this name; the command gives it another.
TEMPLATE = Path(plugins.__file__).parent / "plugin_template" / "my_plugin"
#: A first catalogue, so that the author sees where words go.
WORDS = {
    "pl": {
        "Note": "Notatka",
        "Title": "Tytuł",
        "Text": "Tekst",
        "A title and a text, set apart from the rest.": "Tytuł i tekst, oddzielone od reszty.",
    },
    "uk": {
        "Note": "Примітка",
        "Title": "Заголовок",
        "Text": "Текст",
        "A title and a text, set apart from the rest.": "Заголовок і текст, відокремлені від решти.",
    },
}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("name", help="The label of the plugin: small letters, digits and underscores.")
        parser.add_argument("--target", type=Path, default=Path(), help="The folder that gets the plugin's folder.")

    def handle(self, name, target, **options):
        if reason := _refusal(name):
            raise CommandError(reason)
        folder = target / name
        try:
            shutil.copytree(TEMPLATE, folder, ignore=shutil.ignore_patterns("__pycache__"))
        except FileExistsError as error:
            raise CommandError(f"{folder} exists already; nothing was written.") from error
        _rename(folder, name)
        _write_catalogues(folder / name / "locale")
        self.stdout.write(
            f"{folder} is a plugin that works. Next:\n"
            f"  pip install --editable {folder}\n"
            f"  manage.py plugins\n"
            f"  manage.py test {name} --settings site_project.settings.test"
        )


def _refusal(name: str) -> str:
    """Return why a plugin cannot have this name, or an empty string."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*[a-z0-9]", name) or "__" in name or keyword.iskeyword(name):
        return f"{name!r} is no name for a plugin: take small letters, digits and single underscores."
    if name in {config.label for config in apps.get_app_configs()} or name in plugins.installed_plugins():
        return f"An app of this site is called {name!r} already."
    if find_spec(name):
        return f"A Python package is called {name!r} already, and the plugin would hide it."
    return ""


def _rename(folder: Path, name: str) -> None:
    """Give the plugin its name, in its files and in those files' names."""
    words = name.replace("_", " ").capitalize()
    for path in sorted(folder.rglob("*"), reverse=True):  # what lies in a folder before the folder
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            text = text.replace("my_plugin", name).replace("my-plugin", name.replace("_", "-"))
            path.write_text(text.replace("My plugin", words), encoding="utf-8")
        if "my_plugin" in path.name:
            path.rename(path.with_name(path.name.replace("my_plugin", name)))


def _write_catalogues(folder: Path) -> None:
    for language, words in WORDS.items():
        catalogue = polib.POFile()
        catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": language}
        catalogue.extend(polib.POEntry(msgid=source, msgstr=said) for source, said in words.items())
        place = folder / language / "LC_MESSAGES"
        place.mkdir(parents=True)
        catalogue.save(str(place / "django.po"))
        catalogue.save_as_mofile(str(place / "django.mo"))
