"""The picture of a shared link: what is drawn, and who may see it for how long."""

import datetime
import re
from io import BytesIO, StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image
from wagtail.models import Locale, Page, PageViewRestriction, ReferenceIndex

from pages import share_picture_files, share_pictures
from pages.lettering import DISPLAY, TEXT, Lettering, fitted, lines
from pages.models import NewsPage, SharePicture, SiteSettings, WorkshopPage
from pages.writing_directions import stretches
from tests.factories import SiteImageFactory

pytestmark = pytest.mark.django_db

LONG = "Rozporządzenie w sprawie szczegółowych warunków dofinansowania przedsięwzięć " * 8


def published(site, run_callbacks, **fields):
    with run_callbacks(execute=True):
        return site.add_workshop(**fields)


# --- what is drawn --------------------------------------------------------------------------


def test_a_share_picture_has_the_size_that_networks_ask_for(site):
    drawn = Image.open(BytesIO(share_pictures.as_jpeg(site.add_workshop())))

    assert (drawn.size, drawn.format) == ((1200, 630), "JPEG")


@pytest.mark.parametrize("language", ["pl", "en", "uk", "ar"])
@pytest.mark.parametrize(
    "title", ["Zażółć", "Подвір’я за п’ять кроків", "ورش عمل للمدن 2018", LONG, "x" * 255, "漢字", "A"]
)
def test_any_title_can_be_drawn_in_any_language(site, language, title):
    locale = Locale.objects.get_or_create(language_code=language)[0]
    page = WorkshopPage(title=title, locale=locale, starts_on=datetime.date(2018, 7, 18))

    assert share_pictures.draw(page).size == share_pictures.SIZE


def test_a_preview_that_was_never_saved_is_drawn(site):
    page = NewsPage(title="Szkic", locale=site.locale, slug="szkic")

    assert share_pictures.draw(page).size == share_pictures.SIZE


def test_title_days_lead_picture_and_the_identity_change_the_picture(site):
    def drawn(**fields):
        fields = {"title": "Warsztaty", "starts_on": datetime.date(2018, 7, 18), "locale": site.locale} | fields
        return share_pictures.draw(WorkshopPage(**fields)).tobytes()

    variants = [
        drawn(),
        drawn(title="Warsztatu"),
        drawn(starts_on=datetime.date(2018, 7, 19)),
        drawn(ends_on=datetime.date(2018, 7, 20)),
        drawn(lead_image=SiteImageFactory()),
    ]
    settings = SiteSettings.for_site(site.home.get_site())
    settings.hue = 25
    settings.save()
    variants.append(drawn())
    for choice in ("panorama-river", "panorama-estate", "none"):
        settings.panorama = choice
        settings.save()
        variants.append(drawn())
    settings.panorama_picture = SiteImageFactory(file__width=1600, file__height=220)
    settings.save()
    variants.append(drawn())

    assert len(set(variants)) == len(variants)
    assert drawn() == variants[-1]


def test_arabic_is_mirrored(site):
    arabic = Locale.objects.get_or_create(language_code="ar")[0]
    image = SiteImageFactory(file__color="red")
    sides = [
        share_pictures.draw(NewsPage(title="A", locale=locale, lead_image=image)) for locale in (site.locale, arabic)
    ]

    reddish = [[drawn.getpixel((x, 5))[1] < 90 for x in (5, 1195)] for drawn in sides]
    assert reddish == [[False, True], [True, False]]


def test_a_broken_lead_picture_does_not_stop_the_card(site):
    image = SiteImageFactory()
    with default_storage.open(image.file.name, "wb") as file:
        file.write(b"no picture")

    drawn = share_pictures.draw(NewsPage(title="A", locale=site.locale, lead_image=image))

    assert drawn.tobytes() == share_pictures.draw(NewsPage(title="A", locale=site.locale)).tobytes()


# --- letters --------------------------------------------------------------------------------


def test_each_letter_comes_from_a_font_file_that_has_it():
    lettering = Lettering(DISPLAY, 40, 600, "pl")

    runs = [(run.text, run.path.rpartition("/")[2]) for run in lettering._runs("Gęś, їжак, ورش")]

    assert runs == [
        ("G", "brygada-1918-latin.woff2"),
        ("ęś", "brygada-1918-latin-ce.woff2"),
        (", ", "brygada-1918-latin.woff2"),
        ("їжак", "brygada-1918-cyrillic.woff2"),
        (", ", "brygada-1918-latin.woff2"),
        ("ورش", "noto-naskh-arabic.woff2"),
    ]


@pytest.mark.parametrize(
    ("text", "base", "seen"),
    [
        ("Miasta 2018", "ltr", ["Miasta 2018"]),
        ("ورش 2018 عمل", "rtl", [" عمل", "2018", "ورش "]),
        ("ورش Warszawa 2018", "rtl", ["Warszawa 2018", "ورش "]),
        # A range is read from the right, a date with a point stays whole.
        ("18–20", "rtl", ["20", "–", "18"]),
        ("30.06–2.07", "rtl", ["2.07", "–", "30.06"]),
        ("18–20", "ltr", ["18–20"]),
        ("tytuł ورش 20 عمل tu", "ltr", ["tytuł ", " عمل", "20", "ورش ", " tu"]),
        ("", "rtl", []),
    ],
)
def test_a_line_is_written_in_the_order_in_which_it_is_seen(text, base, seen):
    assert [part for part, _direction in stretches(text, base)] == seen


def test_a_title_shrinks_then_ends_at_a_word_with_an_ellipsis():
    lettering = Lettering(DISPLAY, 68, 660, "pl")

    large, short = fitted("Warsztaty", lettering, (600, 240), [68, 54, 44])
    small, clipped = fitted(LONG, lettering, (600, 240), [68, 54, 44])

    assert (large.size, short) == (68, ["Warsztaty"])
    assert small.size == 44
    assert all(small.width(line) <= 600 for line in clipped)
    assert clipped[-1].endswith("…")
    whole = " ".join(clipped).removesuffix("…")
    assert LONG.startswith(whole)
    assert LONG[len(whole)] == " "


def test_lines_break_at_spaces_but_not_at_those_that_hold_words_together():
    assert lines("w\u00a0lesie i\u00a0w\u00a0polu", len, 9) == ["w\u00a0lesie", "i\u00a0w\u00a0polu"]
    assert lines("abcdefghij kl", len, 4) == ["abcd", "efgh", "ij", "kl"]
    assert lines("", len, 4) == []


def test_a_language_without_fonts_of_its_own_has_a_width():
    assert Lettering(TEXT, 20, 400, "ja").width("漢字") > 0


# --- as files -------------------------------------------------------------------------------


def test_publishing_draws_and_a_reader_fetches_without_drawing(
    client, site, django_capture_on_commit_callbacks, monkeypatch
):
    page = published(site, django_capture_on_commit_callbacks)
    monkeypatch.setattr(share_picture_files, "as_jpeg", None)

    response = client.get(page.share_picture.file.url)

    assert Image.open(BytesIO(b"".join(response))).size == (1200, 630)
    assert response.headers["Content-Type"] == "image/jpeg"
    assert "public" in response.headers["Cache-Control"]
    assert client.get(page.share_picture.file.url, headers={"if-none-match": response["ETag"]}).status_code == 304


def test_a_draft_has_no_share_picture(site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        draft = site.news.add_child(instance=NewsPage(title="Szkic", live=False))
        draft.save_revision()
        share_picture_files.make_share_picture.call(draft.pk)

    assert not SharePicture.objects.exists()


def test_a_changed_draft_leaves_the_picture_of_what_is_published(site, django_capture_on_commit_callbacks):
    page = published(site, django_capture_on_commit_callbacks, title="Opublikowane")
    before = page.share_picture.file.name
    with django_capture_on_commit_callbacks(execute=True):
        page.title = "Tajna zmiana"
        page.save_revision()
        share_picture_files.make_share_picture.call(page.pk)

    assert SharePicture.objects.get().file.name == before


@pytest.mark.parametrize("close", ["unpublish", "restrict"])
def test_only_editors_see_the_picture_of_a_page_that_is_not_public(
    client, admin_client, site, django_capture_on_commit_callbacks, close
):
    page = published(site, django_capture_on_commit_callbacks)
    address = page.share_picture.file.url
    assert client.get(address).status_code == 200

    if close == "unpublish":
        page.unpublish()
    else:
        PageViewRestriction.objects.create(page=site.workshops, restriction_type="login")

    assert client.get(address).status_code == 404
    assert admin_client.get(address).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["nope.jpg", "..%2F..%2Fmanage.py", "%00.jpg", "1-0.jpg/"])
def test_nothing_else_is_served_from_the_folder(client, site, name):
    assert client.get(f"/media/share/{name}").status_code == 404


def test_a_new_title_gets_a_new_address_and_the_old_file_goes(site, django_capture_on_commit_callbacks):
    page = published(site, django_capture_on_commit_callbacks, title="Przed")
    old = page.share_picture.file.name
    with django_capture_on_commit_callbacks(execute=True):
        page.title = "Po"
        page.save_revision().publish()

    new = SharePicture.objects.get().file.name
    assert new != old
    assert [default_storage.exists(name) for name in (old, new)] == [False, True]


def test_the_picture_goes_with_its_page(site, django_capture_on_commit_callbacks):
    page = published(site, django_capture_on_commit_callbacks)
    name = page.share_picture.file.name
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(pk=page.pk).delete()

    assert not SharePicture.objects.exists()
    assert not default_storage.exists(name)


def test_the_command_draws_all_and_tells_how_many_changed(site, django_capture_on_commit_callbacks):
    published(site, django_capture_on_commit_callbacks)
    SharePicture.objects.all().delete()

    said = [StringIO(), StringIO()]
    for stdout in said:
        with django_capture_on_commit_callbacks(execute=True):
            call_command("make_share_pictures", stdout=stdout)

    assert SharePicture.objects.count() == Page.objects.live().filter(depth__gt=1).count() == 4
    assert [re.findall(r"\d+", stream.getvalue()) for stream in said] == [["4"], ["0"]]


def test_colours_change_all_pictures_only_where_a_worker_draws_them(site, settings, django_capture_on_commit_callbacks):
    identity = SiteSettings.for_site(site.home.get_site())
    with django_capture_on_commit_callbacks() as at_once:
        identity.save()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks() as queued:
        identity.save()

    draws_all = share_picture_files.make_all_share_pictures.enqueue
    assert draws_all not in at_once
    assert draws_all in queued


def test_a_share_picture_is_no_place_where_an_editor_uses_a_page(site, django_capture_on_commit_callbacks):
    page = published(site, django_capture_on_commit_callbacks, lead_image=SiteImageFactory())

    assert not ReferenceIndex.get_references_to(page).exists()
    assert not ReferenceIndex.get_references_for_object(page.share_picture).exists()
