"""Old addresses lead to where their pages are, over HTTP and in each language."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from pages.models import NewsPage, SectionPage
from tests.site_tree import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Wagtail makes redirects once a change is committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def rename(commit):
    def rename(page, slug):
        with commit():
            page = page.specific_class.objects.get(pk=page.pk)
            page.slug = slug
            page.save_revision().publish()
        return page.specific_class.objects.get(pk=page.pk)

    return rename


@pytest.fixture
def english(site, commit):
    """The list of news and one article in English."""
    article = site.add_news("Nowe domy", slug="nowe-domy")
    with commit():
        for page in (site.home, site.news, article):
            translate(page, "en")
    return NewsPage.objects.get(locale__language_code="en")


def leads_to(client, address):
    """Return where an address leads in one step, and that what is there answers."""
    response = client.get(address)
    assert response.status_code == 301
    assert client.get(response.url).status_code == 200
    return response.url


def test_a_renamed_page_is_found_at_its_old_address_in_its_language_only(client, site, english, rename):
    polish = NewsPage.objects.get(locale__language_code="pl")
    old_pl, old_en = polish.url, english.url

    new_en = rename(english, "new-homes").url

    assert leads_to(client, old_en) == new_en != old_en
    assert client.get(old_pl).status_code == 200
    new_pl = rename(polish, "domy").url
    assert leads_to(client, old_pl) == new_pl
    assert leads_to(client, old_en) == new_en


@pytest.mark.parametrize("accepted", ["pl", "en", "de"])
def test_the_language_of_the_reader_changes_nothing(client, site, english, rename, accepted):
    old = english.url
    new = rename(english, "new-homes").url

    response = client.get(old, headers={"accept-language": accepted})

    assert (response.status_code, response.url) == (301, new)


@pytest.mark.parametrize("ending", ["", "/", "/?utm_source=mail&b=1", "?x=%00", "/?page=x"])
def test_slashes_and_questions_do_not_matter(client, site, rename, ending):
    page = site.add_news("Nowe domy")
    old = page.url.rstrip("/")
    new = rename(page, "domy").url

    assert client.get(old + ending).url == new


def test_what_stands_below_a_renamed_page_is_found_too(client, site, english, rename):
    above = english.get_parent().specific
    old = [above.url, english.url]

    new_above = rename(above, "press")
    new = [new_above.url, Page.objects.get(pk=english.pk).url]

    assert [leads_to(client, address) for address in old] == new
    assert all(address.startswith("/en/press/") for address in new)


def test_a_moved_page_is_found_with_what_stands_below_it(client, site, commit):
    with commit():
        first = site.home.add_child(instance=SectionPage(title="O nas", slug="o-nas"))
        second = site.home.add_child(instance=SectionPage(title="Urząd", slug="urzad"))
        below = first.add_child(instance=SectionPage(title="Kontakt", slug="kontakt"))
    old = [first.url, below.url]

    with commit():
        Page.objects.get(pk=first.pk).move(Page.objects.get(pk=second.pk), pos="last-child")

    assert [leads_to(client, address) for address in old] == ["/pl/urzad/o-nas/", "/pl/urzad/o-nas/kontakt/"]


def test_many_names_lead_to_the_last_one_in_one_step(client, site, rename):
    page = site.add_news("Pierwsza")
    old = []
    for slug in ("druga", "trzecia", "czwarta"):
        old.append(page.url)
        page = rename(page, slug)

    assert [leads_to(client, address) for address in old] == [page.url] * 3


def test_a_page_that_gets_its_old_name_back_is_no_circle(client, site, rename):
    page = site.add_news("Nowe domy", slug="a")
    first = page.url
    second = rename(page, "b").url
    page = rename(page, "a")

    assert client.get(first).status_code == 200
    assert leads_to(client, second) == first
    page.unpublish()
    assert [client.get(address).status_code for address in (first, second)] == [404, 404]


def test_browsers_ask_again_since_a_page_may_get_its_old_name_back(client, site, rename):
    page = site.add_news("Nowe domy")
    old = page.url
    rename(page, "domy")

    assert "no-cache" in client.get(old).headers["Cache-Control"]


def test_a_new_page_takes_over_an_old_address(client, site, rename):
    page = site.add_news("Nowe domy", slug="a")
    old = page.url
    new = rename(page, "b").url

    taker = site.add_news("Inne", slug="a")

    assert client.get(old).status_code == 200
    third = rename(taker, "c").url
    assert leads_to(client, old) == third
    assert client.get(new).status_code == 200


def test_the_redirects_of_a_deleted_page_go_with_it(client, site, rename):
    page = site.add_news("Nowe domy")
    old = page.url
    page = rename(page, "domy")
    page.delete()

    assert client.get(old).status_code == 404
    assert not Redirect.objects.exists()


def test_a_withdrawn_page_is_not_led_to(client, site, rename):
    page = site.add_news("Nowe domy")
    old = page.url
    rename(page, "domy").unpublish()

    assert client.get(old).status_code == 404


def test_old_addresses_with_letters_of_the_language_are_found(client, site, rename):
    page = site.add_news("Żółw", slug="żółw")
    old = page.url
    new = rename(page, "gęś").url

    assert "%" in old
    assert leads_to(client, old) == new


def test_an_editors_own_redirect_still_works(client, site):
    Redirect.objects.create(old_path="/stara-strona", redirect_link="https://office.example/new")
    Redirect.objects.create(old_path="/tymczasowa", redirect_page=site.news, is_permanent=False)
    Redirect.objects.create(old_path="/pl/kolo", redirect_link="/pl/kolo/")
    Redirect.objects.create(old_path="/pusta")

    assert client.get("/stara-strona/").url == "https://office.example/new"
    temporary = client.get("/tymczasowa")
    assert (temporary.status_code, temporary.url) == (302, site.news.url)
    assert [client.get(address).status_code for address in ("/pl/kolo/", "/pusta/")] == [404, 404]


@pytest.mark.parametrize("address", ["/pl/%00/", "/%E0%A4%A/", "/pl/" + "a" * 3000 + "/", "/pl/;;/", "/pl/?;&=%00"])
def test_odd_addresses_are_no_error(site, address):
    assert Client(raise_request_exception=False).get(address).status_code in {200, 301, 404}


def test_very_long_addresses_are_told_apart(client, site, rename):
    pages = [site.add_news("Nowe domy", slug="a" * 250 + letter) for letter in "bc"]
    old = [page.url for page in pages]
    new = [rename(page, f"krótki-{number}").url for number, page in enumerate(pages)]

    assert [leads_to(client, address) for address in old] == new
    assert client.get(old[0].replace("b/", "d/")).status_code == 404


def test_a_change_that_moves_nothing_forgets_nothing(client, site, english, rename):
    old = english.url
    new = rename(english, "new-homes").url

    home = Page.objects.get(locale__language_code="en", depth=2)
    rename(home, "another-name")

    assert leads_to(client, old) == new
