import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction

from pages.contrib.translation.foreign_parts import mark
from pages.contrib.translation.models import ForeignParts, LanguageSettings
from pages.contrib.translation.segments import accept, segments_of

CHANGED = "The original of this page has changed since it was translated, on <time"


@pytest.fixture
def site(desk, django_capture_on_commit_callbacks):
    """A Polish site whose home page and list of news are live in English too."""
    desk.live = django_capture_on_commit_callbacks
    for page in (desk.home, desk.news):
        publish(desk, page)
    return desk


def publish(desk, page, *, leave_out=(), locale=None):
    """Translate everything but some sources, and publish the translation."""
    translation = desk.send(page, locale)
    words = [(one, f"en {one.source}") for one in segments_of(translation) if one.source not in leave_out]
    accept(translation, words, None)
    with desk.live(execute=True):
        translation.save_target(publish=True)
    return translation


def english(page):
    return page.get_translation(Locale.objects.get(language_code="en")).specific


def change(desk, page, **fields):
    with desk.live(execute=True):
        return desk.change(page, **fields)


def read(client, page):
    return client.get(page.url).content.decode()


def test_readers_are_told_when_the_original_says_something_else(site, client):
    news = site.add_news("Nowe domy")
    publish(site, news)
    before = read(client, english(news))

    news = change(site, news, title="Nowe parki")

    page = read(client, english(news))
    assert CHANGED not in before
    assert CHANGED in page
    assert f'href="{news.url}" hreflang="pl"' in page
    assert CHANGED not in read(client, news)
    publish(site, news)
    assert CHANGED not in read(client, english(news))


def test_a_change_while_the_translation_was_reviewed_is_told_too(site, client):
    news = site.add_news("Nowe domy")
    translation = publish(site, news)
    translation.save_target(publish=False)
    draft = english(news).get_latest_revision()
    news = change(site, news, title="Nowe parki")

    with site.live(execute=True):
        draft.publish()

    assert CHANGED in read(client, english(news))


def test_a_change_of_other_things_than_content_is_not_told(site, client):
    news = site.add_news("Nowe domy")
    publish(site, news)

    with site.live(execute=True):
        news.save_revision().publish()

    assert CHANGED not in read(client, english(news))


def test_a_language_may_keep_it_to_itself(site, client):
    news = site.add_news("Nowe domy")
    publish(site, news)
    change(site, news, title="Nowe parki")
    LanguageSettings.objects.create(locale=site.english, tells_outdated=False)

    assert CHANGED not in read(client, english(news))


def test_what_is_not_translated_has_its_own_language(site, client):
    body = [("text", "<p>Miasta <b>wymieniły</b> doświadczenia.</p><p>Zapraszamy!</p>")]
    news = site.add_news("Nowe domy", lead="Trzy miasta budują.", body=body)
    publish(site, news, leave_out={"Trzy miasta budują.", "Miasta <b>wymieniły</b> doświadczenia."})

    page = read(client, english(news))

    assert '<p lang="pl">Miasta <b>wymieniły</b> doświadczenia.</p>' in page
    assert ' lang="pl">Trzy miasta budują.</p>' in page
    assert "<p>en Zapraszamy!</p>" in page
    assert ' lang="pl">en ' not in page
    publish(site, news)
    assert ' lang="pl">Trzy miasta' not in read(client, english(news))
    assert not ForeignParts.objects.exists()


def test_what_is_accepted_but_not_published_keeps_its_mark(site, client):
    news = site.add_news("Nowe domy", lead="Trzy miasta budują.")
    translation = publish(site, news, leave_out={"Trzy miasta budują."})

    accept(translation, [(one, "Three cities build.") for one in segments_of(translation) if one.path == "lead"], None)

    assert ' lang="pl">Trzy miasta budują.' in read(client, english(news))


def test_a_language_may_leave_parts_unmarked(site, client):
    news = site.add_news("Nowe domy", lead="Trzy miasta budują.")
    publish(site, news, leave_out={"Trzy miasta budują."})
    LanguageSettings.objects.create(locale=site.english, marks_foreign_parts=False)

    assert ' lang="pl">Trzy miasta' not in read(client, english(news))


@pytest.mark.parametrize(
    ("markup", "marked"),
    [
        ("<p>Trzy „miasta”</p>", '<p lang="pl">Trzy „miasta”</p>'),
        (
            "<h2 class='a'> Trzy&nbsp;&quot;miasta&quot; </h2>",
            "<h2 class='a' lang=\"pl\"> Trzy&nbsp;&quot;miasta&quot; </h2>",
        ),
        ('<p lang="de">Trzy "miasta"</p>', '<p lang="de">Trzy "miasta"</p>'),
        ('<p>Trzy "miasta" i wieś</p>', '<p>Trzy "miasta" i wieś</p>'),
        ('<a href="/"><b>x</b> <i>Trzy "miasta"</i></a>', '<a href="/"><b>x</b> <i lang="pl">Trzy "miasta"</i></a>'),
        ('<div><p>Trzy "miasta"<br></p></div>', '<div><p lang="pl">Trzy "miasta"<br></p></div>'),
        ('<img src="a" alt="Trzy &quot;miasta&quot;">', '<img lang="pl" src="a" alt="Trzy &quot;miasta&quot;">'),
        ('<img src="a" alt="">', '<img src="a" alt="">'),
    ],
)
def test_an_element_is_marked_if_it_says_the_text_and_nothing_else(markup, marked):
    assert mark(markup, ['Trzy "miasta"'], ' lang="pl"') == marked


def test_marking_long_pages_takes_one_pass():
    markup = "<div>" * 2000 + "<p>a</p>" + "<span>" * 2000 + "</div>" * 2000

    assert mark(markup, ["a"], ' lang="pl"').count('lang="pl"') == 1


def test_a_missing_page_offers_the_languages_it_can_be_read_in(site, client):
    news = site.add_news("Nowe domy")

    response = client.get(f"/en{news.url.removeprefix('/pl')}")

    page = response.content.decode()
    assert response.status_code == 404
    assert f'<a href="{news.url}" hreflang="pl" lang="pl" dir="ltr">Nowe domy</a>' in page
    assert "This page in other languages" in page
    LanguageSettings.objects.create(locale=site.english, offers_other_languages=False)
    again = client.get(f"/en{news.url.removeprefix('/pl')}").content.decode()
    assert "This page in other languages" not in again


def test_the_address_of_an_unpublished_translation_offers_the_original(site, client):
    news = site.add_news("Nowe domy")
    publish(site, news)
    page = english(news)
    url = page.url
    page.unpublish()

    assert "Nowe domy</a>" in client.get(url).content.decode()


def test_drafts_and_private_pages_are_offered_to_nobody(site, client):
    private, draft = site.add_news("Tylko dla nas"), site.add_news("Szkic")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    urls = [f"/en{page.url.removeprefix('/pl')}" for page in (private, draft)]
    draft.unpublish()

    assert ["in other languages" in client.get(url).content.decode() for url in urls] == [False, False]


@pytest.mark.parametrize("path", ["/en/%00/", "/en/a/../b/", "/en/" + "x/" * 500, "/en/%F0%9F%92%A9/"])
def test_strange_addresses_are_only_missing(site, client, path):
    assert client.get(path).status_code in {301, 302, 404}


def test_telling_costs_one_query_however_much_is_not_translated(site, client):
    counts = []
    for number, texts in enumerate((1, 12)):
        body = [("text", "".join(f"<p>Akapit {text}.</p>" for text in range(texts)))]
        news = site.add_news(f"Nowe domy {number}", body=body)
        publish(site, news, leave_out={f"Akapit {text}." for text in range(texts)})
        change(site, news, title=f"Nowe parki {number}")
        read(client, english(news))
        with CaptureQueriesContext(connection) as captured:
            assert CHANGED in read(client, english(news))
        counts.append(sum("deskcell" in query["sql"] for query in captured))
    assert counts == [1, 1]
