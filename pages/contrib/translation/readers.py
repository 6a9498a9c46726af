"""What readers are told of translations: what is out of date, what is not translated, and where else it can be read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Locale, Page, Site

from pages.formats import direction
from pages.models.reading import open_to_all
from pages.templatetags.page_tags import lang_of

from .foreign_parts import mark
from .models import DeskCell, ForeignParts, LanguageSettings


@dataclass(frozen=True)
class Facts:
    """What readers of a translated page may have to be told."""

    original_language: str
    outdated_since: datetime.datetime | None
    foreign_texts: list[str]


def facts_of(page: Page) -> Facts | None:
    """Return the facts on a page, read in one query and kept on it; ``None`` for what is no translation."""
    if "_translation_facts" not in vars(page):
        page._translation_facts = _read(page)
    return page._translation_facts


def _read(page: Page) -> Facts | None:
    if page.pk is None:
        return None
    parts = ForeignParts.objects.filter(page=page.pk).values("texts")
    settings = "locale__translation_settings__"
    found = (
        DeskCell.objects.filter(source__object_key=page.translation_key, locale=page.locale_id)
        .exclude(translation=None)
        .values_list(
            "source__locale__language_code",
            "outdated_since",
            f"{settings}tells_outdated",
            f"{settings}marks_foreign_parts",
            Subquery(parts[:1]),
        )
        .order_by()
        .first()
    )
    if found is None:
        return None
    code, since, tells_outdated, marks, texts = found
    # Without a row of settings both are None, and the defaults hold.
    return Facts(code, None if tells_outdated is False else since, [] if marks is False else texts or [])


def newer_original(page: Page) -> tuple[str, datetime.date] | None:
    """Return the language of the original and the day since when it says something else; what ``find_newer_original`` asks."""
    facts = facts_of(page)
    if not facts or not facts.outdated_since:
        return None
    return facts.original_language, timezone.localtime(facts.outdated_since).date()


def mark_foreign_parts(page: Page, response: HttpResponseBase) -> None:
    """Mark what is not translated in a page that was rendered.

    The facts are those that the page itself asked for: a page that exists in one language needs none.
    """
    facts = vars(page).get("_translation_facts")
    if facts and facts.foreign_texts:
        attributes = lang_of(facts.original_language)
        response.content = mark(response.content.decode(response.charset), facts.foreign_texts, attributes)


@dataclass(frozen=True)
class Version:
    """A page in another language than the reader looked for it."""

    title: str
    url: str
    code: str
    direction: str


def versions_elsewhere(request: HttpRequest) -> list[Version]:
    """Return where a page that is missing in this language can be read, in the order of the languages."""
    language = get_language()
    path = request.path_info
    if "\0" in path or not path.startswith(f"/{language}/"):
        return []
    locale = Locale.objects.filter(language_code=language).first()
    if locale is None or not LanguageSettings.of(locale).offers_other_languages:
        return []
    keys = _meant_by(request, path.removeprefix(f"/{language}/"))
    pages = Page.objects.live().filter(translation_key__in=keys).exclude(locale=locale).select_related("locale")
    found = open_to_all(pages).order_by("locale__pk")
    versions = [_version(page, request) for page in found]
    return [version for version in versions if version.url]


def _meant_by(request: HttpRequest, path: str) -> list:
    """Return the translation keys of the pages at this address, in any language and not only live ones."""
    site = Site.find_for_request(request)
    parts = [part for part in path.split("/") if part]
    if not site or not parts:
        return []
    roots = [root.root_path.rstrip("/") for root in Site.get_site_root_paths() if root.site_id == site.pk]
    addresses = ["/".join([root, *parts, ""]) for root in roots]
    # Only slugs have an index.
    pages = Page.objects.filter(slug=parts[-1], url_path__in=addresses)
    return list(pages.order_by().values_list("translation_key", flat=True).distinct())


def _version(page: Page, request: HttpRequest) -> Version:
    code = page.locale.language_code
    return Version(page.title, page.get_url(request) or "", code, direction(code))
