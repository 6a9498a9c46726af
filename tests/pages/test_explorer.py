"""Lists of pages in the admin: their columns, their filters, and what they cost."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Workflow

from pages.models import NewsPage, Programme
from tests.people import person
from tests.site_tree import translate


@pytest.fixture
def moderator(client, site):
    user = person("marta", {site.home: ("add", "change", "publish")})
    client.force_login(user)
    return user


def explorer(parent):
    return reverse("wagtailadmin_explore", args=[parent.pk])


def titles(client, url, **query):
    response = client.get(url, query)
    assert response.status_code == 200
    return sorted(page.title for page in response.context["object_list"])


def headings(client, url):
    """The headings of the columns after the one for ticking."""
    columns = client.get(url).context["table"].columns.values()
    with translation.override("en"):
        return [str(column.label) for column in columns if column.label][1:]


def test_the_explorer_of_news_shows_date_programme_and_review(client, site, moderator):
    site.add_news()

    assert headings(client, explorer(site.news)) == [
        "Title",
        "Date shown",
        "Programme",
        "To be reviewed",
        "Updated",
        "Status",
        "Navigate",
    ]


def test_all_workshops_show_their_language_too(client, site, moderator):
    site.add_workshop()

    assert headings(client, reverse("all_workshops:index")) == [
        "Title",
        "Language",
        "First day",
        "Programme",
        "To be reviewed",
        "Updated",
        "Status",
    ]


@pytest.mark.parametrize("kind", ["news", "workshops"])
@pytest.mark.parametrize("place", ["explorer", "all"])
def test_a_list_costs_the_same_with_one_three_and_thirty_rows(client, site, moderator, kind, place):
    add = site.add_news if kind == "news" else site.add_workshop
    url = explorer(getattr(site, kind)) if place == "explorer" else reverse(f"all_{kind}:index")
    counts = []
    for target in (1, 3, 30):
        while getattr(site, kind).get_children().count() < target:
            number = getattr(site, kind).get_children().count()
            programme = Programme.objects.create(name=f"Program {number}")
            add(f"Wpis {number}", programme=programme, review_on=datetime.date(2027, 1, 1))
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
        assert len(response.context["object_list"]) == target
        assert "Program 0" in response.text
        counts.append(len(captured))

    assert len(set(counts)) == 1, counts


def test_a_list_is_narrowed_by_programme_in_every_language(client, site, moderator):
    programme = Programme.objects.create(name="Miasta")
    other = Programme.objects.create(name="Wsie")
    site.add_news("O miastach", programme=programme)
    site.add_news("O wsiach", programme=other)

    assert titles(client, explorer(site.news), programme=programme.pk) == ["O miastach"]
    assert titles(client, reverse("all_news:index"), programme=programme.pk) == ["O miastach"]


def test_a_list_is_narrowed_by_language(client, site, django_capture_on_commit_callbacks):
    client.force_login(person("admin", is_superuser=True))
    news = site.add_news("Spacer")
    with django_capture_on_commit_callbacks(execute=True):
        for page in (site.home, site.news, news):
            translate(page, "en")

    assert titles(client, reverse("all_news:index")) == ["Spacer", "[en] Spacer"]
    assert titles(client, reverse("all_news:index"), locale="en") == ["[en] Spacer"]


def test_a_list_is_narrowed_by_dates(client, site, moderator):
    site.add_workshop("Lipiec", starts_on=datetime.date(2018, 7, 18), review_on=datetime.date(2026, 12, 1))
    site.add_workshop("Marzec", starts_on=datetime.date(2018, 3, 5))
    url = reverse("all_workshops:index")

    assert titles(client, url, date_from="2018-07-01", date_to="2018-07-31") == ["Lipiec"]
    assert titles(client, url, review_on_to="2026-12-01") == ["Lipiec"]


@pytest.fixture
def states(site, moderator):
    """One page in each state."""
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    site.add_news("Opublikowana")
    changed = site.add_news("Zmieniona")
    changed.lead = "Nowy"
    changed.save_revision()
    site.news.add_child(instance=NewsPage(title="Wzór", live=False, is_pattern=True))
    drafts = {}
    for title in ("Szkic", "Zaplanowana", "Czeka", "Zwrócona"):
        drafts[title] = site.news.add_child(instance=NewsPage(title=title, live=False))
        drafts[title].save_revision()
    drafts["Zaplanowana"].go_live_at = tomorrow
    drafts["Zaplanowana"].save_revision().publish()
    workflow = Workflow.objects.get()
    workflow.start(drafts["Czeka"], moderator)
    returned = workflow.start(drafts["Zwrócona"], moderator)
    returned.current_task_state.reject(user=moderator, comment="Brakuje daty.")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("live", ["Opublikowana", "Zmieniona"]),
        ("changed", ["Zmieniona"]),
        ("draft", ["Czeka", "Szkic", "Zaplanowana", "Zwrócona"]),
        ("scheduled", ["Zaplanowana"]),
        ("approval", ["Czeka"]),
        ("returned", ["Zwrócona"]),
        ("pattern", ["Wzór"]),
    ],
)
def test_a_list_is_narrowed_by_state(client, site, states, state, expected):
    assert titles(client, reverse("all_news:index"), state=state) == expected
    assert titles(client, explorer(site.news), state=state) == expected


def test_filters_and_search_work_together(client, site, moderator):
    programme = Programme.objects.create(name="Miasta")
    site.add_news("Spacer po rynku", programme=programme, review_on=datetime.date(2026, 12, 1))
    site.add_news("Spacer po parku")
    site.news.add_child(instance=NewsPage(title="Spacer w szkicu", live=False, programme=programme))
    query = {"q": "Spacer", "state": "live", "programme": programme.pk, "review_on_to": "2027-01-01"}

    assert titles(client, reverse("all_news:index"), **query) == ["Spacer po rynku"]
    assert titles(client, explorer(site.news), **query) == ["Spacer po rynku"]


@pytest.mark.parametrize("query", ["state=x", "programme=x", "date_from=x", "p=x", "p=99999", "ordering=x", "q=%00"])
def test_a_wrong_question_gets_an_answer(client, site, moderator, query):
    site.add_news()

    for url in (reverse("all_news:index"), explorer(site.news)):
        assert client.get(f"{url}?{query}").status_code in (200, 404)


def test_the_explorer_above_is_narrowed_by_state(client, site, states):
    assert titles(client, explorer(site.home), state="returned") == ["Zwrócona"]


def test_a_new_article_is_begun_in_the_only_list_there_is(client, site, moderator):
    response = client.get(reverse("all_news:choose_parent"))

    assert response.url == reverse("wagtailadmin_pages:add_subpage", args=[site.news.pk])


def test_a_list_shows_only_what_a_person_may_explore(client, site):
    site.add_news("Cudza")
    site.add_workshop("Własna")
    client.force_login(person("ola", {site.workshops: ("add", "change")}))

    assert titles(client, reverse("all_news:index")) == []
    assert titles(client, reverse("all_workshops:index")) == ["Własna"]
