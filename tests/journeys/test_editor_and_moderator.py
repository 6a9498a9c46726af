"""The main story: an editor writes up a workshop, a moderator approves it, a reader finds it."""

import re

import pytest
from playwright.sync_api import expect

from media.models import SiteImage
from pages.models import WorkshopPage
from tests.factories import docx_bytes
from tests.journeys.admin import act, add_block, as_upload, choose, expect_message, open_tab
from tests.media.files import picture

pytestmark = pytest.mark.browser

PHOTOS = {
    "sala": "Uczestnicy słuchają wykładu w sali plenarnej",
    "plansze": "Plansze z wnioskami grup roboczych",
    "rozmowa": "Trzy osoby rozmawiają nad mapą miasta",
}
#: The editor says in one gallery what the library says in other words.
WORDED_ANEW = "Gospodyni warsztatów wita uczestników"
ALTS = sorted([WORDED_ANEW, *list(PHOTOS.values())[1:]])
ADDRESS = "/pl/warsztaty/woda-w-srodmiesciu/"
NOT_FOUND = "Failed to load resource: the server responded with a status of 404 (Not Found)"


def test_an_editor_writes_a_workshop_a_moderator_approves_it_and_readers_find_it(town, work_as, page):
    editor = work_as("editor")
    upload_pictures(editor)
    upload_documents(editor)
    write_workshop(editor, town.workshops.pk)
    fill_gallery(editor)
    attach_documents(editor)
    see_preview(editor)
    submit(editor)

    assert page.goto(ADDRESS).status == 404
    approve(work_as("moderator"))

    assert page.goto(ADDRESS).status == 200
    expect(page.locator("h1")).to_have_text("Woda w śródmieściu")
    for words in ("Deszczówka zostaje na podwórzu.", "dr Anna Nowak-Kowalska", "opieka ekspercka", "Minikatalog porad"):
        expect(page.locator("main")).to_contain_text(words)
    assert sorted(page.locator("[data-full] img").evaluate_all("all => all.map(one => one.alt)")) == ALTS
    assert page.request.get(page.locator("main a[href^='/documents/']").first.get_attribute("href")).status == 200
    assert page.complaints == [NOT_FOUND]


def upload_pictures(editor):
    """Many at once, each then described."""
    editor.goto("/admin/images/multiple/add/")
    pictures = [picture(f"{name}.jpg", size=(900 + number, 600)) for number, name in enumerate(PHOTOS)]
    editor.set_input_files("#fileupload", [as_upload(file.name, file.read()) for file in pictures])
    for name, alt in PHOTOS.items():
        title = editor.locator(f"[name$=-title][value={name}]")
        item = editor.locator("#upload-list > li").filter(has=title)
        item.locator("[name$=-description]").fill(alt)
        item.locator("[name$=-credit]").fill("Fot. Urząd")
        item.get_by_role("button", name="Update").click()
        expect(item).to_have_count(0)
    assert dict(SiteImage.objects.values_list("title", "description")) == PHOTOS


def upload_documents(editor):
    editor.goto("/admin/documents/multiple/add/")
    files = [as_upload(f"{name}.docx", docx_bytes(name)) for name in ("podsumowanie", "program")]
    editor.set_input_files("#fileupload", files)
    expect(editor.locator("#upload-list > li.upload-success")).to_have_count(2)


def write_workshop(editor, index_id):
    editor.goto(f"/admin/pages/{index_id}/")
    editor.get_by_role("link", name="Add child page").click()
    editor.fill("[name=title]", "Woda w śródmieściu")
    editor.fill("[name=lead]", "Dwa dni o ogrodach deszczowych.")
    editor.fill("[name=starts_on]", "2030-03-10")
    editor.fill("[name=ends_on]", "2030-03-11")
    editor.fill("[name=city]", "Łódź")
    add_block(editor, "Heading")
    editor.fill("[name=body-0-value-text]", "Co ustaliliśmy")
    add_block(editor, "Text")
    editor.locator("[data-contentpath=body] .public-DraftEditor-content").click()
    editor.keyboard.type("Deszczówka zostaje na podwórzu.")
    add_track(editor)


def add_track(editor):
    editor.click("#id_tracks-ADD")
    editor.fill("[name=tracks-0-title]", "Ogrody deszczowe")
    editor.click("#id_tracks-0-people-ADD")
    choose(editor, "#id_tracks-0-people-0-person-chooser [data-chooser-action-choose]", "Anna Nowak-Kowalska")
    editor.fill("[name=tracks-0-people-0-role]", "opieka ekspercka")
    editor.click("#id_tracks-0-outcomes-ADD")
    editor.fill("[name=tracks-0-outcomes-0-name]", "Minikatalog porad")


def fill_gallery(editor):
    """Pick all the pictures of a gallery in one go, give one of them other words."""
    open_tab(editor, "Attachments")
    editor.click("#id_galleries-ADD")
    editor.fill("[name=galleries-0-title]", "Dzień pierwszy")
    choose(editor, "#id_galleries-0-photos-OPEN_MODAL", *PHOTOS)
    expect(editor.locator("[name=galleries-0-photos-TOTAL_FORMS]")).to_have_value("3")
    first = editor.locator("[id^=inline_child_galleries-0-photos]").filter(has_text="sala").first
    first.locator("[name$=-alt]").fill(WORDED_ANEW)


def attach_documents(editor):
    editor.click("#id_attachment_groups-ADD")
    editor.fill("[name=attachment_groups-0-title]", "Materiały")
    choose(editor, "#id_attachment_groups-0-attachments-OPEN_MODAL", "podsumowanie", "program")
    expect(editor.locator("[name=attachment_groups-0-attachments-TOTAL_FORMS]")).to_have_value("2")


def see_preview(editor):
    """The page as readers will see it, in the site's own style; the checks have looked at it too."""
    editor.get_by_role("button", name="Toggle preview").click()
    preview = editor.frame_locator(".w-preview__iframe:not(.w-preview__proxy)")
    expect(preview.locator("h1")).to_have_text("Woda w śródmieściu")
    expect(preview.locator("main")).to_contain_text("Deszczówka zostaje na podwórzu.")
    expect(preview.locator("body")).to_have_css("font-family", re.compile("Tekst Sans"))
    editor.get_by_role("button", name="Toggle checks").click()
    expect(editor.locator("[data-content-word-count]")).to_have_text(re.compile(r"\d"))


def submit(editor):
    act(editor, "Submit to Moderators approval")
    expect_message(editor, "has been submitted for moderation")
    assert not WorkshopPage.objects.get().live


def approve(moderator):
    moderator.get_by_role("link", name="Woda w śródmieściu").first.click()
    act(moderator, "Approve and Publish")
    expect_message(moderator, "has been updated")
    assert WorkshopPage.objects.get().live
