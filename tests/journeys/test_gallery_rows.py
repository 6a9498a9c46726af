"""A gallery is filled from the page itself: many pictures at once, each asked for its words, put in order with the keyboard."""

import pytest
from playwright.sync_api import expect

from pages.models import Gallery, GalleryPhoto
from tests.factories import SiteImageFactory, docx_bytes
from tests.journeys.admin import as_upload, open_tab
from tests.media.files import picture, truncated

pytestmark = pytest.mark.browser

UPLOAD = ".modal-dialog:visible #tab-upload"


def upload(editor, button, *files):
    editor.click(button)
    editor.locator(".modal-dialog:visible").get_by_role("tab", name="Upload").click()
    editor.set_input_files(f"{UPLOAD} input[type=file]", [as_upload(*file) for file in files])
    editor.click(f"{UPLOAD} button[type=submit]")


def photo(name, width):
    return (name, picture(name, size=(width, 600)).read())


def test_many_pictures_are_uploaded_worded_and_ordered_on_the_page(town, work_as):
    news = town.add_news("Spacer po podwórkach")
    editor = work_as("editor")
    editor.goto(f"/admin/pages/{news.pk}/edit/")
    open_tab(editor, "Attachments")
    editor.click("#id_galleries-ADD")

    broken = ("uciete.png", truncated("uciete.png", "PNG").read())
    upload(
        editor,
        "#id_galleries-0-photos-OPEN_MODAL",
        photo("a.jpg", 901),
        photo("b.jpg", 902),
        photo("c.jpg", 903),
        broken,
    )
    expect(editor.locator(UPLOAD)).to_contain_text("uciete.png: This picture is damaged or was cut off on the way")
    expect(editor.locator(UPLOAD)).to_contain_text("3 files are in the library: a, b, c.")
    editor.click(f"{UPLOAD} button[type=submit]")

    # The editor is led to the first picture without words.
    expect(editor.locator("#id_galleries-0-photos-0-alt")).to_be_focused()
    for number, words in enumerate(("Brama", "Podwórko", "Ławka")):
        editor.fill(f"#id_galleries-0-photos-{number}-alt", words)
    editor.locator("#inline_child_galleries-0-photos-0 [data-inline-panel-child-move-down]").press("Enter")
    expect_place(editor, "#inline_child_galleries-0-photos-0", "2")
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.locator(".messages")).to_contain_text("has been updated")

    news.refresh_from_db()
    draft = news.get_latest_revision_as_object()
    assert [photo.alt for photo in draft.galleries.first().photos.all()] == ["Podwórko", "Brama", "Ławka"]
    assert GalleryPhoto.objects.count() == 0


def expect_place(editor, row, number):
    expect(editor.locator(f"{row} [data-inline-panel-child-count]").first).to_have_text(number)


def test_many_documents_are_uploaded_into_a_group_on_the_page(town, work_as):
    news = town.add_news("Materiały ze spaceru")
    editor = work_as("editor")
    editor.goto(f"/admin/pages/{news.pk}/edit/")
    open_tab(editor, "Attachments")
    editor.click("#id_attachment_groups-ADD")
    editor.fill("#id_attachment_groups-0-title", "Mapy")

    files = [(f"{name}.docx", docx_bytes(name)) for name in ("mapa", "trasa")]
    upload(editor, "#id_attachment_groups-0-attachments-OPEN_MODAL", *files)

    expect(editor.locator("#id_attachment_groups-0-attachments-TOTAL_FORMS")).to_have_value("2")
    titles = editor.locator("[id^=inline_child_attachment_groups-0-attachments] [data-chooser-title]")
    expect(titles).to_have_text(["mapa", "trasa"])


def test_pictures_are_dragged_into_order_with_the_mouse(town, work_as):
    photos = [
        GalleryPhoto(image=SiteImageFactory(), alt=words, sort_order=n) for n, words in enumerate(("Brama", "Ławka"))
    ]
    news = town.add_news("Spacer", galleries=[Gallery(title="Spacer", sort_order=0, photos=photos)])
    editor = work_as("editor")
    editor.goto(f"/admin/pages/{news.pk}/edit/")
    open_tab(editor, "Attachments")
    first, second = (editor.locator(f"#inline_child_galleries-0-photos-{number}") for number in (0, 1))

    # Rows are tall: the place to let go must be on the screen as well.
    first.evaluate("row => row.scrollIntoView({ block: 'center' })")
    second.locator("[data-inline-panel-child-drag]").hover()
    editor.mouse.down()
    goal = first.bounding_box()
    editor.mouse.move(goal["x"] + goal["width"] / 2, goal["y"] + 8, steps=20)
    editor.mouse.up()

    expect_place(editor, "#inline_child_galleries-0-photos-1", "1")
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.locator(".messages")).to_contain_text("has been updated")
    news.refresh_from_db()
    draft = news.get_latest_revision_as_object()
    assert [photo.alt for photo in draft.galleries.first().photos.all()] == ["Ławka", "Brama"]
