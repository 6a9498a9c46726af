"""Filters of lists: choices with counts, addresses that can be shared, and what is said when nothing is left."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Locale, PageViewRestriction, Site

from pages.models import NewsIndexPage, PageTopic, Programme, Topic, filters
from tests.pages.test_queries import queries
from tests.site_tree import SiteTree, translate


@pytest.fixture
def housing(site):
    return Topic.objects.create(name="Mieszkalnictwo", locale=site.locale)


@pytest.fixture
def economy(site):
    return Topic.objects.create(name="Gospodarka", locale=site.locale)


@pytest.fixture
def programme(site):
    return Programme.objects.create(name="Modelowa Rewitalizacja Miast", locale=site.locale)


@pytest.fixture
def three_articles(site, housing, economy, programme):
    def topics(*names):
        return [PageTopic(topic=topic, sort_order=number) for number, topic in enumerate(names)]

    day = datetime.date
    site.add_news("A", display_date=day(2018, 7, 24), programme=programme, page_topics=topics(housing, economy))
    site.add_news("B", display_date=day(2018, 1, 2), page_topics=topics(housing))
    site.add_news("C", display_date=day(2020, 1, 2), programme=programme)


def short(snippet):
    return snippet.translation_key.hex[:8]


def choices(response):
    """What a reader sees of the filters: {question: {answer: count}}, those ticked with a star."""
    page = BeautifulSoup(response.content, "html.parser")
    return {
        fieldset.legend.text: dict(map(_choice, fieldset.select("label")))
        for fieldset in page.select(".filters fieldset")
    }


def _choice(label):
    star = "*" if label.input.has_attr("checked") else ""
    return star + label.bdi.text, int(label.select_one(".check__count").text.strip("()"))


def titles(response):
    return [page.title for page in response.context["entries"]]


def test_each_choice_has_its_count_given_the_other_filters(client, site, three_articles, housing):
    every = client.get(site.news.url)
    of_topic = client.get(f"{site.news.url}?topic={short(housing)}")

    assert choices(every) == {
        "Temat": {"Gospodarka": 1, "Mieszkalnictwo": 2},
        "Program": {"Modelowa Rewitalizacja Miast": 2},
        "Rok": {"2020": 1, "2018": 2},
    }
    assert titles(of_topic) == ["A", "B"]
    assert choices(of_topic) == {
        "Temat": {"Gospodarka": 1, "*Mieszkalnictwo": 2},
        "Program": {"Modelowa Rewitalizacja Miast": 1},
    }


def test_two_answers_to_one_question_add_up_and_two_questions_narrow(client, site, three_articles, housing, economy):
    both_topics = client.get(f"{site.news.url}?topic={short(housing)}&topic={short(economy)}")
    both_questions = client.get(f"{site.news.url}?topic={short(housing)}&year=2018&programme={'0' * 8}")
    years = client.get(f"{site.news.url}?year=2018&year=2020")

    assert titles(both_topics) == ["A", "B"]
    assert titles(both_questions) == ["A", "B"]
    assert titles(years) == ["C", "A", "B"]


def test_workshops_are_filtered_by_city_and_by_what_is_to_come(client, site):
    today = timezone.localdate()
    site.add_workshop("Było", starts_on=today - datetime.timedelta(days=400), city="Łódź")
    site.add_workshop("Trwa", starts_on=today, city="Łódź")
    site.add_workshop("Będzie", starts_on=today + datetime.timedelta(days=400), city="Praha & Brno")

    coming = client.get(f"{site.workshops.url}?when=upcoming")
    here = client.get(f"{site.workshops.url}?city=%C5%81%C3%B3d%C5%BA")

    assert titles(coming) == ["Trwa", "Będzie"]
    assert titles(here) == ["Trwa", "Było"]
    assert choices(here)["Kiedy"] == {"Nadchodzące": 1, "Zakończone": 1}
    assert choices(here)["Miasto"] == {"*Łódź": 2, "Praha & Brno": 1}


def test_a_chosen_filter_can_be_taken_away(client, site, three_articles, housing):
    response = client.get(f"{site.news.url}?year=2018&topic={short(housing)}")

    chips = BeautifulSoup(response.content, "html.parser").select(".chip")
    assert [" ".join(chip.text.split()) for chip in chips] == [
        "Usuń filtr Temat: Mieszkalnictwo",
        "Usuń filtr Rok: 2018",
    ]
    assert [chip["href"] for chip in chips] == [
        f"{site.news.url}?year=2018",
        f"{site.news.url}?topic={short(housing)}",
    ]


def test_an_empty_result_says_what_was_asked_and_how_to_widen_it(client, site, three_articles, economy):
    response = client.get(f"{site.news.url}?year=2020&topic={short(economy)}")

    empty = BeautifulSoup(response.content, "html.parser").select_one(".empty")
    assert response.context["filters"].total == 0
    assert [" ".join(item.text.split()) for item in empty.select("li")] == [
        "Temat: Gospodarka – szukaj bez tego: Gospodarka",
        "Rok: 2020 – szukaj bez tego: 2020",
    ]
    assert [link["href"] for link in empty.select("a")] == [
        f"{site.news.url}?year=2020",
        f"{site.news.url}?topic={short(economy)}",
        site.news.url,
    ]


@pytest.mark.parametrize(
    "query",
    ["?year=99999", "?year=0", "?year=٢٠١٨", "?year=1999", "?topic=deadbeef", "?topic=%27--", "?topic=%00",
     "?programme=zzzz", "?city=%00", "?city=Nowhere", "?when=now", "?year[]=2018", "?topic=" + "a" * 5000],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["news", "workshops"])
def test_a_filter_that_nobody_could_have_chosen_is_left_out(client, site, three_articles, kind, query):
    site.add_workshop("Warsztaty", city="Łódź")
    listing = getattr(site, kind)

    response = client.get(listing.url + query)

    assert response.status_code == 200
    assert response.context["filters"].chosen == []
    assert response.context["filters"].total == listing.entries().count() > 0
    assert f'<link rel="canonical" href="{listing.full_url}">' in response.content.decode()


def test_one_choice_has_one_address_whatever_its_order(client, site, three_articles, housing):
    one = client.get(f"{site.news.url}?year=2018&year=2020&topic={short(housing)}&utm_source=x")
    other = client.get(f"{site.news.url}?topic={short(housing)}&year=2020&year=2018&year=2018")

    assert one.context["canonical_query"] == f"?topic={short(housing)}&year=2018&year=2020"
    assert other.context["canonical_query"] == one.context["canonical_query"]


def test_pages_of_a_filtered_list_keep_the_filters(client, site, programme):
    for number in range(45):
        site.add_news(f"Wpis {number}", programme=programme if number % 2 else None)

    first = client.get(f"{site.news.url}?programme={short(programme)}")
    second = client.get(site.news.url + first.context["next_query"])

    assert first.context["filters"].total == 22
    assert titles(first) + titles(second) == [f"Wpis {number}" for number in range(43, 0, -2)]


def test_private_pages_and_drafts_are_counted_nowhere(client, site, programme):
    site.add_news("Jawna", display_date=datetime.date(2018, 1, 2))
    site.add_news("Szkic", display_date=datetime.date(2019, 1, 2), programme=programme).unpublish()
    private = site.add_news("Prywatna", display_date=datetime.date(2017, 1, 2), programme=programme)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

    response = client.get(f"{site.news.url}?programme={short(programme)}")

    assert titles(response) == ["Jawna"]
    assert choices(response) == {}
    assert "Modelowa" not in BeautifulSoup(response.content, "html.parser").main.text


@pytest.mark.parametrize("change", ["publish", "unpublish", "delete", "move", "restrict"])
def test_counts_are_made_anew_after_a_change(client, site, change):
    page = site.add_news("Pierwsza")
    site.add_news("Druga")
    assert client.get(site.news.url).context["filters"].total == 2

    if change == "publish":
        site.add_news("Trzecia")
    elif change == "unpublish":
        page.unpublish()
    elif change == "delete":
        page.delete()
    elif change == "move":
        page.move(site.home.add_child(instance=NewsIndexPage(title="Inne", slug="inne")), pos="last-child")
    else:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(site.news.url).context["filters"].total == (3 if change == "publish" else 1)


def test_filters_that_mean_the_same_lead_to_the_other_language(
    client, site, programme, housing, django_capture_on_commit_callbacks
):
    Locale.objects.get_or_create(language_code="en")
    workshop = site.add_workshop(
        "Warsztaty", city="Warszawa", programme=programme, page_topics=[PageTopic(topic=housing)]
    )
    with django_capture_on_commit_callbacks(execute=True):
        for source in (site.home, programme, housing, site.workshops, workshop):
            translate(source, "en")
    chosen = f"?topic={short(housing)}&programme={short(programme)}"

    response = client.get(f"{site.workshops.url}{chosen}&city=Warszawa&year=2018")
    links = BeautifulSoup(response.content, "html.parser").select('link[hreflang="en"]')
    english = client.get(links[0]["href"])

    assert links[0]["href"].endswith(f"{chosen}&year=2018")
    assert titles(english) == ["[en] Warsztaty"]
    assert [chosen.words for chosen in english.context["filters"].chosen] == ["[en] Mieszkalnictwo",
        "[en] Modelowa Rewitalizacja Miast", "2018"]  # fmt: skip


@pytest.mark.parametrize("query", ["", "?when=past&year=2018&city=Warszawa", "?year=1999&topic=00000000"])
def test_a_filtered_list_needs_at_most_fifteen_queries(client, site, housing, programme, query):
    for number in range(25):
        fields = {"programme": programme, "city": "Warszawa", "page_topics": [PageTopic(topic=housing)]}
        site.add_workshop(f"Warsztaty {number}", **fields)
    chosen = query.replace("00000000", short(housing))

    assert queries(client, site.workshops.url + chosen) <= 15


@pytest.mark.parametrize("more", [0, 25])
def test_counting_after_a_publication_takes_the_same_few_queries_for_any_length(
    client, site, three_articles, housing, monkeypatch, more
):
    for number in range(more):
        site.add_news(f"W {number}", display_date=datetime.date(2020, 1, 1), page_topics=[PageTopic(topic=housing)])
    monkeypatch.setattr(filters, "COUNTS_LAST_SECONDS", 0)

    # Fifteen at most as always, and eight that count: each walks an index, one for all of them would walk the tables.
    assert queries(client, f"{site.news.url}?topic={short(housing)}&year=2020") <= 15 + 8


def test_many_cities_are_folded_but_the_chosen_one_stays_in_sight(client, site):
    for number in range(20):
        site.add_workshop(f"W {number}", city=f"Miasto {number:02}")

    response = client.get(f"{site.workshops.url}?city=Miasto+19")
    group = next(group for group in response.context["filters"].groups if group.name == "city")

    assert "Miasto 19" in [choice.words for choice in group.choices]
    assert len(group.choices) + len(group.more) == 20
    assert len(group.choices) <= 9


def test_choices_stand_in_the_order_of_the_alphabet(client, site):
    for city in ("Żory", "Łódź", "Opole", "Kraków", "Ćmielów", "Cieszyn"):
        site.add_workshop(city, city=city)

    response = client.get(site.workshops.url)

    assert list(choices(response)["Miasto"]) == ["Cieszyn", "Ćmielów", "Kraków", "Łódź", "Opole", "Żory"]


def test_a_list_without_entries_offers_no_filters(client, site):
    html = client.get(site.news.url).content.decode()

    assert "data-filters" not in html
    assert "Na razie nie ma aktualności" in html


def test_filters_change_the_results_in_place_and_tell_their_number(live_server, page, no_complaints):
    site = SiteTree()
    Site.objects.update(hostname="localhost", port=live_server.thread.port)
    for year in (2018, 2018, 2020):
        site.add_news(f"Wpis {year}", display_date=datetime.date(year, 5, 1))

    page.goto(site.news.get_url())
    page.get_by_label("2020").check()
    page.get_by_role("button", name="Pokaż wyniki").click()
    page.wait_for_url("**/?year=2020")
    count = page.locator("#results-h")
    expect(count).to_have_text("1 wynik")
    expect(count).to_be_focused()
    expect(page).to_have_title(re.compile("Aktualności, 2020"))

    page.go_back()
    expect(count).to_have_text("3 wyniki")
