"""What readers type and what they should find first, in three languages, on every database."""

import pytest
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page, Site

from pages.search.finding import find
from tests.search.corpus import LANGUAGES, Corpus, queries

# The same results on both databases are what the search promises.
pytestmark = [pytest.mark.django_db, pytest.mark.every_case]


@pytest.fixture(scope="module")
def corpus(django_db_setup, django_db_blocker):
    """The site of the three files, once for all queries, taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        Page.objects.filter(depth=2).delete()
        corpora = {language: Corpus(Page.objects.get(depth=1), language) for language in LANGUAGES}
        Site.objects.update(root_page=corpora["pl"].home)
        Site.clear_site_root_paths_cache()
        call_command("rebuild_search", verbosity=0)
        yield corpora
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()


@pytest.mark.parametrize(
    ("language", "query"), queries(), ids=lambda value: value["q"] if isinstance(value, dict) else value
)
def test_readers_find_what_they_mean(corpus, language, query):
    found = find(query["q"], language)

    titles = [result.title for result in found.results]
    assert titles[:1] == ([query["first"]] if "first" in query else [])
    assert found.suggestion == query.get("suggestion", "")
    assert found.is_loose == query.get("loose", False)


def test_there_are_queries_enough_to_tell():
    assert len(queries()) >= 60
    assert {language for language, _query in queries()} == set(LANGUAGES)
