"""A page that saves itself keeps every word, and makes each picture once, whoever presses what in the meantime."""

import pytest

from pages.models import NewsPage
from tests.factories import SiteImageFactory
from tests.journeys.admin import act, choose, expect_message, open_tab

pytestmark = pytest.mark.browser

#: Wagtail looks for changes from two seconds after the form has opened.
TELL_WHEN_WATCHED = """
addEventListener("w-unsaved:watch-edits", () => { document.documentElement.dataset.watched = "yes"; });
"""


def test_a_page_sent_while_it_saves_itself_is_made_once_with_each_picture_once(town, work_as):
    for title in ("brama", "podworko"):
        SiteImageFactory(title=title, description=title)
    moderator = work_as("moderator")
    moderator.add_init_script(TELL_WHEN_WATCHED)
    moderator.goto(f"/admin/pages/add/pages/newspage/{town.news.pk}/")
    moderator.wait_for_selector("html[data-watched]")
    moderator.fill("[name=title]", "Spacer po podwórkach")
    held = []
    moderator.route("**/admin/pages/**", lambda route: _hold(route, held))
    open_tab(moderator, "Attachments")
    moderator.click("#id_galleries-ADD")
    moderator.fill("[name=galleries-0-title]", "Dzień pierwszy")
    choose(moderator, "#id_galleries-0-photos-OPEN_MODAL", "brama", "podworko")
    # A change in the moment in which an earlier autosave ends is saved with the next change only.
    for day in ("pierwszy", "drugi", "trzeci", "czwarty"):
        if not held:
            moderator.fill("[name=galleries-0-title]", f"Dzień {day}")
            moderator.wait_for_timeout(5_000)

    act(moderator, "Publish")
    route, response = held.pop()
    route.fulfill(response=response)

    expect_message(moderator, "has been published")
    page = NewsPage.objects.get(title="Spacer po podwórkach")
    assert page.live
    assert [photo.alt for photo in page.galleries.get().photos.all()] == ["brama", "podworko"]


def _hold(route, held):
    """Let the server do the first autosave with both pictures, and keep its answer."""
    request = route.request
    if _is_autosave(request) and not held and b'name="galleries-0-photos-1-image"' in request.post_data_buffer:
        held.append((route, route.fetch()))
    else:
        route.continue_()


def test_what_is_written_while_an_autosave_ends_is_saved_as_well(town, work_as):
    page = town.add_news("Spacer")
    editor = work_as("moderator")
    editor.add_init_script(TELL_WHEN_WATCHED)
    sent = []
    editor.on("response", lambda response: sent.append(response) if _is_autosave(response.request) else None)
    editor.goto(f"/admin/pages/{page.pk}/edit/")
    editor.wait_for_selector("html[data-watched]")
    # The last words come in the moment before the form learns that it is saved.
    editor.evaluate(
        """() => document.querySelector("form[data-edit-form]").addEventListener(
            "w-autosave:success",
            () => { document.querySelector("[name=title]").value += " po podwórkach"; },
            { capture: true, once: true },
        )"""
    )

    editor.fill("[name=title]", "Letni spacer")

    for _second in range(30):
        editor.wait_for_timeout(1_000)
        if len(sent) == 2:
            break
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Letni spacer po podwórkach"
    editor.wait_for_timeout(3_000)
    assert len(sent) == 2


def _is_autosave(request):
    return request.method == "POST" and "application/json" in request.headers.get("accept", "")
