"""What goes wrong in editors' hands is answered with a sentence, and nothing is lost."""

import pytest
from playwright.sync_api import expect

from media.models import SiteImage
from tests.journeys.admin import as_upload, expect_message
from tests.media.files import picture, truncated

pytestmark = pytest.mark.browser


def test_broken_files_wrong_dates_and_wrong_places_are_answered_with_sentences(town, work_as):
    workshop = town.add_workshop("Warsztaty o wodzie")
    editor = work_as("editor")
    upload_good_and_broken(editor)
    end_before_start(editor, town)
    move_to_wrong_place(work_as("moderator"), workshop, town)


def upload_good_and_broken(editor):
    files = [picture("dobre.jpg"), truncated("uciete.png", "PNG")]
    editor.goto("/admin/images/multiple/add/")
    editor.set_input_files(
        "#fileupload",
        [
            *(as_upload(file.name, file.read()) for file in files),
            as_upload("wirus.jpg", b"MZ\x90\x00" + b"\x00" * 500),
        ],
    )
    rows = editor.locator("#upload-list > li")
    expect(rows.filter(has_text="uciete")).to_contain_text("This picture is damaged or was cut off on the way")
    expect(rows.filter(has_text="wirus")).to_contain_text("This file is not a picture that can be read")
    expect(rows.filter(has_text="dobre")).to_contain_text("Upload successful")
    assert SiteImage.objects.count() == 1


def end_before_start(editor, town):
    editor.goto(f"/admin/pages/add/pages/workshoppage/{town.workshops.pk}/")
    editor.fill("[name=title]", "Odwrócone")
    editor.fill("[name=starts_on]", "2030-03-11")
    editor.fill("[name=ends_on]", "2030-03-10")
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.get_by_text("The last day is before the first day. Check both dates.")).to_be_visible()
    expect(editor.locator("[name=title]")).to_have_value("Odwrócone")


def move_to_wrong_place(moderator, workshop, town):
    """The chooser offers right places only; who writes the address by hand is told why not."""
    moderator.goto(f"/admin/pages/{workshop.pk}/move/")
    moderator.locator("main").get_by_role("button", name="Actions").click()
    moderator.locator("[data-chooser-action-choose]:visible").click()
    expect(moderator.locator(".modal-dialog")).to_contain_text("Only pages of type")
    expect(moderator.locator(".modal-dialog").get_by_role("link", name="Aktualności", exact=True)).to_have_count(0)
    moderator.goto(f"/admin/pages/{workshop.pk}/move/{town.news.pk}/confirm/")
    expect_message(moderator, "“Warsztaty o wodzie” cannot be moved below “Aktualności”")
