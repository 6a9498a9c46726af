"""The statement says what the technical conditions 2.0 ask, with their ids, headings and order."""

import json
import re
from html.parser import HTMLParser

import pytest
from wagtail.models import Site

from pages.contrib.accessibility.models import AccessibilityStatement, InaccessibleContent, MobileApp
from pages.models import SiteSettings
from tests.contrib.accessibility.conftest import FACTS, FILMS

REQUIRED = {
    *("a11y-wstep", "a11y-podmiot", "a11y-zakres", "a11y-url", "a11y-data-publikacja", "a11y-data-aktualizacja"),
    *("a11y-status", "a11y-data-sporzadzenie", "a11y-kontakt", "a11y-email", "a11y-telefon", "a11y-procedura"),
    *("a11y-architektura", "a11y-komunikacja"),
}
COST = {"reason": "cost", "description": "Mapy z 1950 roku."}
EXEMPT = {"reason": "exempt", "description": "Pliki sprzed 23 września 2018 r."}


class Document(HTMLParser):
    """Ids, headings and the text inside each element with an id."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.headings, self.attributes, self._heading = [], [], {}, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if (name := attributes.get("id") or "").startswith("a11y-"):
            self.ids.append(name)
            self.attributes[name] = attributes
        if tag in ("h1", "h2", "h3"):
            self._heading = tag

    def handle_data(self, data):
        if self._heading:
            self.headings.append(f"{self._heading} {data}".replace("\u00a0", " "))
            self._heading = None


def read(client, page):
    html = client.get(page.url).content.decode()
    return Document(html[html.index("<main") : html.index("</main>")]), html.replace("\u00a0", " ")


def test_a_statement_has_each_required_id_once_and_no_conditional_one(client, add_statement):
    document, _html = read(client, add_statement(reviewed_on=None))

    assert sorted(document.ids) == sorted(REQUIRED)


def test_conditional_ids_come_with_what_they_stand_for(client, add_statement):
    statement = add_statement(
        items=[COST], cost_assessment_url="https://u.example/ocena", architecture_url="https://u.example/budynek"
    )
    statement.apps = [MobileApp(name="Rynek", url="https://u.example/app", statement_url="https://u.example/app/d")]
    statement.save_revision().publish()

    document, _html = read(client, statement)

    conditional = {"a11y-ocena", "a11y-aplikacje", "a11y-architektura-url", "a11y-data-przeglad"}
    assert sorted(document.ids) == sorted(REQUIRED | conditional)


def test_headings_have_their_fixed_words_and_order(client, add_statement):
    statement = add_statement(
        items=[COST, EXEMPT, {"description": "Filmy bez napisów."}],
        facilities="<p>Jasny i ciemny wygląd.</p>",
        shortcuts="<p>Alt i S: szukaj.</p>",
    )
    statement.apps = [MobileApp(name="Rynek", url="https://u.example/app", statement_url="https://u.example/app/d")]
    statement.save_revision().publish()

    document, _html = read(client, statement)

    assert document.headings == [
        "h1 Deklaracja dostępności",
        "h2 Stan dostępności cyfrowej",
        "h2 Niedostępne treści",
        "h3 Niezgodność z załącznikiem",
        "h3 Treści nieobjęte przepisami",
        "h3 Nadmierne koszty",
        "h2 Przygotowanie deklaracji dostępności i jej aktualizacja",
        "h2 Udogodnienia, ograniczenia i inne informacje",
        "h2 Skróty klawiszowe",
        "h2 Informacje zwrotne i dane kontaktowe",
        "h2 Obsługa wniosków i skarg związanych z dostępnością",
        "h2 Pozostałe informacje",
        "h3 Aplikacje mobilne",
        "h3 Dostępność architektoniczna",
        "h3 Dostępność komunikacyjno-informacyjna",
    ]


def test_a_full_statement_names_nothing_that_is_not_accessible(client, add_statement):
    document, html = read(client, add_statement(items=[], status="full"))

    assert "h2 Niedostępne treści" not in document.headings
    assert "Strona internetowa jest w pełni zgodna z ustawą" in html


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("partial", "z powodu niezgodności lub wyłączeń wymienionych poniżej.</p>"),
        ("none", "Niezgodności lub wyłączenia wymieniono poniżej.</p>"),
    ],
)
def test_the_state_is_said_in_a_fixed_sentence(client, add_statement, status, words):
    _document, html = read(client, add_statement(status=status))

    assert words in html


def test_dates_are_read_by_people_and_by_programs(client, add_statement):
    document, html = read(client, add_statement())

    assert '<time id="a11y-data-publikacja" datetime="2018-07-24">24 lipca 2018 r.</time>' in html
    dates = {name: document.attributes[name]["datetime"] for name in document.ids if name.startswith("a11y-data")}
    assert dates == {
        "a11y-data-publikacja": "2018-07-24",
        "a11y-data-aktualizacja": "2024-05-06",
        "a11y-data-sporzadzenie": "2020-09-01",
        "a11y-data-przeglad": "2026-03-20",
    }


def test_links_lead_to_the_site_the_e_mail_and_the_phone(client, add_statement):
    document, _html = read(client, add_statement())

    links = {name: document.attributes[name]["href"] for name in ("a11y-url", "a11y-email", "a11y-telefon")}
    assert links == {
        "a11y-url": "http://testserver/pl/",
        "a11y-email": "mailto:dostepnosc@urzad.example",
        "a11y-telefon": "tel:+48220000001",
    }


@pytest.mark.parametrize(
    ("code", "heading"), [("en", "Compliance status"), ("uk", "Стан відповідності"), ("ar", "حالة الامتثال")]
)
def test_another_language_follows_the_model_of_the_union_with_the_same_ids(
    client, add_statement, in_language, code, heading
):
    polish = add_statement()
    other = in_language(polish, code)

    document, _html = read(client, other)

    assert sorted(document.ids) == sorted(read(client, polish)[0].ids)
    assert document.headings[1] == f"h2 {heading}"


def test_the_first_published_statement_is_linked_from_every_page(client, site, add_statement, in_language):
    statement = add_statement()
    english = in_language(statement, "en")
    english_home = english.get_parent()

    html = client.get(site.home.url).content.decode()

    assert SiteSettings.for_site(Site.objects.get()).statement_page_id == statement.pk
    assert f'<a href="{statement.url}">Deklaracja dostępności</a>' in html
    assert f'<meta name="deklaracja-dostępności" content="http://testserver{statement.url}">' in html
    assert f'<a href="{english.url}">Accessibility statement</a>' in client.get(english_home.url).content.decode()


def test_a_statement_that_an_administrator_chose_stays(site, add_statement):
    chosen = site.add_news("Inna deklaracja")
    SiteSettings.objects.create(site=Site.objects.get(), statement_page=chosen.page_ptr)

    add_statement()

    assert SiteSettings.objects.get().statement_page_id == chosen.pk


def test_the_statement_can_be_read_as_data(client, add_statement):
    statement = add_statement(items=[COST], cost_assessment_url="https://u.example/ocena")

    response = client.get(f"{statement.url}statement.json")

    assert response.headers["Content-Type"] == "application/json"
    data = json.loads(response.content)
    chosen = ("language", "url", "status", "reviewed_on", "cost_assessment_url", "communication", "shortcuts")
    assert {name: data[name] for name in chosen} == {
        "language": "pl",
        "url": f"http://testserver{statement.url}",
        "status": "partial",
        "reviewed_on": "2026-03-20",
        "cost_assessment_url": "https://u.example/ocena",
        "communication": "Nie mamy tłumacza języka migowego online.",
        "shortcuts": None,
    }
    assert data["inaccessible"] == [{"reason": "cost", "description": "Mapy z 1950 roku.", "alternative": None}]
    assert data["website"]["url"] == "http://testserver/pl/"
    assert data["contact"]["phone"] == "+48 22 000 00 01"


def test_the_page_names_its_twin_and_a_draft_has_none(client, add_statement):
    statement = add_statement()
    address = f"{statement.url}statement.json"

    assert f'type="application/json" href="http://testserver{address}"' in client.get(statement.url).content.decode()
    statement.unpublish()
    assert client.get(address).status_code == 404


def test_what_an_editor_typed_is_never_markup(client, add_statement):
    _document, html = read(client, add_statement(items=[{"description": "<script>x</script>"}], entity="<b>Urząd</b>"))

    assert "<script>x" not in html
    assert re.search(r'<span id="a11y-podmiot">&lt;b&gt;Urząd&lt;/b&gt;</span>', html)


def test_a_statement_can_be_previewed_before_it_is_saved(site):
    items = [InaccessibleContent(sort_order=0, **FILMS)]
    statement = AccessibilityStatement(**FACTS, locale=site.locale, inaccessible=items)
    statement.path, statement.depth = site.home.path + "0001", site.home.depth + 1

    html = statement.make_preview_request().content.decode()

    assert FILMS["description"] in html.replace("\u00a0", " ")
    assert "None" not in html[html.index("<main") : html.index("</main>")]
    assert "statement.json" not in html


def test_a_home_page_takes_one_statement_only(site, add_statement):
    statement = add_statement()

    assert not type(statement).can_create_at(site.home)
