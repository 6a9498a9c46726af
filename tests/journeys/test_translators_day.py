"""A translator's whole day: from what is most urgent on the desk to an empty desk, by keys; with a reviewer's answer."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Locale
from wagtail_localize.models import Translation

from pages.contrib.translation.memory import NewEntry, remember
from pages.contrib.translation.models import GlossaryTerm, LanguageSettings, MemoryEntry
from pages.contrib.translation.requests import ask
from pages.contrib.translation.segments import accept, segments_of
from pages.models import NewsPage, Organisation, Person
from tests.journeys.admin import expect_message
from tests.site_tree import translate

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BEFORE = (
    "<p>Rewitalizacja <b>rynku</b> trwa.</p><p>Zapraszamy na spacer.</p>"
    '<p>Burmistrz mówi: "rynek żyje".</p><p>Wstęp jest wolny.</p>'
)
AFTER = (
    "<p>Rewitalizacja <b>rynku</b> dobiega końca.</p><p>Zapraszamy na spacer.</p>"
    "<p>Burmistrz mówi: „rynek żyje”.</p><p>Wstęp jest wolny.</p><p>Miasto odnowiło 12 kamienic.</p>"
)
WORDS = {
    "Rynek na nowo": "The market anew",
    "Prace kończą się 10 maja 2026.": "Work ends on 10 May 2026.",
    "Rewitalizacja <b>rynku</b> trwa.": "The revitalisation of the <b>market</b> goes on.",
    "Zapraszamy na spacer.": "Join us for a walk.",
    'Burmistrz mówi: "rynek żyje".': "The mayor says: “the market is alive”.",
    "Wstęp jest wolny.": "Admission is free.",
}


@pytest.fixture
def english(town) -> Locale:
    """English, in which everything is translated but what the day brings."""
    english = Locale.objects.get(language_code="en")
    for snippet in (*Organisation.objects.filter(locale=town.locale), *Person.objects.filter(locale=town.locale)):
        translate(snippet, "en")
    remember([NewEntry("Miasto odnowiło 10 kamienic.", "The town renewed 10 houses.", "pl", "en", origin="Kamienice")])
    GlossaryTerm.objects.create(
        source_locale=town.locale, target_locale=english, term="rewitalizacja", target="revitalisation"
    )
    return english


@pytest.fixture
def changed(town, english) -> Translation:
    """An article that was translated, and of which four segments were changed since; somebody asks for it."""
    text = [("text", BEFORE)]
    news = town.add_news("Rynek na nowo", slug="rynek", lead="Prace kończą się 10 maja 2026.", body=text)
    translation = published(news, english)
    news = NewsPage.objects.get(pk=news.pk)
    news.lead = "Prace kończą się 15 maja 2026."
    news.body = [news.body.raw_data[0] | {"value": AFTER}]
    news.save_revision().publish()
    moderator = get_user_model().objects.get(username="moderator")
    ask([translation], moderator, deadline=timezone.localdate() + datetime.timedelta(days=2), note="Na konferencję")
    return translation


@pytest.fixture
def begun(town, english) -> Translation:
    """A draft of which only the lead is left to translate."""
    news = town.add_news("Kronika", slug="kronika", lead="Miasto odnowiło 10 kamienic.", body=[])
    translate(news, "en", publish=False)
    translation = Translation.objects.get(source__object_id=news.translation_key, target_locale=english)
    accept(translation, [(segment, "") for segment in segments_of(translation) if segment.path == "lead"], None)
    return translation


@pytest.fixture
def _reviewed(english, changed, begun):
    """From now on moderators review what goes live in English."""
    LanguageSettings.objects.create(
        locale=english, requires_review=True, reviewers=Group.objects.get(name="Moderators")
    )


def published(news, locale) -> Translation:
    translate(news, locale.language_code)
    translation = Translation.objects.get(source__object_id=news.translation_key, target_locale=locale)
    known = [(segment, WORDS.get(segment.source, segment.source)) for segment in segments_of(translation)]
    accept(translation, known, get_user_model().objects.get(username="translator"))
    translation.save_target(publish=True)
    return translation


@pytest.mark.usefixtures("_reviewed")
def test_the_desk_is_empty_in_the_evening(changed, begun, work_as):
    translator, reviewer = work_as("translator"), work_as("moderator")

    take_the_most_urgent(translator)
    bring_up_to_date(translator)
    finish_what_was_begun(translator)
    return_one_segment(reviewer)
    mend_what_was_returned(translator)
    for title in ("The market anew", "[en] Kronika"):
        accept_and_publish(reviewer, title)

    open_desk(translator)
    expect(translator.get_by_text("Nothing matches.")).to_be_visible()
    article, chronicle = changed.get_target_instance(), begun.get_target_instance()
    assert (article.live, chronicle.live) == (True, True)
    assert article.lead == "Work ends on 15 May 2026."
    assert article.body[0].value.source == (
        "<p>The revitalisation of the <b>market</b> comes to an end.</p><p>Join us for a walk.</p>"
        "<p>The mayor says: “the market is alive”.</p><p>Admission is free.</p>"
        "<p>The town renewed 12 tenement houses.</p>"
    )
    assert MemoryEntry.objects.get(source="Miasto odnowiło 10 kamienic.").times_used == 2


def open_desk(translator):
    """By the menu, narrowed to her language and to what is left."""
    translator.goto("/admin/")
    translator.get_by_role("button", name="Translations").click()
    translator.get_by_role("link", name="Desk", exact=True).click()
    expect(translator.get_by_role("heading", name="Translations", level=1)).to_be_visible()
    translator.goto(f"{translator.url}?language=en&state=to_do")


def take_the_most_urgent(translator):
    open_desk(translator)
    row = translator.locator("tbody tr").first
    expect(row).to_contain_text("outdated (4 segments changed)")
    row.get_by_role("link", name="Translate").click()
    expect(translator.locator("[data-translation-editor] h1")).to_have_text("The market anew")


def bring_up_to_date(translator):
    """Four segments by keys alone: a date, a term, quotation marks, a sentence that the memory knows."""
    keys = translator.keyboard
    go_to_the_next(translator)
    lead = in_work(translator)
    expect(lead.locator(".segment__change ins")).to_contain_text("15")
    expect(lead.locator("[data-findings]")).to_contain_text("15")
    keys.press("Control+A")
    keys.type("Work ends on 15 May 2026.")
    expect(lead.locator("[data-findings] li")).to_have_count(0)
    accept_by_key(translator)

    term = in_work(translator)
    expect(term.locator(".segment__change ins")).to_contain_text("dobiega końca")
    keys.press("Control+A")
    keys.type("The ")
    keys.press("Alt+Shift+G")
    keys.type(" of the <b>market</b> comes to an end.")
    accept_by_key(translator)

    expect(in_work(translator).locator("[data-state]")).to_have_text("only spaces or quotation marks changed")
    expect(translator.get_by_role("button", name="cosmetic change")).to_be_visible()
    accept_by_key(translator)
    expect(translator.get_by_role("button", name="cosmetic change")).to_have_count(0)

    use_the_memory(translator, "The town renewed 12 houses.")
    expect(translator.locator("[data-count=left]")).to_have_text("0")
    expect(translator.locator("[data-count=findings]")).to_have_text("0")
    hand_in(translator)


def go_to_the_next(translator):
    # Before its script has come the page does not know this key.
    translator.wait_for_load_state("load")
    translator.keyboard.press("Alt+Shift+N")


def in_work(translator):
    """The segment whose field has the cursor."""
    expect(translator.locator("[data-words]:focus")).to_have_count(1)
    return translator.locator("[data-segment]:has([data-words]:focus)")


def accept_by_key(translator):
    number = in_work(translator).locator(".segment__number").inner_text()
    translator.keyboard.press("Control+Enter")
    expect(translator.locator("[data-said]")).to_contain_text(f"Segment {number} accepted.")


def use_the_memory(translator, words):
    segment = in_work(translator)
    expect(segment.locator("[data-match]").first).to_be_visible()
    translator.keyboard.press("Alt+Shift+1")
    expect(segment.locator("[data-words]")).to_have_value(words)
    accept_by_key(translator)


def hand_in(translator):
    expect(translator.locator("[data-said]")).to_contain_text("Everything is accepted.")
    translator.keyboard.press("Alt+Shift+Enter")
    translator.keyboard.press("Enter")
    expect_message(translator, "Submitted for review")


def finish_what_was_begun(translator):
    """The message leads to the page that waits next."""
    translator.get_by_role("link", name="Next: Kronika").click()
    expect(translator.locator("[data-translation-editor] h1")).to_have_text("[en] Kronika")
    go_to_the_next(translator)
    translator.keyboard.press("Alt+Shift+C")
    expect(in_work(translator).locator("[data-words]")).to_have_value("Miasto odnowiło 10 kamienic.")
    use_the_memory(translator, "The town renewed 10 houses.")
    hand_in(translator)


def return_one_segment(reviewer):
    open_review(reviewer, "The market anew")
    row = reviewer.locator("tbody tr").filter(has_text="Miasto odnowiło 12 kamienic.")
    expect(row.get_by_role("cell").filter(has_text="The town renewed 12 houses.")).to_be_visible()
    row.get_by_role("textbox").fill("We say tenement houses.")
    reviewer.get_by_label("To the translator").fill("One word is missing.")
    reviewer.get_by_role("button", name="Return to the translator").click()
    expect_message(reviewer, "is returned to the translator")


def open_review(reviewer, title):
    reviewer.goto("/admin/")
    waiting = reviewer.get_by_role("list", name="Translations for you to review")
    waiting.get_by_role("link", name=title, exact=True).click()
    expect(reviewer.get_by_role("button", name="Accept and publish")).to_be_visible()


def mend_what_was_returned(translator):
    open_desk(translator)
    translator.locator("tbody tr").filter(has_text="Rynek na nowo").get_by_role("link", name="Translate").click()
    expect(translator.locator(".editor-head")).to_contain_text("Returned by moderator: One word is missing.")
    keys = translator.keyboard
    expect(translator.locator("[data-segment]")).to_have_count(1)
    go_to_the_next(translator)
    expect(in_work(translator)).to_contain_text("We say tenement houses.")
    keys.press("Control+A")
    keys.type("The town renewed 12 tenement houses.")
    accept_by_key(translator)
    translator.get_by_role("button", name="Settle").click()
    expect(translator.locator("[data-said]")).to_contain_text("The comment was settled.")
    keys.press("Alt+Shift+Enter")
    keys.press("Enter")
    expect_message(translator, "Submitted for review")


def accept_and_publish(reviewer, title):
    open_review(reviewer, title)
    reviewer.get_by_role("button", name="Accept and publish").click()
    expect_message(reviewer, "is accepted and published")
