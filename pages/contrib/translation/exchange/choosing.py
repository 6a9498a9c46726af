"""Which translations a file is made of: the ones named in the address, or a whole section in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.utils.http import urlencode
from wagtail.models import Page
from wagtail_localize.models import Translation

from ..permitted import may_change

#: More would make a file that no program opens gladly.
MOST_TRANSLATIONS = 300


@dataclass(frozen=True)
class Choice:
    """Translations that the user may change; ``query`` names them again in an address."""

    translations: list[Translation]
    query: str = ""
    #: How many of a section were left out, because they are not the user's or are too many for one file.
    left_out: int = 0

    @property
    def ids(self) -> list[int]:
        return [translation.pk for translation in self.translations]


def chosen(parameters: QueryDict, user: AbstractBaseUser) -> Choice:
    """Return what ``translation`` (ids) or ``section`` (a page's id) with ``language`` name; nothing when neither does.

    Many ids are joined by hyphens, since an address has its limits. Raises ``Http404`` for what does not exist,
    ``PermissionDenied`` when none of the named translations is the user's.
    """
    numbers = [_number(part) for value in parameters.getlist("translation") for part in value.split("-")]
    if numbers:
        return named(list(dict.fromkeys(numbers)), user)
    if parameters.get("section"):
        return section(_number(parameters["section"]), parameters.get("language", ""), user)
    return Choice([])


def _number(text) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 16:
        return int(text)
    raise Http404


def _translations():
    return Translation.objects.filter(enabled=True).select_related(
        "source__locale", "source__specific_content_type", "target_locale"
    )


def named(ids: list[int], user: AbstractBaseUser) -> Choice:
    """Return the translations with these ids that the user may change; raises as ``chosen`` does."""
    found = _translations().in_bulk(ids[:MOST_TRANSLATIONS])
    if len(found) < len(ids[:MOST_TRANSLATIONS]):
        raise Http404
    mine = may_change(user, [found[pk] for pk in ids[:MOST_TRANSLATIONS]])
    if not mine:
        raise PermissionDenied
    return Choice(mine, named_in_address(mine), len(ids) - len(mine))


def named_in_address(translations: Iterable[Translation]) -> str:
    """Return the query that names these translations."""
    return urlencode({"translation": "-".join(str(translation.pk) for translation in translations)})


def section(page_id: int, language: str, user: AbstractBaseUser) -> Choice:
    """Return the translations of a page and all below it into a language that the user may change."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None or "\0" in language:
        raise Http404
    keys = Page.objects.descendant_of(page, inclusive=True).order_by().values("translation_key")
    found = _translations().filter(source__object_id__in=keys, target_locale__language_code=language)
    found = found.filter(source__locale=page.locale_id).order_by("source__object_repr", "pk")
    mine = may_change(user, found[:MOST_TRANSLATIONS])
    query = urlencode({"section": page_id, "language": language})
    return Choice(mine, query, found.count() - len(mine))
