"""The number of SQL queries stays small and flat, whatever a page holds and however large the tree is."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from pages.models import NewsPage
from tests.site_tree import full_workshop


def queries(client, url):
    """The queries of an uncached request, after one that warms Django's own caches."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured)


def test_a_workshop_page_needs_at_most_twenty_queries(client, site):
    workshop = full_workshop(site, photos=5, tracks=3, documents=4)

    assert queries(client, workshop.url) <= 20


def test_a_workshop_page_needs_as_many_queries_with_three_items_as_with_one(client, site):
    one = full_workshop(site, photos=1, tracks=1, documents=1, title="Jeden", programme=None)
    three = full_workshop(site, photos=3, tracks=3, documents=3, title="Trzy", programme=None)

    assert queries(client, one.url) == queries(client, three.url)


@pytest.mark.parametrize("kind", ["news", "workshops"])
def test_a_list_of_twenty_needs_at_most_fifteen_queries(client, site, kind):
    add = site.add_news if kind == "news" else site.add_workshop
    for number in range(25):
        add(f"Wpis {number}")

    assert queries(client, getattr(site, kind).url) <= 15


def test_a_list_needs_as_many_queries_with_three_entries_as_with_one(client, site):
    site.add_news("Pierwszy")
    one = queries(client, site.news.url)
    site.add_news("Drugi")
    site.add_news("Trzeci")

    assert queries(client, site.news.url) == one


@pytest.mark.parametrize("kind", ["workshop", "list"])
def test_a_tree_of_a_thousand_pages_costs_no_query_more(client, site, kind):
    workshop = full_workshop(site)
    for number in range(3):
        site.add_news(f"Wpis {number}")
    url = workshop.url if kind == "workshop" else site.news.url
    few = queries(client, url)
    grow(site.news, 1000)

    assert queries(client, url) == few


def grow(parent, count):
    """Put this many published articles under a list at once, without revisions and without indexing each."""
    depth, locale = parent.depth + 1, parent.locale
    content_type = ContentType.objects.get_for_model(NewsPage)
    rows = [
        Page(
            path=NewsPage._get_path(parent.path, depth, number),
            depth=depth,
            title=f"Wpis {number}",
            slug=f"masowy-{number}",
            url_path=f"{parent.url_path}masowy-{number}/",
            locale=locale,
            content_type=content_type,
            live=True,
        )
        for number in range(parent.numchild + 100, parent.numchild + 100 + count)
    ]
    for page in Page.objects.bulk_create(rows):
        fields = {name: getattr(page, name) for name in ("title", "slug")}
        NewsPage(page_ptr_id=page.pk, list_id=parent.pk, **fields).save_base(raw=True)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)
