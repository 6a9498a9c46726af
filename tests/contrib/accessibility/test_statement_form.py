"""What an editor of the statement finds filled in, and what is refused with a sentence that helps."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from pages.contrib.accessibility.models import AccessibilityStatement
from pages.models import Header, SiteSettings

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def editor(client, django_user_model):
    user = get_user_model().objects.create_superuser("redaktor", "redaktor@urzad.example", "x")
    client.force_login(user)
    return client


def address(site):
    return reverse("wagtailadmin_pages:add", args=["accessibility", "accessibilitystatement", site.home.pk])


def filled(items=({"reason": "failure", "description": "Filmy bez napisów", "alternative": ""},), **changes):
    facts = {
        "title": "Deklaracja dostępności",
        "slug": "deklaracja",
        "entity": "Urząd",
        "site_published_on": "2018-07-24",
        "site_updated_on": "2024-05-06",
        "status": "partial",
        "cost_assessment_url": "",
        "prepared_on": "2020-09-01",
        "reviewed_on": "2026-03-20",
        "method": "self",
        "assessor": "",
        "report_url": "",
        "facilities": rich_text(""),
        "shortcuts": rich_text(""),
        "contact_name": "koordynatorka",
        "contact_email": "dostepnosc@urzad.example",
        "contact_phone": "+48 22 123 45 67",
        "architecture": rich_text("<p>Bez progów.</p>"),
        "architecture_url": "",
        "communication": rich_text("<p>Telefon.</p>"),
        "inaccessible": inline_formset(list(items)),
        "apps": inline_formset([]),
        "action-publish": "1",
    }
    return nested_form_data(facts | changes)


def errors(response):
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def test_a_new_statement_knows_what_the_site_knows(editor, site):
    Header.objects.update(owner_name="Departament Programów Pomocowych")
    SiteSettings.objects.create(site=Site.objects.get(), accessibility_email="dostepnosc@urzad.example")

    form = editor.get(address(site)).context["form"]

    known = {name: form[name].value() for name in ("title", "slug", "entity", "contact_email", "status")}
    assert known == {
        "title": "Deklaracja dostępności",
        "slug": "deklaracja-dostepnosci",
        "entity": "Departament Programów Pomocowych",
        "contact_email": "dostepnosc@urzad.example",
        "status": "partial",
    }


def test_a_whole_statement_is_published(editor, site):
    response = editor.post(address(site), filled())

    assert response.status_code == 302
    statement = AccessibilityStatement.objects.get()
    assert (statement.live, statement.reviewed_on) == (True, datetime.date(2026, 3, 20))
    assert [item.description for item in statement.inaccessible.all()] == ["Filmy bez napisów"]


COST = {"reason": "cost", "description": "Mapy", "alternative": ""}
REFUSED = {
    "partly, but nothing named": (filled(items=[]), "status", "Add at least one item"),
    "not compliant, but nothing named": (filled(items=[], status="none"), "status", "Add at least one item"),
    "fully, but something named": (filled(status="full"), "status", "has nothing that is not accessible"),
    "costs without assessment": (filled(items=[COST]), "cost_assessment_url", "Give the address of the assessment"),
    "review before preparation": (filled(reviewed_on="2020-08-31"), "reviewed_on", "Check both dates"),
    "change before publication": (filled(site_updated_on="2018-07-23"), "site_updated_on", "Check both dates"),
    "a day to come": (filled(reviewed_on="2999-01-01"), "reviewed_on", "still to come"),
    "no phone": (filled(contact_phone=""), "contact_phone", "Give a phone number"),
    "half a phone number": (filled(contact_phone="12 34"), "contact_phone", "too short"),
    "no e-mail": (filled(contact_email=""), "contact_email", "Give an e-mail address"),
    "no person": (filled(contact_name=""), "contact_name", "Name a person or a unit"),
    "an assessor without a name": (filled(method="external"), "assessor", "Name who assessed the site"),
    "no building": (filled(architecture=rich_text("")), "architecture", "Describe the building"),
    "no communication": (filled(communication=rich_text("")), "communication", "how people can reach you"),
}


@pytest.mark.parametrize(("data", "field", "words"), REFUSED.values(), ids=REFUSED)
def test_a_contradiction_is_refused_and_the_message_says_how_to_mend_it(editor, site, data, field, words):
    found = errors(editor.post(address(site), data))

    assert list(found) == [field]
    assert words in found[field][0]


def test_a_draft_may_wait_for_its_facts(editor, site):
    data = filled(items=[], contact_phone="", architecture=rich_text(""), entity="")
    del data["action-publish"]

    response = editor.post(address(site), data)

    assert response.status_code == 302
    assert not AccessibilityStatement.objects.get().live
