"""Menus lead to the pages of their own language, and say so where there are none."""

import pytest
from wagtail.models import Locale

from pages.models import Header, HeaderLink
from tests.site_tree import translate


@pytest.fixture
def english_home(site, django_capture_on_commit_callbacks):
    """The English home page; the translated menu still names the Polish list of news."""
    header = Header.objects.get()
    HeaderLink.objects.create(header=header, page=site.news, sort_order=0)
    with django_capture_on_commit_callbacks(execute=True):
        translate(site.home, "en")
    translate(Header.objects.get(pk=header.pk), "en")
    return site.home.get_translation(Locale.objects.get(language_code="en"))


def menu(client, page):
    text = client.get(page.url).content.decode()
    return text.partition('<nav class="site-nav"')[2].partition("</nav>")[0]


def test_a_translated_menu_leads_to_the_translated_page(client, site, english_home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        translate(site.news, "en")
    english_news = site.news.get_translation(english_home.locale)

    assert f'<a href="{english_news.url}">[en] Aktualności</a>' in menu(client, english_home)


def test_a_menu_says_the_language_of_a_page_that_is_not_translated(client, site, english_home):
    assert '<a href="/pl/aktualnosci/" lang="pl">Aktualności</a>' in menu(client, english_home)


def test_a_page_that_is_not_published_is_left_out_of_the_menu(client, site, english_home):
    site.news.unpublish()

    assert menu(client, site.home) == ""
