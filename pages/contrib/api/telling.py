"""One page with all that is needed to show it, in at most eight queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, ForeignKey, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page

from media.models import SiteDocument, SiteImage
from pages.models import PageTopic, RelatedPage, StoryPage, WorkshopPage
from pages.models.reading import is_locked, open_to_all
from pages.navigation import menu_titles

from . import shapes
from .drafts import RowsInMemory
from .page_types import fields_of
from .prepared import prepared
from .reading import Data, Reading, homes, roots
from .references import References
from .rows import Rows, followed, numbers, rows_of

RELATED = 3
ROLES = ("chosen", "same_topic", "previous", "next")


def specific(page: Page) -> Page:
    """Return a page as an object of its type with all that it points at, in one query."""
    model = page.specific_class or Page
    found = _whole(model, pk=page.pk)
    if not found:  # it was deleted in this moment
        raise model.DoesNotExist
    return found[0]


@prepared
def _whole(model: type[Page], *, pk: int) -> QuerySet:
    pointers = [way for field in followed(model) for way in ways_from(field)]
    return model._default_manager.select_related("locale", "content_type", *pointers).filter(pk=pk)


def ways_from(field: ForeignKey, depth: int = 2) -> list[str]:
    """Return what to join so that an object which a key leads to can be told."""
    below = [way for one in followed(field.related_model) for way in ways_from(one, depth - 1)] if depth > 1 else []
    return [field.name, *(f"{field.name}__{way}" for way in below)]


def tell(page: Page, request: HttpRequest, *, is_fallback: bool = False, is_draft: bool = False) -> Data:
    """Return a page of its own type as data, in the page's language."""
    language = page.locale.language_code
    with translation.override(language):
        return _Telling(page, Reading(request, language, is_preview=is_draft)).told(is_fallback, is_draft)


class _Telling:
    def __init__(self, page: Page, reading: Reading):
        self.page = page
        self.reading = reading
        self.references = References()
        self.roles: dict[str, list[int]] = {}

    def told(self, is_fallback: bool, is_draft: bool) -> Data:
        self._read()
        around = self._around()
        page, reading = self.page, self.reading
        said = {
            "type": page._meta.label,
            "id": page.pk,
            "url": reading.url(page),
            "slug": page.slug,
            "language": reading.language,
            "translation_key": str(page.translation_key),
            "title": page.title,
            "short_title": getattr(page, "menu_title", page.title),
            "lead": getattr(page, "lead", ""),
            "first_published_at": page.first_published_at,
            "last_published_at": page.last_published_at,
            "is_fallback": is_fallback,
            "is_draft": is_draft,
            "breadcrumbs": self._breadcrumbs(around),
            "translations": self._translations(around),
            "seo": self._seo(),
            "previous": self._card("previous"),
            "next": self._card("next"),
            "related": self._related(),
        }
        own = shapes.tell(page, reading)
        return said | {attribute.name: own[attribute.name] for attribute in fields_of(type(page))}

    # --- reading ----------------------------------------------------------------------------

    def _read(self) -> None:
        page, reading, references = self.page, self.reading, self.references
        shapes.refer(page, references)
        files = {model: references.of(model) for model in (SiteImage, SiteDocument)}
        reading.rows = self._rows(files)
        if reading.is_preview:
            reading.rows = RowsInMemory(page, reading.rows)
        for kind, row in reading.rows.named():
            shapes.refer(row, references, kind)
        reading.read_files(references)
        reading.read_others(references)
        linked = {pk for role in ROLES for pk in reading.rows.numbers(role)}
        reading.read_pages(references.of(Page) | linked)
        pictures = [getattr(page, field.name) for field in followed(type(page)) if field.related_model is SiteImage]
        reading.read_renditions(pictures)

    def _rows(self, files: dict[type[SiteImage | SiteDocument], Iterable[int]]) -> Rows:
        """Return the rows of the page, the files it names, and the numbers of the pages beside it."""
        page = self.page
        beside: dict[str, Any] = {"locale": page.locale_id} if isinstance(page, StoryPage) else {}
        if isinstance(page, WorkshopPage) and page.programme_id:
            beside |= {"programme": page.programme_id, "day": page.starts_on}
        named = {"images": sorted(files[SiteImage]), "documents": sorted(files[SiteDocument])}
        return Rows.made_of(_rows_and_neighbours(type(page), pk=page.pk, **named, **beside))

    def _around(self) -> list[Page]:
        """Return the translations of the page and the pages above it, home pages of all languages included."""
        page, length = self.page, Page.steplen
        above = [page.path[:end] for end in range(length, len(page.path), length)]
        return _around(roots(self.reading.request), above=above, key=page.translation_key)

    # --- writing ----------------------------------------------------------------------------

    def _breadcrumbs(self, around: list[Page]) -> list[Data]:
        roots = [home.root_path for home in homes(self.reading.request)]
        return [
            {"id": page.pk, "title": page.short_title_here or page.title, "url": self.reading.url(page)}
            for page in around
            if self.page.path.startswith(page.path)
            and page.pk != self.page.pk
            and any(page.url_path.startswith(root) for root in roots)
        ]

    def _translations(self, around: list[Page]) -> list[Data]:
        """Return this page in every language of the site, itself among them."""
        same = {
            page.locale.language_code: page
            for page in around
            if page.translation_key == self.page.translation_key and not page.is_locked
        }
        languages = {home.language_code for home in homes(self.reading.request)}
        original = same.get(settings.LANGUAGE_CODE)
        return [
            self._translation(code, same.get(code), original) for code, _name in settings.LANGUAGES if code in languages
        ]

    def _translation(self, code: str, page: Page | None, original: Page | None) -> Data:
        if page is None:
            return {"language": code, "state": "missing", "id": None, "title": "", "url": None}
        state = "outdated" if _is_older(page, original) else "current"
        return {"language": code, "state": state, "id": page.pk, "title": page.title, "url": self.reading.url(page)}

    def _seo(self) -> Data:
        page = self.page
        canonical = page.alias_of if page.alias_of_id else page
        return {
            "title": page.seo_title or page.title,
            "description": page.search_description or getattr(page, "lead", ""),
            "canonical_url": self.reading.url(canonical),
        }

    def _cards(self, pks: list[int]) -> list[Data]:
        pages = filter(None, map(self.reading.here, pks))
        return [self.reading.card(page) for page in pages if page.locale_id == self.page.locale_id]

    def _card(self, role: str) -> Data | None:
        return next(iter(self._cards(self.reading.rows.numbers(role))), None)

    def _related(self) -> list[Data]:
        """Return the pages that an editor chose, else the newest of this type with a common topic."""
        rows = self.reading.rows
        chosen = self._cards(rows.numbers("chosen"))
        newest = self._cards(rows.numbers("same_topic"))
        return chosen or sorted(newest, key=lambda card: (str(card["date"]), card["id"]), reverse=True)


@prepared
def _around(roots: tuple[str, ...], *, above: list[str], key: UUID) -> QuerySet:
    wanted = Q(path__in=above) | Q(translation_key=key) | Q(url_path__in=roots)
    pages = Page.objects.filter(wanted, depth__gt=1, live=True).select_related("locale").order_by("path")
    return pages.annotate(short_title_here=menu_titles(), is_locked=is_locked())


@prepared
def _rows_and_neighbours(
    model: type[Page], *, pk: int, images: list[int], documents: list[int], **beside: Any
) -> QuerySet:
    """Select the rows of a page, files, and as numbers what stands beside it, to be asked for all at once."""
    return rows_of(model, pk, {SiteImage: images, SiteDocument: documents}, _neighbours(model, pk, **beside))


def _neighbours(model: type[Page], pk: int, locale: int = 0, programme: int = 0, day: Any = None) -> Iterator[QuerySet]:
    yield numbers("chosen", RelatedPage.objects.filter(page_id=pk), "target_id", "sort_order")
    if issubclass(model, StoryPage):
        yield _few("same_topic", _of_same_topic(model, pk, locale)[:RELATED])
    if programme:
        series = WorkshopPage.objects.filter(live=True, locale_id=locale, programme_id=programme)
        earlier = Q(starts_on__lt=day) | Q(starts_on=day, pk__lt=pk)
        later = Q(starts_on__gt=day) | Q(starts_on=day, pk__gt=pk)
        yield _few("previous", open_to_all(series.filter(earlier)).order_by("-starts_on", "-pk")[:1])
        yield _few("next", open_to_all(series.filter(later)).order_by("starts_on", "pk")[:1])


def _of_same_topic(model: type[Page], pk: int, locale: int) -> QuerySet:
    topics = PageTopic.objects.filter(page_id=pk).values("topic_id")
    same = PageTopic.objects.filter(page_id=OuterRef("pk"), topic_id__in=topics)
    pages = model._default_manager.filter(Exists(same), live=True, locale_id=locale)
    return open_to_all(pages.exclude(pk=pk)).order_by("-display_date", "-pk")


def _few(role: str, pages: QuerySet) -> QuerySet:
    """Return the numbers of the first few pages of an order."""
    # SQLite wants no order inside a UNION, so it stands one level deeper.
    return numbers(role, Page.objects.filter(pk__in=pages.values("pk")))


def _is_older(page: Page, original: Page | None) -> bool:
    if original is None or original.pk == page.pk:
        return False
    dates = (page.last_published_at, original.last_published_at)
    return bool(all(dates) and dates[0] < dates[1])
