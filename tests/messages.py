"""Gather the words to translate and compile the translations: what ``make messages`` calls.

Words of ``pages/`` and ``media/`` go to the ``locale`` folder of their own app, everything
else to ``site_project/locale``. English is the language of the sources, so its catalogue
repeats them (docs/decisions/0008-catalogues-are-committed-compiled.md).
The catalogues of ``READERS_LANGUAGES`` hold the words of readers' pages only.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("pl", "en", "uk")
#: The admin is not offered in these (``WAGTAILADMIN_PERMITTED_LANGUAGES``).
READERS_LANGUAGES = ("ar",)
READERS_PLACES = (
    "templates/",
    "pages/footnotes.py",
    "pages/formats.py",
    "pages/templatetags/",
    "pages/models/filters.py",
    "pages/calendars.py",
    "pages/search/models.py",
    "pages/search/views.py",
    "pages/contrib/accessibility/templates/accessibility/",
    "pages/contrib/docx/exporting.py",
    "pages/contrib/docx/writing/",
    "pages/interchange/body_outline.py",
    "pages/interchange/page_outline.py",
    "pages/contrib/readable/page_html.py",
    "pages/contrib/readable/reading/",
    "pages/contrib/readable/templates/readable/page.html",
    "pages/contrib/accessibility/report_form.py",
    "pages/contrib/accessibility/reporting.py",
    "pages/contrib/preview_links/templates/preview_links/banner.html",
    "pages/contrib/preview_links/templates/preview_links/ended.html",
    "pages/contrib/translation/templates/translation/readers/",
)
EDITORS_PLACES = ("templates/wagtailadmin/",)
ROOMS = ("site_project", "pages", "media")
NOT_OURS = ("tests", "plugin_template", "docs", "var", ".venv", ".venv-next")


def catalogues(root=ROOT):
    """Return the paths of all catalogues, those of plugins inside a room among them."""
    expected = {
        root / room / "locale" / language / "LC_MESSAGES" / "django.po" for room in ROOMS for language in LANGUAGES
    }
    found = {path for room in ROOMS for path in (root / room).rglob("locale/*/LC_MESSAGES/*.po")}
    return sorted(expected | found)


def gather(root=ROOT):
    """Bring the catalogues of the project at ``root`` up to date with its sources and templates."""
    for room in ROOMS:
        (root / room / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "manage.py", "makemessages", "--add-location", "file", "--no-obsolete"]
    command += [word for language in (*LANGUAGES, *READERS_LANGUAGES) for word in ("--locale", language)]
    command += [word for folder in NOT_OURS for word in ("--ignore", folder)]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "site_project.settings.test", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"makemessages failed:\n{done.stdout}\n{done.stderr}")
    for path in filter(Path.exists, catalogues(root)):
        if path.parts[-3] in READERS_LANGUAGES:
            keep_readers_words(path)


def keep_readers_words(path):
    """Take the words that only editors meet out of a catalogue; one that is empty then goes."""
    catalogue = polib.pofile(str(path))
    catalogue[:] = filter(meets_readers, catalogue)
    if catalogue:
        catalogue.save()
    else:
        path.unlink()


def meets_readers(entry):
    """Return whether the words of an entry stand on readers' pages."""
    places = [place for place, _line in entry.occurrences if not place.startswith(EDITORS_PLACES)]
    return any(place.startswith(READERS_PLACES) for place in places)


def tidy(path):
    """Write a catalogue's head anew, without the blanks and the moment that gettext puts there."""
    catalogue = polib.pofile(str(path))
    kept = {name: catalogue.metadata[name] for name in ("Plural-Forms",) if name in catalogue.metadata}
    catalogue.header = ""
    catalogue.metadata_is_fuzzy = False
    catalogue.metadata = {
        "Project-Id-Version": "Rynek",
        "Language": path.parts[-3],
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        **kept,
    }
    catalogue.save()


def repeat_english(path):
    """Fill an English catalogue with the words of the sources, which are English."""
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        else:
            entry.msgstr = entry.msgid
    catalogue.save()


def compile_catalogue(path):
    """Write the ``.mo`` file beside a catalogue; it is committed, as a fresh machine has no gettext."""
    polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def main():
    if not shutil.which("xgettext"):
        sys.exit("Gathering messages needs gettext. On Debian or Ubuntu: sudo apt-get install gettext")
    gather()
    for path in filter(Path.exists, catalogues()):
        tidy(path)
        if path.parts[-3] == "en":
            repeat_english(path)
        compile_catalogue(path)
        catalogue = polib.pofile(str(path))
        open_entries = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} messages, {open_entries} to translate")


if __name__ == "__main__":
    main()
