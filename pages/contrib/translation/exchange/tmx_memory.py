"""A TMX file goes into the translation memory, in the languages that the site has."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Locale

from ..memory import NewEntry, remember
from . import tmx


def may_fill_memory(user: AbstractBaseUser) -> bool:
    """Return whether the user may add to what is offered to every translator."""
    return bool(user.has_perm("translation.add_memoryentry"))


def remember_tmx(content: bytes, file_name: str, user: AbstractBaseUser) -> tuple[int, int]:
    """Keep the pairs of a TMX file; return how many were taken and how many have languages the site does not have.

    Raises ``DamagedFile`` before anything is kept.
    """
    languages = _Languages()
    entries, left_out = [], 0
    for pair in tmx.read(content):
        source, target = languages.of_site(pair.source_language), languages.of_site(pair.target_language)
        if source and target and source != target:
            entries.append(NewEntry(pair.source, pair.target, source, target, file_name, user))
        else:
            left_out += 1
    return remember(entries, is_imported=True), left_out


class _Languages:
    """Finds the site's code for what other programs call ``PL`` or ``en-GB``."""

    def __init__(self):
        self.codes = {code.lower(): code for code in Locale.objects.values_list("language_code", flat=True)}

    def of_site(self, code: str) -> str | None:
        code = code.replace("_", "-").lower()
        return self.codes.get(code) or self.codes.get(code.split("-")[0])
