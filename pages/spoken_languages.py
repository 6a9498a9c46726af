"""The languages that some words on a page can be in: a quote, somebody's name."""

import unicodedata
from functools import lru_cache

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

from . import formats

#: Spoken in Poland or quoted there, and unknown to Django.
OTHERS = ("csb", "la", "rue", "szl", "yi", "zh")

# Letters that stand elsewhere in the alphabet than in Unicode.
_PLACES = str.maketrans({"ł": "l\u0337", "ґ": "г\u0301", "є": "е\u0301", "і": "и\u0301", "ї": "и\u0302"})


@lru_cache
def known() -> frozenset[str]:
    """Return the codes that words can be stored with, in whatever language the interface is."""
    ours = {code for code, _name in settings.LANGUAGES}
    return frozenset(ours | {code for code in (*LANG_INFO, *OTHERS) if "-" not in code})


def known_code(tag: str) -> str:
    """Return our code for a language tag as files and pages have it (``uk-UA``), or an empty string."""
    tag = tag.replace("_", "-").lower()
    return next((code for code in (tag, tag.partition("-")[0]) if code in known()), "")


def codes() -> set[str]:
    """Return the codes of all languages that words can be in."""
    return {code for _heading, named in choices() for code, _name in named}


def choices() -> list:
    """Return the choices of a form: the languages of the site, then all others by their names."""
    ours = [code for code, _name in settings.LANGUAGES]
    others = [code for code in (*LANG_INFO, *OTHERS) if "-" not in code and code not in ours]
    return [
        (_("Languages of this site"), [(code, formats.language_name(code)) for code in ours]),
        (_("Other languages"), sorted(_named(others), key=lambda choice: _alphabetical(choice[1]))),
    ]


def choices_beside_the_page() -> list:
    """The same for a part of a page; nothing chosen means the language of the page."""
    return [("", _("the same as the page")), *choices()]


def _named(codes: list[str]) -> list[tuple[str, str]]:
    """Leave out what the language of the interface has no name for."""
    pairs = [(code, formats.language_name(code)) for code in codes]
    return [(code, name) for code, name in pairs if name != code]


def _alphabetical(name: str) -> str:
    return unicodedata.normalize("NFD", name.casefold().translate(_PLACES))
