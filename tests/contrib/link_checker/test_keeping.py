import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from pages.contrib.link_checker import keeping
from pages.contrib.link_checker.models import Address, Link, Progress
from pages.models import Footer, Programme
from tests.factories import SiteDocumentFactory
from tests.site_tree import translate


def text(*links):
    return [("text", "<p>" + " ".join(links) + "</p>")]


def to_page(page, words="Tam"):
    return f'<a linktype="page" id="{page.pk}">{words}</a>'


def to(href):
    return f'<a href="{href}">{href or "nic"}</a>'


def problems(page=None):
    links = Link.objects.filter(page=page) if page else Link.objects.all()
    return [link.problem for link in links]


def test_links_to_pages_that_readers_cannot_open_are_told(site):
    live, draft, gone, private = (site.add_news(title) for title in ("Jest", "Szkic", "Nie ma", "Zamknięta"))
    page = site.add_news("Tu", body=text(*map(to_page, (live, draft, gone, private))))
    draft.unpublish()
    gone.delete()
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    keeping.keep([page])

    assert problems(page) == ["", "page_unpublished", "page_gone", "page_private"]


def test_a_private_page_may_name_its_neighbours(site):
    one, two = site.add_news("Raz"), site.add_news("Dwa")
    two.body = text(to_page(one))
    two.save()
    PageViewRestriction.objects.create(page=site.news, restriction_type="login")

    keeping.keep([two])

    assert problems() == [""]


def test_a_page_that_is_published_in_the_language_of_the_text_is_enough(site, django_capture_on_commit_callbacks):
    target = site.add_news("Cel")
    page = site.add_news("Tu", body=text(to_page(target)))
    with django_capture_on_commit_callbacks(execute=True):
        for each in (site.home, site.news, target, page):
            translate(each, "en")
    target.unpublish()
    english = Page.objects.get(translation_key=page.translation_key, locale__language_code="en").specific

    keeping.keep([page, english])

    assert problems(page) == ["page_unpublished"]
    assert problems(english) == [""]


def test_links_to_documents_that_readers_cannot_open_are_told(site):
    good, closed, gone = SiteDocumentFactory(), SiteDocumentFactory(), SiteDocumentFactory()
    collection = Collection.get_first_root_node().add_child(name="Wewnętrzne")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    closed.collection = collection
    closed.save()
    links = [f'<a linktype="document" id="{each.pk}">D</a>' for each in (good, closed, gone)]
    page = site.add_news(body=text(*links))
    gone.delete()

    keeping.keep([page])

    assert problems() == ["", "document_private", "document_gone"]


@pytest.mark.parametrize(
    ("href", "problem"),
    [
        ("/pl/aktualnosci/", ""),
        ("http://testserver/pl/aktualnosci/", ""),
        ("/pl/aktualnosci/?page=2", ""),
        ("/pl/nie-ma/", "not_found"),
        ("https://testserver/pl/nie-ma/", "not_found"),
        ("/pl/aktualności/", "not_found"),
        ("/pl/aktualnosci/#content", ""),
        ("/pl/aktualnosci/#nie-ma", "anchor_missing"),
        ("#nie-ma", "anchor_missing"),
        ("#content", ""),
        ("#", ""),
        ("/admin/pages/3/", "in_admin"),
        ("/static/css/base.css", ""),
        ("/static/css/nie-ma.css", "not_found"),
        ("/documents/999999/a.pdf", "not_found"),
        ("www.example.org", "no_scheme"),
        ("http://", "malformed"),
        ("http://[zle", "malformed"),
        ("javascript:alert(1)", "malformed"),
        ("", "empty"),
        ("/%00/", "not_found"),
        ("mailto:biuro@example.org", ""),
        ("mailto:biuro@example.org,kadry@example.org?subject=Pytanie", ""),
        ("mailto:biuro@example", "mail_invalid"),
        ("tel:+48 22 123 45 67", ""),
        ("tel:zadzwoń", "phone_invalid"),
    ],
)
def test_an_address_typed_by_hand_is_tried_out(site, href, problem):
    page = site.add_news(body=text(to(href)))

    keeping.keep([page])

    assert [(link.href, link.problem) for link in Link.objects.all()] == [(href, problem)]


@pytest.mark.parametrize("restriction", ["login", "password"])
def test_a_place_in_a_private_page_is_not_judged(site, restriction):
    page = site.add_news(body=text(to("#dol")))
    PageViewRestriction.objects.create(page=page, restriction_type=restriction, password="tajne")

    keeping.keep([page])

    assert problems() == [""]


def test_an_address_that_is_redirected_for_good_is_advice(site):
    Redirect.add_redirect("/pl/stare", redirect_to=site.news, is_permanent=True)
    page = site.add_news(body=text(to("/pl/stare/")))

    keeping.keep([page])

    link = Link.objects.get()
    assert (link.problem, link.moved_to) == ("", "/pl/aktualnosci/")


def test_a_page_published_anew_loses_its_entry(site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = site.add_news(body=text(to("/pl/nie-ma/")))
    assert problems(page) == ["not_found"]

    page.body = text(to("/pl/aktualnosci/"))
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    assert problems(page) == [""]


def test_a_draft_changes_nothing(site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = site.add_news(body=text(to("/pl/nie-ma/")))
        page.body = text(to("/pl/aktualnosci/"))
        page.save_revision()

    assert problems(page) == ["not_found"]


def test_an_entry_comes_and_goes_with_the_page_it_leads_to(site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        target = site.add_news("Cel")
        page = site.add_news("Tu", body=text(to_page(target)))
    assert problems(page) == [""]

    with django_capture_on_commit_callbacks(execute=True):
        target.unpublish()
    assert problems(page) == ["page_unpublished"]
    assert Link.objects.get(page=page).broken_since

    with django_capture_on_commit_callbacks(execute=True):
        target.save_revision().publish()
    assert problems(page) == [""]
    assert not Link.objects.get(page=page).broken_since

    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(pk=target.pk).delete()
    assert problems(page) == ["page_gone"]


def test_a_page_taken_back_has_no_entries(site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = site.add_news(body=text(to("/pl/nie-ma/")))
        page.unpublish()

    assert problems() == []


def test_since_when_a_link_is_broken_survives_another_look(site):
    page = site.add_news(body=text(to("/pl/nie-ma/")))
    keeping.keep([page])
    first = Link.objects.get().broken_since

    keeping.keep([page])

    assert Link.objects.get().broken_since == first


def test_a_saved_snippet_is_checked(site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        footer = Footer.objects.get()
        footer.address = f"<p>{to('/pl/nie-ma/')}</p>"
        footer.save()

    assert [(link.page, link.source_title, link.problem) for link in Link.objects.all()] == [
        (None, "Kontakt", "not_found")
    ]


def test_an_address_elsewhere_is_kept_once(site):
    one = site.add_news("Raz", body=text(to("https://example.org/a"), to("https://example.org/a#dol")))
    two = site.add_news("Dwa", body=text(to("https://example.org/a"), to("https://example.org/" + "ą" * 3000)))

    keeping.keep([one, two])

    assert Link.objects.count() == 4
    assert sorted(len(url) for url in Address.objects.values_list("url", flat=True)) == [21, 3020]


def test_a_sweep_goes_on_where_it_stopped(site):
    for number in range(5):
        site.add_news(f"Strona {number}", body=text(to("/pl/nie-ma/")))
    Programme.objects.create(name="MRM", url="https://mrm.example.org/")

    seen = [keeping.sweep(most=3)]
    assert Link.objects.filter(kind="path").count() < 5
    while Progress.get().swept_at is None:
        seen.append(keeping.sweep(most=3))

    assert sum(seen) == 8  # five, home and two lists
    assert Link.objects.filter(kind="path").count() == 5
    assert Address.objects.get().url == "https://mrm.example.org/"


def test_a_sweep_clears_away_what_is_gone(site):
    page = site.add_news(body=text(to("https://example.org/a"), to("/pl/nie-ma/")))
    keeping.keep([page])
    Page.objects.filter(pk=page.pk).update(live=False)

    keeping.sweep()

    assert (Link.objects.count(), Address.objects.count()) == (0, 0)


@pytest.mark.parametrize("number", [3, 30])
def test_more_pages_cost_no_more_queries(site, number):
    target = site.add_news("Cel")

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            keeping.sweep()
        return len(captured)

    def add(number):
        links = [to_page(target), to(f"https://example.org/{number}"), "tekst"]
        site.add_workshop(f"Warsztat {number}", body=text(*links))

    add(0)
    queries()
    with_one = queries()

    for each in range(1, number):
        add(each)

    assert queries() == with_one


def test_the_command_tells_what_it_found(site, capsys):
    site.add_news(body=text(to("/pl/nie-ma/")))

    call_command("check_links", verbosity=2)

    assert "Looked at 4 pages; 1 links are broken." in capsys.readouterr().out
