"""Lists of pages: their order, their pages of twenty by position, and what readers may see of them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from pages.models import NewsIndexPage, NewsPage, WorkshopPage
from pages.models.keyset import Place
from tests.site_tree import translate

FIRST_OF_MAY = datetime.date(2026, 5, 1)


def add_news(site, count, first=FIRST_OF_MAY):
    """Put articles into the list, the first the oldest; three on each day."""
    return site.add_many_news(
        *(
            {"title": f"Wpis {number}", "display_date": first + datetime.timedelta(days=number // 3)}
            for number in range(count)
        )
    )


def titles(response):
    return [page.title for page in response.context["entries"]]


def walk(client, url, link):
    """Follow the links of one direction to the end and return the titles of each page."""
    pages = []
    while True:
        response = client.get(url)
        pages.append(titles(response))
        query = response.context[f"{link}_query"]
        if not (query or (link == "previous" and response.context["window"].previous)):
            return pages
        assert f'href="{response.context["page"].url}{query}" rel="{link[:4]}"' in response.content.decode()
        url = response.context["page"].url + query


def test_a_long_list_shows_every_entry_once_in_pages_of_twenty(client, site):
    expected = [page.title for page in reversed(add_news(site, 45))]

    pages = walk(client, site.news.url, "next")

    assert pages == [expected[:20], expected[20:40], expected[40:]]


def test_the_way_back_shows_the_same_pages(client, site):
    expected = [page.title for page in reversed(add_news(site, 45))]
    second = client.get(site.news.url + client.get(site.news.url).context["next_query"])
    third = site.news.url + second.context["next_query"]

    assert walk(client, third, "previous") == [expected[40:], expected[20:40], expected[:20]]


def test_workshops_to_come_stand_first_and_the_pages_run_on_into_the_past(client, site):
    today = timezone.localdate()
    for days in range(-15, 15):
        site.add_workshop(f"Za {days}", starts_on=today + datetime.timedelta(days=days))
    expected = [f"Za {days}" for days in [*range(15), *range(-1, -16, -1)]]

    forth = walk(client, site.workshops.url, "next")
    second = site.workshops.url + client.get(site.workshops.url).context["next_query"]

    assert forth == [expected[:20], expected[20:]]
    assert walk(client, second, "previous") == [expected[20:], expected[:20]]


def test_a_workshop_of_several_days_is_upcoming_until_its_last_day_is_over(site):
    today = timezone.localdate()
    site.add_workshop("Trwa", starts_on=today - datetime.timedelta(days=9), ends_on=today)
    site.add_workshop("Jutro", starts_on=today + datetime.timedelta(days=1))
    site.add_workshop("Wczoraj", starts_on=today - datetime.timedelta(days=1))

    found = site.workshops.read(site.workshops.entries()).entries

    assert [page.title for page in found] == ["Trwa", "Jutro", "Wczoraj"]


@pytest.mark.parametrize(
    "query",
    ["", "?after=", "?after=nonsense", "?after=2026-02-31-1", "?after=%00", "?before=2026-05-01-99999999999999999999",
     "?after=9999-12-31-1", "?before=9999-12-31-1", "?page=7", "?after[]=1", "?after=２０２６-05-01-1"],
)  # fmt: skip
def test_a_bad_address_shows_the_beginning(client, site, query):
    expected = [page.title for page in reversed(add_news(site, 23))]

    response = client.get(site.news.url + query)

    assert response.status_code == 200
    assert titles(response) == expected[:20]
    assert f'<link rel="canonical" href="{site.news.full_url}">' in response.content.decode()


@pytest.mark.parametrize(
    ("query", "shown"), [("?after=0001-01-01-1", slice(3, 23)), ("?before=0001-01-01-1", slice(3, 23))]
)
def test_an_address_beyond_the_end_shows_the_last_page(client, site, query, shown):
    expected = [page.title for page in reversed(add_news(site, 23))]

    assert titles(client.get(site.news.url + query)) == expected[shown]


def test_a_list_with_one_page_has_no_links_to_others(client, site):
    add_news(site, 20)

    html = client.get(site.news.url).content.decode()

    assert 'rel="next"' not in html
    assert 'rel="prev"' not in html


def test_each_page_names_its_own_address_however_it_was_reached(client, site):
    add_news(site, 45)
    forth = client.get(site.news.url + client.get(site.news.url).context["next_query"])
    third = client.get(site.news.url + forth.context["next_query"])
    back = client.get(site.news.url + third.context["previous_query"])

    assert titles(back) == titles(forth)
    assert back.context["canonical_query"] == forth.context["canonical_query"] != ""
    assert (
        f'<link rel="canonical" href="{site.news.full_url}{forth.context["canonical_query"]}">' in back.content.decode()
    )


def test_the_title_of_a_later_page_says_where_it_begins(client, site):
    add_news(site, 23)

    html = client.get(site.news.url + client.get(site.news.url).context["next_query"]).content.decode()

    assert "<title>Aktualności, ciąg dalszy od 1 maja 2026" in html


def test_drafts_private_pages_and_pages_of_other_lists_are_left_out(client, site):
    shown = site.add_news("Widoczna")
    site.add_news("Szkic").unpublish()
    private = site.add_news("Prywatna")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    other = site.home.add_child(instance=NewsIndexPage(title="Inne", slug="inne"))
    other.add_child(instance=NewsPage(title="Gdzie indziej")).save_revision().publish()

    response = client.get(site.news.url)

    assert titles(response) == [shown.title]
    assert response.context["filters"].total == 1


def test_an_alias_of_a_private_page_is_as_private_as_the_page(client, site):
    private = site.add_news("Prywatna")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    other = site.home.add_child(instance=NewsIndexPage(title="Inne", slug="inne"))
    private.create_alias(parent=other)
    site.add_news("Jawna").create_alias(parent=other)

    assert titles(client.get(other.url)) == ["Jawna"]


def test_readers_of_a_private_list_see_what_stands_in_it(admin_client, client, site):
    site.add_news("Dla pracowników")
    PageViewRestriction.objects.create(page=site.news, restriction_type=PageViewRestriction.LOGIN)

    assert titles(admin_client.get(site.news.url)) == ["Dla pracowników"]
    assert client.get(site.news.url).status_code == 302


def test_a_page_changes_its_list_when_it_is_moved_copied_or_aliased(site):
    page = site.add_news("Wędrowna")
    other = site.home.add_child(instance=NewsIndexPage(title="Inne", slug="inne"))

    page.copy(to=other, update_attrs={"title": "Kopia", "slug": "kopia"})
    page.create_alias(parent=other, update_slug="alias")
    assert sorted(other.entries().values_list("title", flat=True)) == ["Kopia", "Wędrowna"]

    page.move(other, pos="last-child")
    assert list(site.news.entries()) == []
    assert other.entries().count() == 3


def test_a_move_is_kept_when_an_older_draft_is_published(site):
    page = site.add_news("Wędrowna")
    draft = page.save_revision()
    other = site.home.add_child(instance=NewsIndexPage(title="Inne", slug="inne"))
    page.move(other, pos="last-child")

    draft.publish()

    assert [entry.title for entry in other.entries()] == ["Wędrowna"]


def test_a_translated_page_stands_in_the_list_of_its_language(site, django_capture_on_commit_callbacks):
    page = site.add_news("Nowe domy")
    Locale.objects.get_or_create(language_code="en")
    with django_capture_on_commit_callbacks(execute=True):
        for source in (site.home, site.news, page):
            translate(source, "en")

    english = NewsIndexPage.objects.get(locale__language_code="en")

    assert [entry.title for entry in english.entries()] == ["[en] Nowe domy"]
    assert [entry.title for entry in site.news.entries()] == ["Nowe domy"]


@pytest.mark.parametrize("model", [NewsPage, WorkshopPage])
def test_a_deep_page_of_a_list_is_read_through_an_index_without_sorting(site, model):
    listing = site.news if model is NewsPage else site.workshops
    with CaptureQueriesContext(connection) as captured:
        listing.read(listing.entries(), after=Place(datetime.date(2018, 7, 20), 123))

    for query in captured.captured_queries:
        if "LIMIT 21" in query["sql"]:
            plan = plan_of(query["sql"])
            assert "Sort" not in plan
            assert "B-TREE" not in plan
            assert "_of_list" in plan or "_by_announcement" in plan


def plan_of(sql):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        else:
            # A handful of rows is read faster without an index.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(str(row) for row in cursor.fetchall())
