import csv
import io

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission, Locale

from pages.contrib.link_checker import tasks
from pages.contrib.link_checker.asking import Answer
from pages.contrib.link_checker.keeping import keep
from pages.contrib.link_checker.models import Address, Link, LinkCheckSettings
from pages.contrib.link_checker.panels import BrokenLinksPanel
from pages.contrib.link_checker.places import describe
from pages.models import Footer, NewsPage, Programme, Track, WorkshopPage

pytestmark = pytest.mark.usefixtures("in_english")

REPORT = reverse("link_checker:report")


@pytest.fixture
def editor(site):
    """An editor of the list of news, and of nothing else."""
    group = Group.objects.get(name="Editors")
    GroupPagePermission.objects.filter(group=group).delete()
    for codename in ("add_page", "change_page"):
        GroupPagePermission.objects.create(group=group, page=site.news, permission_type=codename.removesuffix("_page"))
    user = User.objects.create_user("redaktorka", "r@example.org", "password")
    user.groups.add(group)
    return user


def broken_news(site, number=1, **fields):
    body = [
        ("heading", {"text": "Wstęp", "level": "2"}),
        ("text", '<p><a href="/pl/nie-ma/">Zasady konkursu</a></p>'),
    ]
    page = site.add_news(f"Strona {number}", body=body, **fields)
    keep([page])
    return page


def rows(client, **filters):
    answer = client.get(REPORT, {"export": "csv"} | filters)
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_the_report_tells_everything_an_editor_needs(site, admin_client):
    page = broken_news(site)

    html = admin_client.get(REPORT).content.decode()

    anchor = f"block-{page.body[1].id}-section"
    assert f'href="/admin/pages/{page.pk}/edit/#{anchor}"' in html
    for words in ("Strona 1", "Text, block 2", "Zasady konkursu", "/pl/nie-ma/", "There is no page at this address."):
        assert words in html


@pytest.mark.parametrize(
    ("model", "place", "words"),
    [
        (NewsPage, [["field", "body"], ["block", "text", 2]], "Text, block 2"),
        (NewsPage, [["field", "contact_email"]], "E-mail"),
        (WorkshopPage, [["row", "tracks", 2], ["field", "summary"]], "Track 2, Summary"),
        (NewsPage, [["field", "body"], ["block", "of_a_plugin_gone", 2]], "Body"),
        (NewsPage, [["field", "no_longer_there"]], ""),
        (NewsPage, [], ""),
    ],
)
def test_a_place_has_an_editors_name(model, place, words):
    assert describe(model, place) == words


def test_a_link_in_a_snippet_leads_to_its_editor(site, admin_client):
    programme = Programme.objects.create(name="MRM", url="https://mrm.example.org/")
    keep([programme])
    Address.objects.get().note(Answer("private_network"))

    html = admin_client.get(REPORT).content.decode()

    assert f'href="/admin/snippets/pages/programme/edit/{programme.pk}/"' in html


def test_an_editor_sees_only_what_she_may_mend(site, editor, client):
    broken_news(site)
    workshop = site.add_workshop(tracks=[Track(title="A", summary='<p><a href="/pl/nie-ma/">B</a></p>', sort_order=0)])
    footer = Footer.objects.get()
    footer.email = "zly"
    keep([workshop, footer])
    client.force_login(editor)

    assert [row["Page"] for row in rows(client)] == ["Strona 1"]


def test_somebody_who_may_change_nothing_sees_no_report(site, client):
    user = User.objects.create_user("czytelnik", "c@example.org", "password")
    client.force_login(user)

    assert client.get(REPORT).status_code in {302, 403}


def test_both_exports_hold_the_rows(site, admin_client):
    broken_news(site)

    (row,) = rows(admin_client)
    sheet = load_workbook(io.BytesIO(b"".join(admin_client.get(REPORT, {"export": "xlsx"}).streaming_content))).active

    assert (row["Page"], row["Place"], row["Leads to"]) == ("Strona 1", "Text, block 2", "/pl/nie-ma/")
    assert [cell.value for cell in list(sheet.rows)[1]][:4] == [
        "Strona 1",
        "Polski",
        "Text, block 2",
        "Zasady konkursu",
    ]


def test_a_formula_in_a_link_stays_text(site, admin_client):
    page = site.add_news("=1+1", body=[("text", '<p><a href="/pl/nie-ma/">=HYPERLINK("x")</a></p>')])
    keep([page])

    sheet = load_workbook(io.BytesIO(b"".join(admin_client.get(REPORT, {"export": "xlsx"}).streaming_content))).active

    assert {cell.data_type for cell in list(sheet.rows)[1][:4]} == {"s"}


def test_filters_narrow_the_report(site, admin_client, admin_user):
    Locale.objects.get_or_create(language_code="en")
    broken_news(site, 1, owner=admin_user)
    page = site.add_news("Zewnętrzna", body=[("text", '<p><a href="https://example.org/">Tam</a></p>')])
    keep([page])
    Address.objects.get().note(Answer(status=200, moved_to="https://example.org/nowa"))

    def titles(**filters):
        return [row["Page"] for row in rows(admin_client, **filters)]

    assert titles() == ["Strona 1", "Zewnętrzna"]
    assert titles(verdict="broken") == ["Strona 1"]
    assert titles(verdict="moved") == ["Zewnętrzna"]
    assert titles(verdict="unsure") == []
    assert titles(kind="elsewhere") == ["Zewnętrzna"]
    assert titles(locale="pl") == ["Strona 1", "Zewnętrzna"]
    assert titles(locale="en") == []
    assert titles(mine="true") == ["Strona 1"]


@pytest.mark.parametrize(
    "query", ["?p=x", "?p=99999999999999999999", "?verdict=x", "?kind=%00", "?locale=xx", "?ordering=x", "?mine=x"]
)
def test_nonsense_in_the_address_is_no_error(site, admin_client, query):
    broken_news(site)

    assert admin_client.get(REPORT + query).status_code == 200


def test_an_empty_report_says_so(site, admin_client):
    assert "Every link leads somewhere." in admin_client.get(REPORT).content.decode()


@pytest.mark.parametrize("number", [3, 30])
def test_a_longer_report_costs_no_more_queries(site, admin_client, number):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(REPORT).status_code == 200
        return len(captured)

    broken_news(site)
    queries()
    with_one = queries()

    for each in range(1, number):
        broken_news(site, each + 1)

    assert queries() == with_one


def test_looking_again_makes_a_mended_entry_vanish(site, admin_client):
    page = broken_news(site)
    link = Link.objects.get(page=page)
    site.add_news("Nie ma", slug="inny")
    NewsPage.objects.filter(pk=page.pk).update(body=[])

    answer = admin_client.post(reverse("link_checker:again", args=[link.pk]), follow=True)

    assert not Link.objects.filter(page=page).exists()
    assert "The link works now" in answer.content.decode()


def test_looking_again_tells_what_is_still_wrong(site, admin_client):
    link = Link.objects.get(page=broken_news(site))

    answer = admin_client.post(reverse("link_checker:again", args=[link.pk]), follow=True)

    messages = answer.content.decode().partition('class="messages')[2].partition("</ul>")[0]
    assert "There is no page at this address." in messages


def test_looking_again_goes_back_to_the_filtered_report_and_nowhere_else(site, admin_client):
    link = Link.objects.get(page=broken_news(site))

    kept = admin_client.post(reverse("link_checker:again", args=[link.pk]), {"next": f"{REPORT}?verdict=broken"})
    link = Link.objects.get()
    foreign = admin_client.post(reverse("link_checker:again", args=[link.pk]), {"next": "https://evil.example.org/"})

    assert (kept.url, foreign.url) == (f"{REPORT}?verdict=broken", REPORT)


def test_only_who_may_mend_a_page_has_it_looked_at(site, editor, client):
    workshop = site.add_workshop(body=[("text", '<p><a href="/pl/nie-ma/">B</a></p>')])
    keep([workshop])
    client.force_login(editor)

    assert client.post(reverse("link_checker:again", args=[Link.objects.get().pk])).status_code == 404
    assert client.get(reverse("link_checker:again", args=[Link.objects.get().pk])).status_code == 405


def test_another_site_is_asked_in_the_background_only(site, admin_client, monkeypatch):
    """With the tasks done within the request a slow site would hold the editor: it waits for the next round."""
    asked = []
    monkeypatch.setattr(tasks.rounds, "visitor", lambda: asked.append("visited"))
    page = site.add_news(body=[("text", '<p><a href="https://example.org/">Tam</a></p>')])
    keep([page])
    Address.objects.get().note(Answer("private_network"))
    again = reverse("link_checker:again", args=[Link.objects.get().pk])

    off = admin_client.post(again, follow=True).content.decode()
    rules = LinkCheckSettings.load()
    rules.asks_other_sites = True
    rules.save()
    link = Link.objects.get()
    later = admin_client.post(reverse("link_checker:again", args=[link.pk]), follow=True).content.decode()

    assert "Other sites are not asked" in off
    assert "in the next round" in later
    assert asked == []


def test_the_dashboard_names_broken_links_of_my_pages(site, admin_user, admin_client):
    assert "Broken links on my pages" not in admin_client.get("/admin/").content.decode()

    broken_news(site, 1, owner=admin_user)
    broken_news(site, 2)

    html = admin_client.get("/admin/").content.decode()
    assert "Broken links on my pages" in html
    assert "Zasady konkursu" in html
    assert "Strona 1" in html
    assert "Strona 2" not in html.partition("Broken links on my pages")[2].partition("</section>")[0]


def test_the_panel_costs_the_same_for_many_links(site, admin_user, rf):
    request = rf.get("/admin/")
    request.user = admin_user

    def queries():
        with CaptureQueriesContext(connection) as captured:
            BrokenLinksPanel().rows(request)
        return len(captured)

    broken_news(site, 1, owner=admin_user)
    queries()
    with_one = queries()
    for number in range(2, 5):
        broken_news(site, number, owner=admin_user)

    assert queries() == with_one


def test_the_setting_says_what_leaves_the_house(site, admin_client):
    html = admin_client.get(reverse("wagtailsettings:edit", args=["link_checker", "linkchecksettings"]), follow=True)

    assert "learns the network address of this server" in html.content.decode()
    assert LinkCheckSettings.load().asks_other_sites is False


def test_the_button_carries_its_proof_against_forgery(site, admin_client):
    broken_news(site)

    assert 'name="csrfmiddlewaretoken"' in admin_client.get(REPORT).content.decode().partition("<table")[2]
