"""The way of a file through the admin: out of the editor, back, and the report read."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pages.contrib.translation.exchange import formats, xliff12
from pages.contrib.translation.exchange.package import State

from ..conftest import by_path
from .returning import filled, packed

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("in_english")]


def test_a_translator_takes_the_page_away_and_brings_it_back(admin_page, transactional_db, desk, tmp_path):
    translation = desk.send(desk.add_news("Nowe domy", lead="Trzy miasta budują."))
    page = admin_page
    page.goto(reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk]))

    page.locator(".editor-menu summary").click()
    page.get_by_role("link", name="Files for translators").click()
    expect(page.get_by_role("heading", name="Files for translators")).to_be_visible()
    page.get_by_label("XLIFF 1.2", exact=False).check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the file").click()
    sent = formats.read(Path(download.value.path()).read_bytes())
    assert [unit.source for unit in sent.units][:1] == ["Nowe domy"]

    words = {"title": "New houses", "lead": "x" * 5000}
    content = tmp_path / "returned.xlf"
    content.write_bytes(xliff12.write(filled(packed(translation), words, State.ACCEPTED)))
    page.locator("input[type=file]").set_input_files(content)
    page.get_by_role("button", name="Upload the file").click()

    expect(page.get_by_role("heading", name="Report on the file")).to_be_visible()
    expect(page.get_by_role("link", name="accepted: 1")).to_be_visible()
    assert by_path(translation, "title").target == "New houses"
