import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Locale

from pages.contrib.reviews.panels import PagesToReviewPanel

from .conftest import day

pytestmark = pytest.mark.usefixtures("in_english")

REPORT = reverse("reviews:report")


def rows(client, **filters):
    answer = client.get(REPORT, {"export": "csv"} | filters)
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def titles(client, **filters):
    return [row["Page"] for row in rows(client, **filters)]


def test_the_report_tells_what_is_due_and_for_how_long(site, admin_client, admin_user):
    page = site.add_section("O nas", owner=admin_user, review_on=day(-12))

    html = admin_client.get(REPORT).content.decode()

    assert f'href="/admin/pages/{page.pk}/edit/"' in html
    for words in ("O nas", "12 days", "Section page", "Reviewed"):
        assert words in html
    (row,) = rows(admin_client)
    assert (row["Page"], row["Due on"], row["Days overdue"], row["Language"]) == (
        "O nas",
        str(day(-12)),
        "12",
        "Polski",
    )


def test_filters_narrow_the_report(site, admin_client, admin_user):
    Locale.objects.get_or_create(language_code="en")
    site.add_section("Po terminie", owner=admin_user, review_on=day(-1))
    site.add_section("Niedługo", review_on=day(20))
    site.add_section("Kiedyś", review_on=day(200))
    news = site.add_news("Wiadomość", review_on=day(-2))

    assert titles(admin_client) == ["Wiadomość", "Po terminie"]
    assert titles(admin_client, when="soon") == ["Wiadomość", "Po terminie", "Niedługo"]
    assert {"Kiedyś", "Niedługo"} < set(titles(admin_client, when="all"))
    assert titles(admin_client, owner=admin_user.pk) == ["Po terminie"]
    assert titles(admin_client, content_type=news.content_type_id) == ["Wiadomość"]
    assert titles(admin_client, locale="en") == []


@pytest.mark.parametrize(
    "query",
    ["?p=x", "?p=99999999999999999999", "?when=x", "?owner=%00", "?content_type=9999999999999999999", "?ordering=x"],
)
def test_nonsense_in_the_address_is_no_error(site, admin_client, query):
    site.add_section(review_on=day(-1))

    assert admin_client.get(REPORT + query).status_code == 200


@pytest.mark.parametrize("ordering", ["title", "-title", "due_on", "-due_on", "locale", "owner__username"])
def test_the_report_can_be_ordered(site, admin_client, ordering):
    site.add_section("A", review_on=day(-1))
    site.add_section("B", review_on=day(-2))

    found = titles(admin_client, ordering=ordering)

    assert sorted(found) == ["A", "B"]
    if ordering in {"title", "-due_on"}:
        assert found == ["A", "B"]


def test_the_export_for_a_spreadsheet_keeps_dates(site, admin_client):
    site.add_section("=1+1", review_on=day(-1))

    answer = admin_client.get(REPORT, {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active

    _headings, row = sheet.rows
    assert (row[0].value, row[0].data_type) == ("=1+1", "s")
    assert str(row[6].value)[:10] == str(day(-1))


def test_an_editor_sees_only_her_own_part(site, client):
    site.add_section("Nie jej", review_on=day(-1))
    site.add_news("Jej", review_on=day(-1))
    client.force_login(site.add_person("anna", "change", page=site.news))

    assert titles(client) == ["Jej"]


def test_an_empty_report_says_so(site, admin_client):
    assert "No page is due." in admin_client.get(REPORT).content.decode()


@pytest.mark.parametrize("number", [3, 30])
def test_a_longer_report_costs_no_more_queries(site, admin_client, admin_user, number):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(REPORT).status_code == 200
        return len(captured)

    site.add_section(owner=admin_user, review_on=day(-1))
    queries()
    with_one = queries()
    for each in range(1, number):
        site.add_section(f"Strona {each}", owner=admin_user, review_on=day(-1))

    assert queries() == with_one


def test_the_dashboard_names_my_pages(site, admin_client, admin_user):
    assert "Pages due for review" not in admin_client.get("/admin/").content.decode()

    site.add_section("Moja strona", owner=admin_user, review_on=day(-3))
    site.add_section("Cudza strona", owner=site.add_person("anna", "change"), review_on=day(-3))

    html = admin_client.get("/admin/").content.decode().partition("Pages due for review")[2].partition("</section>")[0]
    assert "Moja strona" in html
    assert "(3 days)" in html
    assert "Cudza strona" not in html


def test_the_panel_costs_the_same_for_many_pages(site, admin_user, rf):
    request = rf.get("/admin/")
    request.user = admin_user

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert PagesToReviewPanel().rows(request)
        return len(captured)

    site.add_section(owner=admin_user, review_on=day(-1))
    queries()
    with_one = queries()
    for number in range(3):
        site.add_section(f"Strona {number}", owner=admin_user, review_on=day(-1))

    assert queries() == with_one


def test_the_button_carries_its_proof_against_forgery(site, admin_client):
    site.add_section(review_on=day(-1))

    assert 'name="csrfmiddlewaretoken"' in admin_client.get(REPORT).content.decode().partition("<table")[2]
