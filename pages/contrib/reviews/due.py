"""Which pages are to be looked at, and since when: one query over pages of all types."""

from __future__ import annotations

import datetime

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import DateField, DateTimeField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from wagtail.models import Page, get_page_models

from pages.models.base import BasePage, StoryPage

from .models import ReviewSettings


def reviewed_models() -> list[type[BasePage]]:
    """Return the page types that have a date of review, those of plugins that are on among them."""
    return [
        model
        for model in get_page_models()
        if issubclass(model, BasePage) and not getattr(apps.get_app_config(model._meta.app_label), "is_dormant", False)
    ]


def with_due_dates(rules: ReviewSettings | None = None) -> QuerySet:
    """Published pages with ``review_on``, their own date or none, and ``due_on``; an alias follows its source."""
    rules = rules or ReviewSettings.load()
    models = reviewed_models()
    types = ContentType.objects.get_for_models(*models)
    pages = Page.objects.live().filter(alias_of=None, content_type__in=types.values())
    pages = pages.annotate(review_on=_own_date(models), due_on=_due_date(models, rules)).exclude(due_on=None)
    if rules.includes_dated:
        return pages
    dated = [kind for model, kind in types.items() if issubclass(model, StoryPage)]
    return pages.filter(Q(review_on__isnull=False) | ~Q(content_type__in=dated))


def due(today: datetime.date | None = None, rules: ReviewSettings | None = None) -> QuerySet:
    """Pages that are due on a day or before, the longest overdue first."""
    return with_due_dates(rules).filter(due_on__lte=today or timezone.localdate()).order_by("due_on", "pk")


def _own_dates(models) -> list[str]:
    return [f"{model._meta.pk.remote_field.get_accessor_name()}__review_on" for model in models]


def _own_date(models):
    # A type's table joins to a page of that type only, so that at most one of the dates is there.
    return Coalesce(*_own_dates(models), Value(None, DateField()), output_field=DateField())


def _due_date(models, rules: ReviewSettings):
    if not rules.months:
        return _own_date(models)
    by_rule = ExpressionWrapper(F("last_published_at") + Value(rules.interval), DateTimeField())
    return Coalesce(*_own_dates(models), TruncDate(by_rule), output_field=DateField())
