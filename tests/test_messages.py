"""Every word of ours is said in Polish, English and Ukrainian, those of readers' pages in Arabic too, and compiled."""

import re
import shutil
from collections import Counter
from gettext import c2py

import polib
import pytest

from tests.machine import gettext
from tests.messages import ROOMS, ROOT, catalogues, gather

PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]*[\d.]*[a-zA-Z]|%(?:[sd])|\{(\w*)\}")
PLURAL_FORMS = {"pl": 3, "en": 2, "uk": 3, "ar": 6}


def tell(path):
    return str(path.relative_to(ROOT))


def placeholders(text):
    return sorted(match[0] for match in PLACEHOLDER.finditer(text))


def forms_of_one_number(catalogue):
    """Return the plural forms that stand for one number alone."""
    form_of = c2py(re.search(r"plural\s*=\s*([^;]+)", catalogue.metadata["Plural-Forms"])[1])
    numbers = Counter(map(form_of, range(200)))
    return {form for form, count in numbers.items() if count == 1}


def without_one(names):
    return [names[:place] + names[place + 1 :] for place in range(len(names))]


def read(path):
    assert path.exists(), f"{tell(path)} is absent; run: make messages"
    return polib.pofile(str(path))


committed = pytest.mark.parametrize("path", catalogues(), ids=tell)


@pytest.mark.slow
@pytest.mark.skipif(not gettext(), reason="gettext is absent: apt-get install gettext")
def test_every_message_in_the_sources_is_translated(tmp_path):
    for name in (*ROOMS, "templates", "manage.py"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)

    gather(tmp_path)

    # Gathering marks what changed as fuzzy and leaves what is new empty.
    wanting = [
        f"{path.relative_to(tmp_path)}: {entry.msgid!r}"
        for path in catalogues(tmp_path)
        if path.exists()  # a room without words has no catalogue
        for entry in polib.pofile(str(path))
        if not entry.translated() and not entry.obsolete
    ]
    assert wanting == []


@committed
def test_a_catalogue_is_complete(path):
    entries = [entry for entry in read(path) if not entry.obsolete]

    assert [entry.msgid for entry in entries if entry.fuzzy] == []
    assert [entry.msgid for entry in entries if not entry.translated()] == []
    assert entries


@committed
def test_plural_forms_are_all_there(path):
    language = path.parts[-3]
    catalogue = read(path)

    counted = {entry.msgid: len(entry.msgstr_plural) for entry in catalogue if entry.msgid_plural}

    # Three forms for Polish and Ukrainian after Unicode CLDR; gettext also knows a fourth for fractions.
    declared = int(re.search(r"nplurals\s*=\s*(\d)", catalogue.metadata["Plural-Forms"])[1])
    assert declared in {PLURAL_FORMS[language], 4 if language != "en" else 2}
    assert {msgid: count for msgid, count in counted.items() if count != declared} == {}


@committed
def test_translations_keep_the_placeholders(path):
    broken = []
    catalogue = read(path)
    alone = forms_of_one_number(catalogue)
    for entry in catalogue:
        if entry.msgid_plural:
            names = [placeholders(entry.msgid), placeholders(entry.msgid_plural)]
            # "One photo" may leave the number out, and so may the two photos of Arabic; the others must not.
            fewer = without_one(names[1])
            pairs = [(names + fewer * (form in alone), text) for form, text in entry.msgstr_plural.items()]
        else:
            pairs = [([placeholders(entry.msgid)], entry.msgstr)]
        broken += [text for allowed, text in pairs if text and placeholders(text) not in allowed]

    assert broken == []


@committed
def test_a_compiled_catalogue_is_as_fresh_as_its_source(path):
    compiled = path.with_suffix(".mo")

    def said(entries):
        return {
            (entry.msgctxt, entry.msgid): entry.msgstr or tuple(entry.msgstr_plural.values())
            for entry in entries
            if entry.msgstr or all(entry.msgstr_plural.values() or [""])
        }

    assert compiled.exists(), "run: make messages"
    assert said(polib.mofile(str(compiled))) == said(read(path)), "run: make messages"
