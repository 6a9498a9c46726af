"""Facets, other languages, promoted results, counted searches: what stands around the results."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import PageViewRestriction

from pages.models import Programme
from pages.search import hits
from pages.search.finding import Facets, find
from tests.site_tree import SiteTree, full_workshop, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db):
    return SiteTree()


def index():
    call_command("rebuild_search", verbosity=0)


def titles(found):
    return [result.title for result in found.results]


def counts(found, facet):
    return {option.label: option.count for option in found.facets.get(facet, [])}


@pytest.fixture
def spacers(site):
    """Three articles of two years, one of them of a programme, and a workshop."""
    programme = Programme.objects.create(name="Modelowa Rewitalizacja", short_name="MRM", locale=site.locale)
    site.add_news("Spacer pierwszy", display_date="2018-05-01", programme=programme)
    site.add_news("Spacer drugi", display_date="2019-05-01")
    site.add_news("Spacer trzeci", display_date="2019-06-01")
    site.add_workshop("Spacer i rozmowa")
    index()
    return programme


def test_facets_tell_how_many_results_each_choice_leaves(spacers):
    found = find("spacery", "pl")

    assert sorted(counts(found, "kind").values()) == [1, 3]
    assert counts(found, "year") == {"2019": 2, "2018": 2}
    assert found.total == 4


def test_a_chosen_facet_narrows_the_results_and_the_other_facets_but_not_itself(spacers):
    found = find("spacery", "pl", Facets(kind="news"))

    assert (found.total, counts(found, "year")) == (3, {"2019": 2, "2018": 1})
    assert sorted(counts(found, "kind").values()) == [1, 3]
    assert titles(find("spacery", "pl", Facets(kind="news", year=2018))) == ["Spacer pierwszy"]
    assert titles(find("spacery", "pl", Facets(programme=spacers.pk))) == ["Spacer pierwszy"]


def test_a_programme_chosen_in_one_language_is_its_translation_in_another(spacers, site):
    translated = spacers.copy_for_translation(_locale("en"))
    translated.save()

    found = find("spacery", "pl", Facets(programme=translated.pk))

    assert titles(found) == ["Spacer pierwszy"]


def _locale(code):
    from wagtail.models import Locale  # noqa: PLC0415 -- one test needs it

    return Locale.objects.get_or_create(language_code=code)[0]


def test_other_languages_are_counted(site, client, django_capture_on_commit_callbacks):
    page = site.add_news("Gill-Piątek na spacerze")
    with django_capture_on_commit_callbacks(execute=True):
        translate(site.home, "en")
        translate(site.news, "en")
    with django_capture_on_commit_callbacks(execute=True):
        translate(page, "en")
    index()

    response = client.get("/pl/search/", {"q": "gill-piatek"})

    assert [(one.language, one.count) for one in response.context["found"].elsewhere] == [("en", 1)]
    assert 'href="/en/search/?q=gill-piatek"' in response.content.decode()


def test_an_editor_can_put_a_page_first_for_words_in_any_form(site):
    site.add_news("Warsztaty, warsztaty", lead="Warsztaty.")
    chosen = site.add_news("Jak się zapisać")
    query = Query.objects.create(query_string="warsztat")
    SearchPromotion.objects.create(query=query, page=chosen, description="Formularz zgłoszenia.")
    SearchPromotion.objects.create(query=query, external_link_url="https://example.org/", external_link_text="Sieć")
    index()

    found = find("warsztatów", "pl")

    assert [(result.title, result.is_promoted) for result in found.results] == [
        ("Jak się zapisać", True),
        ("Sieć", True),
        ("Warsztaty, warsztaty", False),
        ("Warsztaty", False),
    ]
    assert found.total == 4
    assert titles(find("zapisać", "pl")) == ["Jak się zapisać"]


def test_a_promoted_page_that_is_closed_is_not_shown(site):
    chosen = site.add_news("Jak się zapisać")
    SearchPromotion.objects.create(query=Query.objects.create(query_string="nabór"), page=chosen)
    index()
    before = titles(find("nabór", "pl"))

    PageViewRestriction.objects.create(page=chosen, restriction_type=PageViewRestriction.LOGIN)

    assert (before, titles(find("nabór", "pl"))) == (["Jak się zapisać"], [])


def test_what_is_typed_or_written_cannot_become_markup(site, client):
    site.add_news("Spacer <script>alert(1)</script>", lead="Spacer <b>tu</b> & tam.")
    index()

    html = client.get("/pl/search/", {"q": "spacer \"<script>'"}).content.decode()
    found = client.get("/pl/search/", {"q": "spacer script"}).content.decode()

    assert "<script>alert" not in html + found
    assert "<mark>Spacer</mark> &lt;b&gt;tu&lt;/b&gt; &amp; tam." in found


def test_a_search_page_is_not_for_search_engines_and_announces_its_count(site, client):
    site.add_news("Spacer")
    index()

    html = client.get("/pl/search/", {"q": "spacer"}).content.decode()

    assert '<meta name="robots" content="noindex">' in html
    assert 'role="status"' in html


def test_a_search_needs_as_many_queries_for_ten_results_as_for_one(site, client):
    full_workshop(site, title="Jeden spacer")
    index()
    one = queries(client)
    for number in range(12):
        site.add_news(f"Spacer {number}")
    index()

    assert queries(client) <= one + 1


def queries(client):
    client.get("/pl/search/", {"q": "spacer"})
    with CaptureQueriesContext(connection) as captured:
        client.get("/pl/search/", {"q": "spacer"})
    return len(captured)


@pytest.fixture
def counting(settings, monkeypatch):
    settings.SEARCHES_ARE_COUNTED = True
    monkeypatch.setattr(hits, "_written_at", 0.0)
    hits._noted.clear()
    yield
    hits._noted.clear()


def test_searches_are_counted_after_the_answer(counting):
    for query in ("Spacer", "spacer ", "jan@example.org", "numer 123456789", ""):
        hits.note(query)
    assert not Query.objects.exists()

    hits.write()

    assert [(query.query_string, query.hits) for query in Query.objects.all()] == [("spacer", 2)]


def test_searches_are_written_once_in_a_while(counting):
    hits.note("spacer")
    hits.write()
    hits.note("spacer")

    hits.write()

    assert Query.objects.get().hits == 1


def test_an_institution_may_choose_not_to_count(counting, settings):
    settings.SEARCHES_ARE_COUNTED = False

    hits.note("spacer")
    hits.write()

    assert not Query.objects.exists()
