"""Lists of pages as cards, narrowed, ordered and searched."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from django.conf import settings
from django.db.models import CharField, DateField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field
from wagtail.models import Page

from pages.endpoints import Language, Number, Order, Paging, by_number, list_of, read
from pages.models import PageTopic, Programme, Topic
from pages.models.reading import types_with
from pages.search.finding import entries_with
from pages.search.models import Entry

from ..answers import answer
from ..page_types import page_types, type_names
from ..problems import Problem
from ..reading import Reading, as_cards, readable
from ..schemas import PageCard

router = Router()

LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
CardField = Literal[tuple(PageCard.model_fields)]
OrderName = Literal["date", "-date", "title", "-title", "published", "-published", "changed", "-changed", "id", "-id"]


class PageFilters(Paging):
    """What narrows a list of pages."""

    type: list[type_names()] = Field([], description="One or several page types.")
    language: Language | None = None
    slug: str | None = Field(None, max_length=255)
    parent: Number | None = Field(None, description="The page right above, by its number.")
    within: Number | None = Field(None, description="A page above, however far, by its number.")
    translation_of: Number | None = Field(None, description="Versions of this page in other languages, and itself.")
    topic: Number | None = Field(None, description="A topic by its number, in any language.")
    programme: Number | None = Field(None, description="A programme by its number, in any language.")
    date_from: datetime.date | None = Field(None, description="The first day, by the date that readers see.")
    date_to: datetime.date | None = Field(None, description="The last day.")
    changed_since: datetime.datetime | None = Field(None, description="Published again at or after this moment.")
    search: str | None = Field(None, max_length=200, description="Words, in all their forms, of one language.")
    order: OrderName = "-published"
    fields: str | None = Field(
        None, max_length=500, description="Names of fields, separated by commas; `id` and `type` are always there."
    )


def _date() -> Coalesce:
    dates = (F(f"{name}__display_date") for name in types_with("display_date"))
    return Coalesce(*dates, TruncDate("first_published_at"), Value(LONG_AGO.date()), output_field=DateField())


def _order(name: str) -> Order:
    falls, name = name.startswith("-"), name.lstrip("-")
    keys = {
        "date": (_date(), DateField()),
        "title": (F("title"), CharField()),
        "published": (Coalesce("first_published_at", Value(LONG_AGO)), DateTimeField()),
        "changed": (Coalesce("last_published_at", Value(LONG_AGO)), DateTimeField()),
    }
    if name == "id":
        return by_number(falls)
    key, field = keys[name]
    return Order(key, falls, field)


def _narrowed(pages: QuerySet, filters: PageFilters) -> QuerySet:
    if filters.type:
        models = page_types()
        names = [(models[name]._meta.app_label, models[name]._meta.model_name) for name in filters.type]
        kinds = [Q(content_type__app_label=app, content_type__model=model) for app, model in names]
        pages = pages.filter(_any(kinds))
    if filters.language:
        pages = pages.filter(locale__language_code=filters.language)
    if filters.slug is not None:
        pages = pages.filter(slug=filters.slug)
    if filters.parent or filters.within:
        pages = _below(pages, filters)
    if filters.translation_of:
        pages = pages.filter(
            translation_key__in=Page.objects.filter(pk=filters.translation_of).values("translation_key")
        )
    return _of_content(pages, filters)


def _any(conditions: list[Q]) -> Q:
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found


def _below(pages: QuerySet, filters: PageFilters) -> QuerySet:
    above = Page.objects.filter(pk__in=filter(None, [filters.parent, filters.within])).in_bulk()
    for pk, is_parent in ((filters.parent, True), (filters.within, False)):
        if pk and (page := above.get(pk)):
            pages = pages.filter(path__startswith=page.path, depth__gt=page.depth)
            pages = pages.filter(depth=page.depth + 1) if is_parent else pages
        elif pk:
            pages = pages.none()
    return pages


def _of_content(pages: QuerySet, filters: PageFilters) -> QuerySet:
    if filters.topic:
        keys = Topic.objects.filter(pk=filters.topic).values("translation_key")
        same = PageTopic.objects.filter(page_id=OuterRef("pk"), topic__translation_key__in=keys)
        pages = pages.filter(Exists(same))
    if filters.programme:
        keys = Programme.objects.filter(pk=filters.programme).values("translation_key")
        ways = [f"{name}__programme__translation_key__in" for name in types_with("programme")]
        pages = pages.filter(_any([Q(**{way: keys}) for way in ways]))
    if filters.date_from or filters.date_to:
        pages = pages.annotate(shown_date=_date())
        pages = pages.filter(shown_date__gte=filters.date_from) if filters.date_from else pages
        pages = pages.filter(shown_date__lte=filters.date_to) if filters.date_to else pages
    if filters.changed_since:
        pages = pages.filter(last_published_at__gte=_aware(filters.changed_since))
    if filters.search:
        pages = pages.filter(pk__in=_found(filters.search, filters.language or settings.LANGUAGE_CODE))
    return pages


def _aware(moment: datetime.datetime) -> datetime.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _found(words: str, language: str) -> QuerySet:
    """Return the numbers of the pages in which all words are found."""
    return Entry.objects.filter(pk__in=entries_with(words, language), page__isnull=False).values("page_id")


def _chosen(fields: str | None) -> set[str] | None:
    if fields is None:
        return None
    names = {name.strip() for name in fields.split(",")} - {""}
    if unknown := sorted(names - set(PageCard.model_fields)):
        known = ", ".join(PageCard.model_fields)
        message = f"Known fields: {known}."
        raise Problem(400, message, [{"parameter": "fields", "message": f"There is no field {unknown[0]}."}])
    return names | {"id", "type"}


@router.get("/", response=list_of(PageCard), summary="Pages as cards", operation_id="list_pages")
def list_pages(request: HttpRequest, filters: Query[PageFilters]) -> Any:
    """Return published pages of all languages, the newest first unless another order is asked for."""
    chosen = _chosen(filters.fields)
    pages = _narrowed(readable(Page.objects.all(), request), filters)
    window = read(pages, _order(filters.order), filters, as_cards)
    reading = Reading(request, filters.language or settings.LANGUAGE_CODE)
    reading.pages = {page.pk: page for page in window.entries}
    reading.read_renditions()

    def tell(page: Page) -> dict[str, Any]:
        card = reading.card(page)
        return card if chosen is None else {name: value for name, value in card.items() if name in chosen}

    changed_at = max(filter(None, (page.last_published_at for page in window.entries)), default=None)
    return answer(request, window.told(tell), changed_at=changed_at)
