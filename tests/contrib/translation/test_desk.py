import csv
import io

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale

from pages.contrib.translation.segments import accept, segments_of
from pages.models import NewsPage, Topic

ADDRESS = "/admin/translations/"

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def counted(desk):
    """Publishes what was planted to the desk, as commits do outside of tests."""
    return lambda: call_command("refresh_translation_desk", verbosity=0)


def titles(response):
    return [row.title for row in response.context["object_list"]]


def outdate(desk, page, capture):
    """A page that was translated and published, and then changed in one segment."""
    translation = desk.send(page)
    accept(translation, [(segment, "en") for segment in segments_of(translation)], None)
    with capture(execute=True):
        translation.save_target(publish=True)
    desk.change(NewsPage.objects.get(pk=page.pk), title=f"{page.title} na lata")


def test_what_readers_are_told_wrongly_comes_first(desk, admin_client, counted, django_capture_on_commit_callbacks):
    desk.add_news("Brakująca")
    outdate(desk, desk.add_news("Nieaktualna"), django_capture_on_commit_callbacks)
    counted()

    response = admin_client.get(ADDRESS)

    assert titles(response)[0] == "Nieaktualna na lata"
    assert "outdated (1 segment changed)" in response.content.decode()


def test_each_cell_leads_to_the_work(desk, admin_client, counted):
    news, sent = desk.add_news("Brakująca"), desk.add_news("Wysłana")
    target = desk.send(sent).get_target_instance()
    counted()

    text = admin_client.get(ADDRESS).content.decode()

    assert reverse("wagtail_localize:submit_page_translation", args=[news.pk]) in text
    assert reverse("wagtailadmin_pages:edit", args=[target.pk]) in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("language=en&state=in_translation", ["Wysłana"]),
        ("state=to_do&q=Brak", ["Brakująca"]),
        ("language=uk&state=in_translation", []),
        ("language=xx", None),
        ("state=\0", None),
        ("p=999", None),
    ],
)
def test_filters_speak_of_one_language_and_one_state(desk, admin_client, counted, query, expected):
    Locale.objects.get_or_create(language_code="uk")
    desk.add_news("Brakująca")
    desk.send(desk.add_news("Wysłana"))
    counted()

    response = admin_client.get(f"{ADDRESS}?{query}")

    assert response.status_code == 200
    if expected is not None:
        assert [title for title in titles(response) if title in {"Brakująca", "Wysłana"}] == expected


def test_a_section_holds_what_is_below_it(desk, admin_client, counted):
    desk.add_news("Wiadomość")
    desk.add_workshop("Warsztat")
    counted()

    found = titles(admin_client.get(f"{ADDRESS}?section={desk.news.path}"))

    assert "Wiadomość" in found
    assert "Warsztat" not in found


def test_snippets_stand_beside_pages(desk, admin_client, counted):
    topic = Topic.objects.create(name="Woda w mieście", locale=desk.locale)
    counted()

    text = admin_client.get(f"{ADDRESS}?q=Woda").content.decode()

    assert reverse("wagtail_localize:submit_snippet_translation", args=["pages", "topic", topic.pk]) in text


def test_the_desk_is_exported_with_a_column_for_each_language(desk, admin_client, counted):
    desk.add_news("Brakująca", lead="Dwa słowa")
    counted()

    rows = list(csv.DictReader(io.StringIO(admin_client.get(f"{ADDRESS}?export=csv").getvalue().decode())))
    sheet = openpyxl.load_workbook(io.BytesIO(admin_client.get(f"{ADDRESS}?export=xlsx").getvalue())).active

    (row,) = (row for row in rows if row["Title"] == "Brakująca")
    assert (row["English: state"], row["English: words left"], row["Words"]) == ("missing", "4", "4")
    assert "Brakująca" in [cell.value for cell in sheet["A"]]


def test_an_empty_desk_says_what_to_do(db, admin_client):
    assert "There is nothing to translate yet" in admin_client.get(ADDRESS).content.decode()


def test_nobody_enters_without_the_admin(client, desk):
    assert client.get(ADDRESS).status_code == 302


@pytest.mark.parametrize("pages", [1, 3])
def test_the_desk_costs_the_same_for_any_number_of_rows(
    desk, admin_client, counted, django_assert_max_num_queries, pages
):
    Locale.objects.get_or_create(language_code="uk")
    for number in range(pages):
        desk.send(desk.add_news(f"Nowe {number}"))
    counted()
    admin_client.get(ADDRESS)

    with django_assert_max_num_queries(12):
        admin_client.get(ADDRESS)
