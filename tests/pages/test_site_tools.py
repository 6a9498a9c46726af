"""The links that the law asks for in the head of every page: easy-to-read text, sign language, the bulletin."""

import re

import pytest
from wagtail.models import Locale, Site

from media import renditions
from pages.models import SectionPage, SiteSettings
from tests.factories import SiteImageFactory


def tools(client, page):
    """(address, name) of each link; the name is what a screen reader says."""
    html = client.get(page.url).content.decode()
    nav = re.search(r'<nav class="site-tools".*?</nav>', html, re.DOTALL)
    links = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', nav.group(), re.DOTALL) if nav else []
    return [(href, re.sub("<[^>]+>", "", words).replace("\u00a0", " ")) for href, words in links]


@pytest.fixture
def settings_of_site(site):
    return SiteSettings.objects.create(site=Site.objects.get())


@pytest.fixture
def easy(site):
    return site._publish(site.home, SectionPage(title="Tekst łatwy", slug="etr"))


def in_english(page):
    copy = page.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0], copy_parents=True)
    copy.save_revision().publish()
    return type(page).objects.get(pk=copy.pk)


def test_each_link_says_its_whole_name(client, site, settings_of_site):
    SiteSettings.objects.update(
        easy_read_url="https://u.example/etr",
        sign_language_url="https://u.example/pjm",
        bip_url="https://u.example/bip",
    )

    assert tools(client, site.home) == [
        ("https://u.example/etr", "ETR – Tekst łatwy do czytania i rozumienia"),
        ("https://u.example/pjm", "PJM – Polski język migowy"),
        ("https://u.example/bip", "BIP – Biuletyn Informacji Publicznej"),
    ]


def test_a_page_of_the_site_is_linked_in_the_language_of_the_reader(client, site, settings_of_site, easy):
    SiteSettings.objects.update(easy_read_page=easy)
    translated = in_english(easy)

    assert [href for href, _name in tools(client, site.home)] == [easy.url]
    assert [href for href, _name in tools(client, translated)] == [translated.url]


def test_a_page_that_is_not_translated_is_not_linked_elsewhere(client, site, settings_of_site, easy):
    SiteSettings.objects.update(easy_read_page=easy)

    assert tools(client, in_english(site.news)) == []


def test_a_page_goes_before_an_address_and_a_draft_falls_back_to_it(client, site, settings_of_site, easy):
    SiteSettings.objects.update(easy_read_page=easy, easy_read_url="https://u.example/etr")
    live = tools(client, site.home)
    easy.unpublish()

    assert live[0][0] == easy.url
    assert tools(client, site.home)[0][0] == "https://u.example/etr"


def test_the_mark_of_the_bulletin_stands_in_the_place_of_our_icon(client, site, settings_of_site):
    image = SiteImageFactory(file__width=60, file__height=40)
    renditions.make(image)
    SiteSettings.objects.update(bip_url="https://u.example/bip", bip_mark=image)

    html = client.get(site.home.url).content.decode()

    assert "site-tools__mark" in html
    assert "#bip" not in html
