"""Whatever is typed into a search box is a search: on the site and in the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction, Site

from pages.models import HomePage, SectionPage
from pages.search_words import clean
from tests.factories import SiteDocumentFactory

pytestmark = pytest.mark.django_db

ODD = [
    "",
    " ",
    '"',
    '""',
    '"weaving',
    'weav"ing "',
    "'",
    "*",
    "weav*",
    "-weaving",
    "^weaving",
    "NEAR(weaving town, 3)",
    "AND",
    "weaving AND",
    "NOT weaving OR",
    "title:weaving",
    "{title}: weaving",
    "\x00",
    "weav\x00ing",
    "\x00\x07\u202e",
    "%s %d %(x)s",
    "\\",
    "_ - +",
    "😀",
    "(((",
    "weaving; DROP TABLE",
    "ą" * 3000,
    "weaving " * 500,
]


@pytest.fixture
def home():
    """A Polish home page in the place of the welcome page."""
    polish = Locale.objects.get_or_create(language_code="pl")[0]
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Strona główna", slug="pl-home", locale=polish))
    Site.objects.update(root_page=home)
    return home


def section(parent, title, **fields):
    return parent.add_child(instance=SectionPage(title=title, locale=parent.locale, **fields))


def titles(response):
    return [result.title for result in response.context["found"].results]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  weaving \t and\nspinning ", "weaving and spinning"),
        ('"weaving" and', "weaving and"),
        ("weav\x00ing", "weav ing"),
        ("* - _ (", ""),
        ("C++ & 20%", "C++ 20%"),
        ("żółć", "żółć"),
    ],
)
def test_what_was_typed_is_cleaned_in_one_place(typed, words):
    assert clean(typed) == words


@pytest.mark.parametrize("typed", ODD)
@pytest.mark.parametrize("language", ["pl", "en"])
def test_anything_may_be_searched_for_on_the_site(client, home, typed, language):
    section(home, "Weaving")

    response = client.get(f"/{language}/search/", {"q": typed})

    assert response.status_code == 200
    assert response.templates[0].name == "search/results.html"


def test_readers_find_published_pages_of_their_language_only(client, home):
    section(home, "Weaving in the town")
    section(home, "Weaving, a draft", live=False)
    secret = section(home, "Weaving in secret")
    english = Locale.objects.get_or_create(language_code="en")[0]
    english_home = Page.get_first_root_node().add_child(instance=HomePage(title="Home", slug="home-en", locale=english))
    section(english_home, "Weaving in English")
    call_command("rebuild_search", verbosity=0)
    # Restricted after it was indexed: who may see what is asked in every search.
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)

    assert titles(client.get("/pl/search/", {"q": "weaving"})) == ["Weaving in the town"]
    assert titles(client.get("/en/search/", {"q": "WEAVING"})) == ["Weaving in English"]
    assert titles(client.get("/pl/search/", {"q": "weaving spinning"})) == ["Weaving in the town"]
    assert titles(client.get("/pl/search/", {"q": "secret"})) == []


def test_a_page_below_a_restricted_one_is_not_found(client, home):
    secret = section(home, "Weaving in secret")
    section(secret, "Weaving below it")
    call_command("rebuild_search", verbosity=0)
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.PASSWORD, password="x")

    found = client.get("/pl/search/", {"q": "weaving"}).context["found"]

    assert (found.total, found.results, found.facets) == (0, [], {})


def test_words_of_private_pages_are_not_suggested(client, home):
    secret = section(home, "Merger with Lower Zubrowka")
    call_command("rebuild_search", verbosity=0)
    before = client.get("/pl/search/", {"q": "zubrowkaa"}).context["found"].suggestion
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)

    after = client.get("/pl/search/", {"q": "zubrowkaa"}).context["found"].suggestion

    assert (before, after) == ("zubrowka", "")


def test_results_come_in_pages_of_ten(client, home):
    for number in range(12):
        section(home, f"Weaving {number}")
    call_command("rebuild_search", verbosity=0)

    first = client.get("/pl/search/", {"q": "weaving"})
    last = client.get("/pl/search/", {"q": "weaving", "page": "2"})

    assert (first.context["found"].total, len(titles(first)), len(titles(last))) == (12, 10, 2)
    assert sorted(titles(first) + titles(last)) == sorted(f"Weaving {number}" for number in range(12))
    assert 'href="?q=weaving&amp;page=2"' in first.content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "\x00", "9" * 40])
def test_a_wrong_page_number_shows_the_nearest_page(client, home, number):
    section(home, "Weaving")
    call_command("rebuild_search", verbosity=0)

    assert titles(client.get("/pl/search/", {"q": "weaving", "page": number})) == ["Weaving"]


@pytest.mark.parametrize("value", ["", "x", "99999999999999999999", "-1", "\x00", "news' OR 1=1", "²"])
@pytest.mark.parametrize("facet", ["kind", "year", "programme"])
def test_a_facet_that_does_not_exist_is_no_error(client, home, facet, value):
    section(home, "Weaving")
    call_command("rebuild_search", verbosity=0)

    response = client.get("/pl/search/", {"q": "weaving", facet: value})

    assert (response.status_code, titles(response)) == (200, ["Weaving"])


def test_public_documents_are_found_by_their_titles(client, home):
    SiteDocumentFactory(title="Podsumowanie warsztatów w Łodzi", is_public=True)
    SiteDocumentFactory(title="Podsumowanie wewnętrzne", is_public=False)
    call_command("rebuild_search", verbosity=0)

    response = client.get("/pl/search/", {"q": "podsumowania ŁODZI"})

    (result,) = response.context["found"].results
    assert (result.kind, result.title, result.facts[0]) == ("document", "Podsumowanie warsztatów w Łodzi", "DOCX")
    assert titles(client.get("/pl/search/", {"q": "wewnętrzne"})) == []


def test_an_empty_search_asks_the_index_nothing(client, home):
    section(home, "Weaving")
    call_command("rebuild_search", verbosity=0)

    response = client.get("/pl/search/", {"q": ' "" '})

    assert titles(client.get("/pl/search/", {"q": "weaving"})) == ["Weaving"]
    assert (titles(response), response.context["found"].total) == ([], 0)
    assert 'id="search-hint"' in response.content.decode()


ODD_IN_ADMIN = [" ", '"', 'weav"ing "', "*", "NEAR(weaving", "weaving AND", "\x00", "weav\x00ing"]
ADMIN_SEARCHES = [
    "wagtailadmin_pages:search",
    "wagtailadmin_pages:search_results",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_choose_page",
    "wagtailadmin_explore_root",
    "wagtailimages:index",
    "wagtailimages:index_results",
    "wagtailimages_chooser:choose",
    "wagtailimages_chooser:choose_results",
    "wagtaildocs:index",
    "wagtaildocs:index_results",
    "wagtaildocs_chooser:choose",
    "wagtaildocs_chooser:choose_results",
    "wagtailusers_users:index",
    "wagtailsnippets_pages_person:list",
    "wagtailsnippets_pages_person:list_results",
    "wagtailsnippetchoosers_pages_person:choose",
    "wagtailsnippetchoosers_pages_person:choose_results",
    "wagtailsnippets_pages_topic:list",
    "wagtailredirects:index",
    "wagtail_localize:translations_report",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_tag_autocomplete",
]


@pytest.mark.parametrize("name", ADMIN_SEARCHES)
def test_anything_may_be_searched_for_in_the_admin(client, home, name):
    section(home, "Weaving")
    SiteDocumentFactory(title="Weaving")
    client.force_login(get_user_model().objects.create_superuser("ada", "ada@example.org", "pass"))

    statuses = {typed: client.get(reverse(name), {"q": typed}).status_code for typed in ODD_IN_ADMIN}

    assert statuses == dict.fromkeys(ODD_IN_ADMIN, 200)
