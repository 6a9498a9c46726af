"""Links to pages inside a text lead to the page in the reader's language."""

import pytest
from django.utils import translation
from wagtail.models import Locale
from wagtail.rich_text import expand_db_html

from tests.site_tree import translate


@pytest.fixture
def article(site, django_capture_on_commit_callbacks):
    """An article with a live English translation."""
    article = site.add_news("Nowe domy", slug="nowe-domy")
    with django_capture_on_commit_callbacks(execute=True):
        for page in (site.home, site.news, article):
            translate(page, "en")
    return article


def link(page):
    return f'<a linktype="page" id="{page.pk}">domy</a>'


def test_a_link_leads_to_the_page_in_the_language_of_the_reader(article):
    english = article.get_translation(Locale.objects.get(language_code="en"))

    with translation.override("en"):
        assert expand_db_html(link(article)) == f'<a href="{english.url}">domy</a>'
    with translation.override("pl"):
        assert expand_db_html(link(article)) == '<a href="/pl/aktualnosci/nowe-domy/">domy</a>'


def test_a_link_leads_to_the_original_while_there_is_no_live_translation(article):
    article.get_translation(Locale.objects.get(language_code="en")).unpublish()

    with translation.override("en"):
        assert expand_db_html(link(article)) == '<a href="/pl/aktualnosci/nowe-domy/">domy</a>'


@pytest.mark.parametrize("id_", ["abc", "", "0", "999999", "9" * 30, "1; DROP TABLE", "²"])
def test_a_link_to_no_page_is_words_without_a_link(db, id_):
    assert expand_db_html(f'<a linktype="page" id="{id_}">domy</a>') == "<a>domy</a>"


def test_many_links_cost_two_queries_at_most(site, article, django_assert_max_num_queries):
    text = "".join(map(link, [article, site.news, site.home, site.workshops]))
    with translation.override("en"):
        expand_db_html(text)
        with django_assert_max_num_queries(2):
            expand_db_html(text)
