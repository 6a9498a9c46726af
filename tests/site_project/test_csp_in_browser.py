"""Nothing that editors or readers need is refused by the content security policy."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Locale, Page, Site

from pages.models import HomePage, WorkshopIndexPage, WorkshopPage
from tests.factories import SiteImageFactory

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("no_complaints")]


@pytest.fixture
def workshop():
    polish = Locale.objects.get_or_create(language_code="pl")[0]
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Start", slug="start", locale=polish))
    Site.objects.update(root_page=home)
    index = home.add_child(instance=WorkshopIndexPage(title="Warsztaty", slug="warsztaty", locale=polish))
    return index.add_child(
        instance=WorkshopPage(title="Tkanie", slug="tkanie", locale=polish, starts_on=datetime.date(2026, 12, 1))
    )


@pytest.fixture
def editor(page):
    get_user_model().objects.create_superuser("ada", "ada@example.org", "correct horse")
    page.goto("/admin/login/")
    page.fill("[name=username]", "ada")
    page.fill("[name=password]", "correct horse")
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def test_readers_see_every_kind_of_page(page, workshop):
    for address in ("/pl/", "/pl/warsztaty/", "/pl/warsztaty/tkanie/", "/pl/search/?q=tkanie", "/admin/login/"):
        assert page.goto(address).status == 200
        page.wait_for_load_state("networkidle")


def test_an_editor_picks_a_date_opens_a_chooser_and_previews(editor, workshop):
    editor.goto(f"/admin/pages/{workshop.pk}/edit/")

    editor.click("[name=starts_on]")
    editor.locator(".xdsoft_datetimepicker:visible").wait_for()
    editor.keyboard.press("Escape")
    editor.locator("[data-chooser-action-choose]:visible").first.click()
    editor.locator(".modal-dialog:visible").wait_for()
    editor.locator(".modal-dialog [data-dismiss=modal]").click()
    editor.locator(".modal-dialog").wait_for(state="detached")
    editor.locator("[data-side-panel-toggle=preview]").click()
    preview = editor.frame_locator("#w-preview-iframe")

    preview.get_by_role("heading", name="Tkanie").first.wait_for()


def test_an_editor_marks_the_focal_point_of_a_picture(editor):
    image = SiteImageFactory()

    editor.goto(f"/admin/images/{image.pk}/")

    editor.locator(".jcrop-holder").wait_for()
