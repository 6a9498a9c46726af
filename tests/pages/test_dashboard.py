"""The editor's first screen: what waits, and nothing that a person may not act on."""

import datetime

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.models import Locale, Workflow
from wagtail.rich_text import RichText
from wagtail_localize.models import TranslationSource

from pages import waiting
from pages.dashboard import WaitingPanel, WaitingRow
from pages.models import Gallery, GalleryPhoto, NewsPage
from tests.factories import SiteImageFactory
from tests.people import person
from tests.site_tree import translate


class Errands(WaitingPanel):
    name = "errands"
    heading = "Errands"

    def __init__(self, *rows):
        self._rows = list(rows)

    def rows(self, request):
        return self._rows


class LongErrands(Errands):
    def all_url(self, request):
        return "/errands/"


def render(panel):
    with translation.override("en"):
        return panel.render_html({"request": RequestFactory().get("/admin/")})


def test_a_panel_without_rows_shows_nothing():
    assert render(Errands()).strip() == ""


def test_a_panel_names_each_row_with_its_note_and_language():
    html = render(Errands(WaitingRow("Мистецтво міста", "/edit/1/", "for a week", "uk")))

    assert "Errands (1)" in html
    assert '<a class="waiting__link" href="/edit/1/" lang="uk">Мистецтво міста</a>' in html
    assert '<span class="waiting__note">for a week</span>' in html


def test_a_title_cannot_bring_markup():
    assert "<b>" not in render(Errands(WaitingRow("<b>bold</b>", "/edit/1/")))


@pytest.mark.parametrize(
    ("panel", "rest"), [(Errands, "and 2 more"), (LongErrands, '<a href="/errands/">Show the whole list')]
)
def test_a_long_list_is_cut_and_says_so(panel, rest):
    html = render(panel(*(WaitingRow(f"Row {number}", "/") for number in range(12))))

    assert html.count('class="waiting__row"') == 10
    assert "Errands (12)" in html
    assert rest in html


# --- our panels -----------------------------------------------------------------------------


@pytest.fixture
def editor(site):
    return person("ewa", {site.home: ("add", "change")})


def rows(panel, user):
    request = RequestFactory().get("/admin/")
    request.user = user
    with translation.override("en"):
        return panel.rows(request)


def told(panel, user):
    return [(row.title, row.note) for row in rows(panel, user)]


def add_draft(site, title, user, **fields):
    page = site.news.add_child(instance=NewsPage(title=title, live=False, owner=user, **fields))
    page.save_revision(user=user)
    return page


def give_back(page, author, moderator, comment):
    state = Workflow.objects.get().start(page, author)
    state.current_task_state.reject(user=moderator, comment=comment)


def test_a_returned_draft_waits_for_its_author_with_the_reason(site, editor):
    moderator = person("marta", {site.home: ("add", "change", "publish")}, first_name="Marta", last_name="Lis")
    draft = add_draft(site, "Spacer", editor)
    give_back(draft, editor, moderator, "Brakuje daty.")

    assert told(waiting.ReturnedDrafts(), editor) == [("Spacer", "Marta Lis: Brakuje daty.")]
    assert rows(waiting.ReturnedDrafts(), editor)[0].url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert told(waiting.ReturnedDrafts(), moderator) == []


def test_a_draft_handed_in_again_waits_no_longer(site, editor):
    draft = add_draft(site, "Spacer", editor)
    give_back(draft, editor, editor, "")
    draft.current_workflow_state.resume(user=editor)

    assert told(waiting.ReturnedDrafts(), editor) == []


def test_unfinished_drafts_are_ones_own_and_not_handed_in(site, editor):
    other = person("ola", {site.home: ("add", "change")})
    add_draft(site, "Cudzy szkic", other)
    add_draft(site, "Mój szkic", editor)
    add_draft(site, "Wzór", editor, is_pattern=True)
    handed_in = add_draft(site, "Oddany", editor)
    Workflow.objects.get().start(handed_in, editor)
    scheduled = add_draft(site, "Zaplanowany", editor)
    scheduled.go_live_at = timezone.now() + datetime.timedelta(days=1)
    scheduled.save_revision(user=editor).publish()
    live = site.add_news("Opublikowana")
    live.save_revision(user=editor)
    site.add_news("Skończona")

    with translation.override("en"):
        today = date_format(timezone.localdate(), "SHORT_DATE_FORMAT")
    assert told(waiting.UnfinishedDrafts(), editor) == [
        ("Opublikowana", f"published, changed on {today}"),
        ("Mój szkic", f"draft, changed on {today}"),
    ]


def test_who_lost_the_right_to_edit_sees_no_drafts(site, editor):
    add_draft(site, "Spacer", editor)
    editor.groups.clear()
    editor = type(editor).objects.get(pk=editor.pk)

    assert told(waiting.UnfinishedDrafts(), editor) == []


def picture(description=""):
    return SiteImageFactory(description=description, file__width=20, file__height=20)


def gallery(*photos):
    return Gallery(sort_order=0, photos=list(photos))


def test_pictures_without_words_are_counted_by_page(site, editor):
    body = [
        ("picture", {"image": picture(), "alt": "", "is_decorative": False, "caption": ""}),
        ("picture", {"image": picture(), "alt": "Rynek", "is_decorative": False, "caption": ""}),
        ("picture", {"image": picture(), "alt": "", "is_decorative": True, "caption": ""}),
    ]
    photos = gallery(
        GalleryPhoto(image=picture(), sort_order=0),
        GalleryPhoto(image=picture(), alt="Rynek", sort_order=1),
        GalleryPhoto(image=picture(), is_decorative=True, sort_order=2),
        GalleryPhoto(image=picture("Rynek"), sort_order=3),
    )
    site.add_news("A Galeria", galleries=[photos])
    site.add_news("B Wiodące", lead_image=picture())
    site.add_news("C Treść", body=body)
    site.add_news("D Wszystko", lead_image=picture(), galleries=[gallery(GalleryPhoto(image=picture()))], body=body[:1])
    site.add_news("E Opisane", lead_image=picture(), lead_image_alt="Rynek", body=body[1:])
    site.add_workshop("F Bez zdjęć")

    assert told(waiting.PicturesWithoutWords(), editor) == [
        ("A Galeria", "1 picture"),
        ("B Wiodące", "1 picture"),
        ("C Treść", "1 picture"),
        ("D Wszystko", "3 pictures"),
    ]
    stranger = person("obca", {site.workshops: ("add", "change")})
    assert told(waiting.PicturesWithoutWords(), stranger) == []


def test_missing_passages_wait_for_who_edits_the_translation(site, editor, django_capture_on_commit_callbacks):
    news = site.add_news("Spacer", lead="Rynek", body=[("text", "<p>Jeden.</p>")])
    with django_capture_on_commit_callbacks(execute=True):
        for page in (site.home, site.news, news):
            translate(page, "en")
    english = site.home.get_translation(Locale.objects.get(language_code="en"))
    translator = person("tomek", {english: ("add", "change")})
    assert told(waiting.UnfinishedTranslations(), translator) == []

    news = NewsPage.objects.get(pk=news.pk)
    news.body.extend([("text", RichText("<p>Dwa.</p>")), ("text", RichText("<p>Trzy.</p>"))])
    news.save_revision().publish()
    TranslationSource.update_or_create_from_instance(NewsPage.objects.get(pk=news.pk))

    assert told(waiting.UnfinishedTranslations(), translator) == [("[en] Spacer", "2 passages are missing")]
    assert told(waiting.UnfinishedTranslations(), editor) == []


def test_a_new_editor_is_led_to_the_first_page(site, editor):
    assert [(row.title, row.url) for row in rows(waiting.FirstSteps(), editor)] == [
        ("Write a news article", reverse("wagtailadmin_pages:add_subpage", args=[site.news.pk])),
        ("Add a workshop", reverse("wagtailadmin_pages:add_subpage", args=[site.workshops.pk])),
    ]


def test_first_steps_name_only_what_one_may_do(site):
    user = person("ola", {site.workshops: ("add",)})

    assert [row.title for row in rows(waiting.FirstSteps(), user)] == ["Add a workshop"]


def test_first_steps_go_with_the_first_page(site, editor):
    site.add_news().save_revision(user=editor, log_action=True)

    assert rows(waiting.FirstSteps(), editor) == []


@pytest.mark.parametrize(
    "panel", [waiting.ReturnedDrafts, waiting.UnfinishedDrafts, waiting.PicturesWithoutWords, waiting.FirstSteps]
)
def test_a_panel_costs_the_same_with_one_and_with_three_rows(site, editor, panel):
    counts = []
    for number in (1, 2, 3):
        body = [("picture", {"image": picture(), "alt": "", "is_decorative": False, "caption": ""})]
        add_draft(site, f"Szkic {number}", editor, lead_image=picture(), body=body)
        give_back(add_draft(site, f"Zwrot {number}", editor), editor, editor, "Nie.")
        if number == 2:
            continue
        rows(panel(), editor)
        with CaptureQueriesContext(connection) as captured:
            rows(panel(), editor)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_the_first_screen_tells_what_waits(client, site, editor):
    client.force_login(editor)
    assert "Your first steps" in client.get(reverse("wagtailadmin_home")).text
    draft = add_draft(site, "Spacer", editor)
    give_back(draft, editor, editor, "Brakuje daty.")

    html = client.get(reverse("wagtailadmin_home")).text

    assert "Returned to you for changes (1)" in html
    assert "Brakuje daty." in html
    assert "Your pages and snippets in a workflow" not in html
