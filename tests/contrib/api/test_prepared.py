"""A statement that was written once reads what is there now, for other values and other numbers of values."""

import datetime

import pytest

from pages.contrib.api.prepared import prepared
from pages.models import NewsPage


@prepared
def numbered(model, *, ids):
    return model.objects.filter(pk__in=ids).select_related("locale").order_by("pk")


@prepared
def titled(*, title, day, key):
    return NewsPage.objects.filter(title=title, display_date=day, translation_key=key).values_list("slug", flat=True)


def test_the_same_statement_reads_other_values_and_fresh_ones(site, django_assert_num_queries):
    first, second, third = site.add_many_news(*({"title": f"Nowe {n}", "slug": f"nowe-{n}"} for n in range(3)))

    assert numbered(NewsPage, ids=[first.pk, second.pk, third.pk]) == [first, second, third]
    with django_assert_num_queries(1):
        found = numbered(NewsPage, ids=[third.pk, second.pk, 0])
        assert [page.locale.language_code for page in found] == ["pl", "pl"]
    second.delete()
    assert numbered(NewsPage, ids=[first.pk, second.pk, third.pk]) == [first, third]
    assert numbered(NewsPage, ids=[]) == []


def test_texts_days_and_keys_are_values(site):
    pages = [
        site.add_news("100% 'Łódź'", slug=f"lodz-{day}", display_date=datetime.date(2018, 7, day)) for day in (1, 2)
    ]

    for page in pages:
        values = {"title": page.title, "day": page.display_date, "key": page.translation_key}
        assert titled(**values) == [page.slug]


def test_a_value_that_the_statement_does_not_hold_as_it_is_is_refused(db):
    @prepared
    def begins(*, title):
        return NewsPage.objects.filter(title__startswith=title)

    with pytest.raises(ValueError, match="is not in its statement as it is"):
        begins(title="Nowe")
