"""Lists: narrowed, ordered, in pages that lose nothing, and without what readers cannot open."""

import datetime
import re

import pytest
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query as Promoted
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.log_actions import log
from wagtail.models import PageViewRestriction

from media.models import SiteDocument
from pages.models import Header, HeaderLink, NewsPage, PageTopic, Person, SiteSettings, Topic
from tests.contrib.api.test_pages import queries
from tests.factories import SiteDocumentFactory, SiteImageFactory
from tests.site_tree import full_workshop, translate


def titles(api, query=""):
    return [item["title"] for item in api.get(f"/pages/?type=pages.NewsPage&{query}")["items"]]


@pytest.fixture
def three(site, committed):
    """Three articles of three days, the newest foremost in lists."""
    with committed():
        topic = Topic.objects.create(name="Woda")
        first = site.add_news("Pierwsza", slug="p", display_date="2018-07-01", lead="Woda w mieście.")
        second = site.add_news("Druga", slug="d", display_date="2018-07-02", page_topics=[PageTopic(topic=topic)])
        third = site.add_news("Trzecia", slug="t", display_date="2018-07-03", lead_image=SiteImageFactory())
    return first, second, third


def test_a_list_is_narrowed_and_ordered(api, site, three):
    first, _second, _third = three
    topic = Topic.objects.get()

    assert titles(api, "order=-date") == ["Trzecia", "Druga", "Pierwsza"]
    assert titles(api, "order=title") == ["Druga", "Pierwsza", "Trzecia"]
    assert titles(api, "order=date&date_from=2018-07-02&date_to=2018-07-02") == ["Druga"]
    assert titles(api, f"topic={topic.pk}") == ["Druga"]
    assert titles(api, "slug=p") == titles(api, f"translation_of={first.pk}") == ["Pierwsza"]
    assert titles(api, "search=wodą&order=title") == ["Druga", "Pierwsza"]
    assert titles(api, "language=en") == titles(api, "changed_since=2999-01-01T00:00:00Z") == []
    assert titles(api, f"parent={site.home.pk}") == []
    assert len(titles(api, f"within={site.home.pk}")) == len(titles(api, f"parent={site.news.pk}")) == 3
    types = api.get("/pages/?type=pages.HomePage&type=pages.NewsIndexPage&order=id")["items"]
    assert [item["type"] for item in types] == ["pages.HomePage", "pages.NewsIndexPage"]


def test_pages_are_neither_lost_nor_doubled_from_one_cursor_to_the_next(api, three):
    seen, cursor = [], ""
    for _page in range(3):
        page = api.get(f"/pages/?type=pages.NewsPage&order=-date&limit=1{cursor}")
        seen += [item["title"] for item in page["items"]]
        cursor = f"&cursor={page['next_cursor']}"

    assert seen == ["Trzecia", "Druga", "Pierwsza"]
    assert page["next_cursor"] is None
    assert page["count"] == 3


def test_a_card_holds_what_was_asked_for(api, three):
    full = api.get("/pages/?slug=t")["items"][0]
    few = api.get("/pages/?slug=t&fields=title,date")["items"][0]

    assert full["lead_image"]["renditions"][0]["url"].startswith("http://testserver/media/")
    assert few == {"id": full["id"], "type": "pages.NewsPage", "title": "Trzecia", "date": "2018-07-03"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/pages/?limit=100000", 400),
        ("/pages/?nosuchfield=1", 400),
        ("/pages/?fields=password", 400),
        ("/pages/?cursor=nonsense", 400),
        ("/pages/?cursor=WyIyMDk5LTAxLTAxIiw5OTk5OTk5OTk5OTk5OTk5OTk5OTk5XQ", 400),
        ("/changes/?since=2018-01-01T00:00:00Z&cursor=WyIyMDE4LTA3LTE4IiwxXQ", 400),
        ("/pages/?type=pages.Nothing", 400),
        ("/pages/?date_from=2018-13-01", 400),
        ("/pages/?topic=99999999999999999999", 400),
        ("/images/?limit=0", 400),
        ("/changes/", 400),
        ("/search/?q=a&page=0", 400),
        ("/search/?q=%00", 400),
        ("/calendar/?since=0000-00-00", 400),
    ],
)
def test_a_bad_value_is_a_problem(api, site, path, status):
    assert api.get(path, status=status)["status"] == status


def test_private_and_draft_pages_and_their_files_are_in_no_list(api, site, committed):
    with committed():
        open_page = full_workshop(site, photos=1, tracks=1, documents=1, title="Otwarte")
    api_before = [api.get(f"/{name}/")["count"] for name in LISTS]
    with committed():
        secret = full_workshop(site, photos=1, tracks=1, documents=1, title="Tajne")
        draft = full_workshop(site, photos=1, tracks=1, documents=1, title="Szkic")
        # What only these pages name must not be found by its name either.
        for page in (secret, draft):
            page.programme.name = f"Program {page.title}"
            page.programme.save()
        PageViewRestriction.objects.create(page=secret, restriction_type="login")
        draft.unpublish()

    assert [api.get(f"/{name}/")["count"] for name in LISTS] == api_before
    said = "".join(api.response(f"/{name}/").content.decode() for name in LISTS)
    assert "Tajne" not in said
    assert "Szkic" not in said
    assert api.get("/search/?q=Tajne")["count"] == api.get("/search/?q=Szkic")["count"] == 0
    for document in SiteDocument.objects.filter(is_public=False):
        api.get(f"/documents/{document.pk}/", status=404)
    assert open_page.title in said


LISTS = ("pages", "images", "documents", "people", "programmes", "topics", "calendar", "sitemap")


def test_files_people_programmes_and_the_calendar(api, site, committed):
    with committed():
        workshop = full_workshop(site, photos=1, tracks=1, documents=1)
        SiteDocumentFactory(title="Niczyj")

    (image,) = api.get("/images/")["items"]
    (document,) = api.get("/documents/?kind=summary&language=pl&search=dokument")["items"]
    (person,) = api.get("/people/?search=nowak")["items"]
    (programme,) = api.get("/programmes/")["items"]
    (event,) = api.get("/calendar/?since=2018-07-20&until=2018-07-20")["items"]
    assert api.get(f"/images/{image['id']}/") == image
    assert api.get(f"/documents/{document['id']}/")["url"].startswith("http://testserver/documents/")
    assert person["name"] == "Anna Nowak-Kowalska 0"
    assert programme["organisation"]["name"] == "Departament Programów Pomocowych"
    assert (event["id"], event["status"]) == (workshop.pk, "past")
    assert re.search(r"[+-]\d\d:\d\d$", event["starts"])
    assert api.get("/calendar/?since=2018-07-21")["count"] == 0


def test_the_search_marks_what_was_found(api, three):
    found = api.get("/search/?q=wodą")

    first = next(item for item in found["items"] if item["title"] == "Pierwsza")
    assert "<mark>Woda</mark>" in first["passage_html"]
    assert first["url"] == "http://testserver/pl/aktualnosci/p/"


def test_the_site_tells_its_names_languages_and_menus(api, site, committed):
    header = Header.objects.get()
    header.links = [HeaderLink(page=site.news, sort_order=0)]
    header.save()
    with committed():
        translate(site.home, "en")

    told = api.get("/site/")

    assert told["name"] == "Modelowa Rewitalizacja Miast"
    assert told["menu"] == [{"label": "Aktualności", "url": "http://testserver/pl/aktualnosci/", "language": ""}]
    assert [language["code"] for language in told["languages"]] == ["pl", "en"]


def test_the_accessibility_statement_is_told_as_a_page(api, site, committed):
    api.get("/accessibility-statement/", status=404)
    with committed():
        page = site.add_news("Deklaracja dostępności")
        SiteSettings.objects.update_or_create(site=site_of(site), defaults={"statement_page": page})

    assert api.get("/accessibility-statement/")["title"] == "Deklaracja dostępności"


def site_of(tree):
    return tree.home.get_site()


def test_changes_tell_what_was_published_withdrawn_locked_and_deleted(api, site, three, committed):
    first, second, third = three
    since = timezone.now()
    with committed():
        site.home.add_child(instance=type(site.news)(title="Szkic", slug="szkic", live=False))
        first.unpublish()
        PageViewRestriction.objects.create(page=site.news, restriction_type="login")
        log(instance=site.news, action="wagtail.view_restriction.create")
        number = third.pk
        third.delete()
    with committed():
        workshop = site.add_workshop()

    changes = api.get(f"/changes/?since={since.isoformat().replace('+', '%2B')}")["items"]

    assert {(change["id"], change["state"]) for change in changes} == {
        (first.pk, "gone"),
        (second.pk, "gone"),
        (site.news.pk, "gone"),
        (number, "gone"),
        (workshop.pk, "published"),
    }
    assert api.get("/changes/?since=2999-01-01T00:00:00Z")["count"] == 0
    assert [change["url"] for change in changes if change["state"] == "published"] == [
        f"http://testserver{workshop.url}"
    ]


def changed_since(api, moment):
    return {change["id"] for change in api.get(f"/changes/?since={moment.isoformat().replace('+', '%2B')}")["items"]}


def test_changes_tell_pages_below_one_that_moved_or_has_another_slug(api, site, committed):
    with committed():
        news = site.add_news()
        site.add_workshop()
        site.news.save_revision().publish()
    for change in ("move", "rename"):
        since = timezone.now()
        section = type(site.news).objects.get(pk=site.news.pk)
        with committed():
            if change == "move":
                section.move(site.workshops, pos="last-child")
            else:
                section.slug = "wiadomosci"
                section.save_revision().publish()
        assert changed_since(api, since) == {section.pk, news.pk}, change


def test_changes_tell_pages_that_show_what_was_changed(api, site, committed):
    with committed():
        shown = full_workshop(site, photos=1, tracks=1, documents=1)
        site.add_news()
    photo = shown.galleries.get().photos.get().image
    document = shown.attachment_groups.get(is_expected=False).attachments.get().document
    person = Person.objects.get()
    person.photo = SiteImageFactory()
    with committed():
        person.save()
        site.news.add_child(instance=NewsPage(title="Szkic", live=False, lead_image=photo))
    for thing in (photo, document, person.photo):
        since = timezone.now()
        log(instance=thing, action="wagtail.edit")
        assert changed_since(api, since) == {shown.pk}, thing
    log(instance=site.news, action="wagtail.move")
    assert queries(api, "/changes/?since=2018-01-01T00:00:00Z") <= 8


def test_the_sitemap_tells_every_address_with_its_languages(api, site, committed):
    with committed():
        translate(site.home, "en")

    (first, *_rest) = api.get("/sitemap/")["items"]

    assert first["alternates"] == [
        {"language": "en", "url": "http://testserver/en/"},
        {"language": "pl", "url": "http://testserver/pl/"},
        {"language": "x-default", "url": "http://testserver/"},
    ]


@pytest.mark.parametrize("name", [*LISTS, "site", "changes", "search"])
def test_each_answer_takes_as_many_queries_with_three_entries_as_with_one(api, site, committed, name):
    asked = {"changes": "?since=2018-01-01T00:00:00Z", "search": "?q=Warsztaty"}.get(name, "")
    with committed():
        full_workshop(site, photos=1, tracks=1, documents=1)
    one = queries(api, f"/{name}/{asked}")
    with committed():
        full_workshop(site, photos=3, tracks=3, documents=3)
        full_workshop(site, photos=3, tracks=3, documents=3)

    assert queries(api, f"/{name}/{asked}") == one <= 8


@pytest.mark.every_case
def test_no_search_takes_more_than_eight_queries(api, site, committed):
    with committed():
        translate(site.home, "en")
        translate(site.workshops, "en")
        workshop = full_workshop(site, photos=1, tracks=1, documents=1, title="Spacer po mieście")
        site.add_news("Jak się zapisać", lead="Spacer z psem.")
    with committed():
        translate(workshop, "en")
    for words in ("spacer", "spacer piesx"):
        SearchPromotion.objects.create(query=Promoted.objects.create(query_string=words), page=workshop)
    programme = f"&programme={workshop.programme_id}"
    odd = (
        "spac",
        "spac mias",
        '"po mieście"',
        '"po mies"',
        "spacer zapisać",
        "spacer mieszcie",
        "spacer piesx",
        "dokument",
    )

    found = {words: api.get(f"/search/?q={words}") for words in odd}
    taken = {
        f"{words}{facet}": queries(api, f"/search/?q={words}{facet}") for words in odd for facet in ("", programme)
    }
    taken |= {f"{words} in a list": queries(api, f"/pages/?search={words}") for words in odd}

    assert {words: count for words, count in taken.items() if count > 8} == {}
    # Every way that a search can go was among them.
    assert found["spacer mieszcie"]["is_loose"]
    assert found["spacer mieszcie"]["suggestion"] == "spacer mieście"
    assert found["spacer mieszcie"]["elsewhere"] == []
    assert found["spac"]["elsewhere"] == [{"language": "en", "count": 1}]
    assert found['"po mieście"']["count"] == 1
    assert {item["type"] for item in found["dokument"]["items"]} == {"document", "page"}


def test_moments_without_a_zone_count_as_utc(api, three):
    tomorrow = (timezone.now() + datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S")

    assert titles(api, f"changed_since={tomorrow}") == []
