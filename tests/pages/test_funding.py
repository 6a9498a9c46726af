"""The signs of funding: which ones, in what order, on which pages and how high up."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Site

from media import renditions
from pages.models import FundingSigns, Programme, SiteSettings
from tests.factories import SiteImageFactory
from tests.site_tree import full_workshop


def signs_in(html):
    """The words of each sign in the order of the page."""
    signs = re.findall(r'<p class="funding__sign">(.*?)</p>', html, re.DOTALL)
    words = [re.sub(r"<img[^>]*alt=\"([^\"]*)\"[^>]*>", r" \1 ", sign) for sign in signs]
    return [
        " ".join(re.sub("<br>", " ", re.sub("<(?!br)[^>]+>", "", word)).replace("\u00a0", " ").split())
        for word in words
    ]


def html_of(client, page):
    return client.get(page.url).content.decode()


def uploaded():
    image = SiteImageFactory(file__width=60, file__height=40)
    renditions.make(image)
    return image


def test_signs_have_one_order_whatever_an_editor_fills_in_first(client, site):
    signs = FundingSigns.objects.create(
        name="Unia", european_funds_sign=uploaded(), other_logo=uploaded(), other_logo_name="Ministerstwo"
    )

    html = html_of(client, site.add_news(funding=signs))

    assert signs_in(html) == [
        "Fundusze Europejskie",
        "Rzeczpospolita Polska",
        "Ministerstwo",
        "Dofinansowane przez Unię Europejską",
    ]


def test_a_page_takes_its_own_signs_else_those_of_its_programme_else_those_of_the_site(client, site):
    for_all, of_programme, own = (
        FundingSigns.objects.create(name=name, statement=f"Unia Europejska: {name}") for name in ("A", "B", "C")
    )
    SiteSettings.objects.create(site=Site.objects.get(), funding=for_all)
    programme = Programme.objects.create(name="Modelowa Rewitalizacja Miast", funding=of_programme)

    shown = [
        signs_in(html_of(client, page))[-1]
        for page in (
            site.add_news("A"),
            site.add_news("B", programme=programme),
            site.add_workshop("C", programme=programme, funding=own),
        )
    ]

    assert shown == ["Unia Europejska: A", "Unia Europejska: B", "Unia Europejska: C"]


def test_a_page_without_funding_shows_no_signs(client, site):
    FundingSigns.objects.create(name="Unia")

    assert "funding" not in html_of(client, site.add_news())


@pytest.mark.parametrize("kind", ["news", "workshop", "list"])
def test_signs_of_the_period_from_2014_stand_before_the_text_and_later_ones_at_the_foot(client, site, kind):
    signs = FundingSigns.objects.create(name="Unia", period="2014-2020", fund="Fundusz Spójności")
    SiteSettings.objects.create(site=Site.objects.get(), funding=signs)
    page = {"news": site.add_news, "workshop": site.add_workshop}.get(kind, lambda **_: site.news)(
        lead="Początek tekstu"
    )
    early = html_of(client, page)
    signs.period = "2021-2027"
    signs.save()
    late = html_of(client, page)

    assert signs_in(early)[-1] == "Dofinansowane przez Unię Europejską Fundusz Spójności"
    assert early.index("funding__signs") < early.index("site-footer")
    if kind != "list":
        assert early.index("funding__signs") < early.index("with-aside")
    assert late.count("funding__signs") == early.count("funding__signs") == 1
    assert late.index("funding__signs") > late.index("site-footer")


def test_signs_keep_their_language_and_direction_on_every_page(client, site):
    html = html_of(client, site.add_news(funding=FundingSigns.objects.create(name="Unia")))

    assert '<div class="funding__signs" lang="pl" dir="ltr">' in html


def refusal(**fields):
    with translation.override("pl"):
        with pytest.raises(ValidationError) as refused:
            FundingSigns(**{"name": "Unia"} | fields).full_clean()
        return refused.value.message_dict


def test_a_fifth_sign_is_refused_and_the_message_says_what_to_do(db):
    pictures = {name: SiteImageFactory() for name in ("european_funds_sign", "other_logo", "second_logo")}

    message = refusal(**pictures, other_logo_name="Miasto", second_logo_name="Fundacja")

    assert message == {"second_logo": ["Obok siebie mogą stać najwyżej cztery znaki. Usuń jedno logo."]}


def test_four_signs_are_enough_and_allowed(db):
    pictures = {name: SiteImageFactory() for name in ("european_funds_sign", "other_logo")}

    FundingSigns(name="Unia", other_logo_name="Miasto", **pictures).full_clean()


def test_a_logo_without_words_is_refused(db):
    assert list(refusal(other_logo=SiteImageFactory())) == ["other_logo_name"]


@pytest.mark.parametrize("words", ["Dofinansowane przez UE", "Fundusze Europejskie", "Unia"])
def test_the_union_is_named_in_full(db, words):
    assert list(refusal(statement=words)) == ["statement"]


def test_a_project_of_the_earlier_period_names_its_fund(db):
    assert list(refusal(period="2014-2020", statement="Unia Europejska")) == ["fund"]


def test_signs_of_the_programme_cost_a_workshop_page_no_query(client, site):
    workshop = full_workshop(site)
    bare = _queries(client, workshop)
    workshop.programme.funding = FundingSigns.objects.create(name="Unia")
    workshop.programme.save()

    assert _queries(client, workshop) == bare


def _queries(client, page):
    client.get(page.url)
    with CaptureQueriesContext(connection) as captured:
        client.get(page.url)
    return len(captured)


def test_uploaded_signs_cost_one_query_whether_one_or_three(client, site):
    workshop = full_workshop(site)
    bare = _queries(client, workshop)
    workshop.programme.funding = FundingSigns.objects.create(name="Unia", european_funds_sign=uploaded())
    workshop.programme.save()
    one = _queries(client, workshop)
    FundingSigns.objects.update(other_logo=uploaded(), second_logo=uploaded())

    assert (one - bare, _queries(client, workshop) - bare) == (1, 1)


def test_an_uploaded_sign_opens_to_readers_with_the_page_that_shows_it(
    client, site, django_capture_on_commit_callbacks
):
    image = SiteImageFactory()
    with django_capture_on_commit_callbacks(execute=True):
        signs = FundingSigns.objects.create(name="Unia", european_funds_sign=image)
    image.refresh_from_db()
    before = image.is_public
    with django_capture_on_commit_callbacks(execute=True):
        site.add_news(funding=signs)
    image.refresh_from_db()

    assert (before, image.is_public) == (False, True)
