import datetime

import pytest
from wagtail.models import Locale

from pages.contrib.accessibility.models import AccessibilityStatement, InaccessibleContent

FACTS = {
    "title": "Deklaracja dostępności",
    "slug": "deklaracja-dostepnosci",
    "entity": "Departament Programów Pomocowych",
    "site_published_on": datetime.date(2018, 7, 24),
    "site_updated_on": datetime.date(2024, 5, 6),
    "prepared_on": datetime.date(2020, 9, 1),
    "reviewed_on": datetime.date(2026, 3, 20),
    "contact_name": "koordynatorka dostępności",
    "contact_email": "dostepnosc@urzad.example",
    "contact_phone": "+48 22 000 00 01",
    "architecture": "<p>Wejście jest bez progów.</p>",
    "communication": "<p>Nie mamy tłumacza języka migowego online.</p>",
}
FILMS = {"description": "Filmy sprzed 2019 roku nie mają napisów.", "alternative": "Prześlemy ich tekst."}


@pytest.fixture
def add_statement(site):
    """Return a function that publishes a statement below the home page."""

    def add(items=(FILMS,), **facts):
        rows = [InaccessibleContent(sort_order=number, **item) for number, item in enumerate(items)]
        statement = site.home.add_child(instance=AccessibilityStatement(**FACTS | facts, inaccessible=rows))
        statement.save_revision().publish()
        return AccessibilityStatement.objects.get(pk=statement.pk)

    return add


@pytest.fixture
def in_language(site):
    """Return a function that publishes a copy of a page in another language."""

    def copy(page, code):
        locale = Locale.objects.get_or_create(language_code=code)[0]
        copied = page.copy_for_translation(locale, copy_parents=True)
        copied.save_revision().publish()
        return type(page).objects.get(pk=copied.pk)

    return copy
