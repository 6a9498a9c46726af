"""One page with all that is needed to show it, in at most eight queries."""

from __future__ import annotations

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
from .reading import Data, Reading, homes
from .references import References
from .rows import followed, numbers, rows_of

RELATED = 3
ROLES = ("chosen", "same_topic", "previous", "next")


def specific(page: Page) -> Page:
    """Return a page as an object of its type with all that it points at, in one query."""
    model = page.specific_class or Page
    pointers = [way for field in followed(model) for way in ways_from(field)]
    return model._default_manager.select_related("locale", "content_type", *pointers).get(pk=page.pk)


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
        reading.rows = rows_of(page, files, self._neighbourhood())
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

    def _neighbourhood(self) -> list[QuerySet]:
        """Return what stands beside the page as selections of numbers, to be asked for all at once."""
        page = self.page
        found = [numbers("chosen", RelatedPage.objects.filter(page_id=page.pk), "target_id", "sort_order")]
        if isinstance(page, StoryPage):
            found.append(_few("same_topic", self._of_same_topic()[:RELATED]))
        if isinstance(page, WorkshopPage) and page.programme_id:
            series = WorkshopPage.objects.filter(live=True, locale_id=page.locale_id, programme_id=page.programme_id)
            day = page.starts_on
            earlier = Q(starts_on__lt=day) | Q(starts_on=day, pk__lt=page.pk)
            later = Q(starts_on__gt=day) | Q(starts_on=day, pk__gt=page.pk)
            found.append(_few("previous", open_to_all(series.filter(earlier)).order_by("-starts_on", "-pk")[:1]))
            found.append(_few("next", open_to_all(series.filter(later)).order_by("starts_on", "pk")[:1]))
        return found

    def _of_same_topic(self) -> QuerySet:
        page = self.page
        topics = PageTopic.objects.filter(page_id=page.pk).values("topic_id")
        same = PageTopic.objects.filter(page_id=OuterRef("pk"), topic_id__in=topics)
        pages = type(page)._default_manager.filter(Exists(same), live=True, locale_id=page.locale_id)
        return open_to_all(pages.exclude(pk=page.pk)).order_by("-display_date", "-pk")

    def _around(self) -> list[Page]:
        """Return the translations of the page and the pages above it, home pages of all languages included."""
        page, length = self.page, Page.steplen
        above = [page.path[:end] for end in range(length, len(page.path), length)]
        roots = [home.root_path for home in homes(self.reading.request)]
        wanted = Q(path__in=above) | Q(translation_key=page.translation_key) | Q(url_path__in=roots)
        pages = Page.objects.filter(wanted, depth__gt=1, live=True).select_related("locale").order_by("path")
        return list(pages.annotate(short_title_here=menu_titles(), is_locked=is_locked()))

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


def _few(role: str, pages: QuerySet) -> QuerySet:
    """Return the numbers of the first few pages of an order."""
    # SQLite wants no order inside a UNION, so it stands one level deeper.
    return numbers(role, Page.objects.filter(pk__in=pages.values("pk")))


def _is_older(page: Page, original: Page | None) -> bool:
    if original is None or original.pk == page.pk:
        return False
    dates = (page.last_published_at, original.last_published_at)
    return bool(all(dates) and dates[0] < dates[1])
