"""An institution changes its hues, its mark and its panorama in Settings, and cannot make itself unreadable."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Site

from media import renditions
from media.models import SiteImage
from pages import contrast
from pages.models import SiteSettings
from tests.factories import SiteImageFactory
from tests.site_tree import SiteTree

FAINT_LINKS = "--color-brand: light-dark(oklch(70% .1 var(--hue)), oklch(82% .085 var(--hue)));"


@pytest.fixture
def site(db) -> SiteTree:
    return SiteTree()


@pytest.fixture
def settings_of_site(site):
    return SiteSettings(site=Site.objects.get())


@pytest.fixture
def own_tokens(monkeypatch):
    """Return a function that puts a token of the institution's own style sheet before ours."""

    def replace(declaration):
        sheet = contrast.stylesheet()
        name = declaration.partition(":")[0]
        before, _colon, after = sheet.partition(f"{name}:")
        monkeypatch.setattr(contrast, "stylesheet", lambda: before + declaration + after.partition(";")[2])
        contrast._tokens.cache_clear()

    yield replace
    monkeypatch.undo()
    contrast._tokens.cache_clear()


def logo(colour, ground=(0, 0, 0, 0)):
    """A square in ``colour`` in the middle of a transparent or coloured ground."""
    picture = Image.new("RGBA", (96, 96), ground)
    picture.paste(colour, (24, 24, 72, 72))
    content = BytesIO()
    picture.save(content, "PNG")
    return SiteImage.objects.create(title="Logo", file=SimpleUploadedFile("logo.png", content.getvalue()))


def refused(settings):
    with pytest.raises(ValidationError) as refusal:
        settings.full_clean()
    return refusal.value.message_dict


def test_contrast_is_that_of_wcag():
    assert contrast.contrast((255, 255, 255), (0, 0, 0)) == 21
    assert round(contrast.contrast((118, 118, 118), (255, 255, 255)), 2) == 4.54


def test_colours_are_those_of_the_style_sheet():
    light, dark = (contrast.palette(scheme, 212, 42) for scheme in contrast.SCHEMES)

    assert light["color-surface"] == (255, 255, 255)
    assert contrast.luminance(light["color-ink"]) < contrast.luminance(dark["color-ink"])
    assert {name for pair in contrast.PAIRS for name in pair[:2]} <= light.keys() & dark.keys()


def test_every_hue_of_the_institution_can_be_read():
    assert [found for hue in contrast.HUES for found in contrast.shortfalls(hue, 42)] == []


def test_an_accent_that_is_too_faint_is_refused_with_the_nearest_that_is_not(settings_of_site):
    settings_of_site.hue_accent = 190

    messages = refused(settings_of_site)

    nearest = contrast.nearest_clear_accent(212, 190)
    assert list(messages) == ["hue_accent"]
    assert str(nearest) in messages["hue_accent"][0]
    settings_of_site.hue_accent = nearest
    settings_of_site.full_clean()


def test_colours_of_an_institutions_own_style_sheet_are_measured(settings_of_site, own_tokens):
    own_tokens(FAINT_LINKS)

    messages = refused(settings_of_site)

    assert list(messages) == ["hue"]
    assert "color-brand" in messages["hue"][0]


def test_a_hue_beyond_the_wheel_is_refused(settings_of_site):
    settings_of_site.hue = 361

    assert "hue" in refused(settings_of_site)


def test_a_white_logo_without_a_ground_is_refused(settings_of_site):
    settings_of_site.logo = logo("white")

    assert list(refused(settings_of_site)) == ["logo"]


@pytest.mark.parametrize(("colour", "ground"), [("navy", (0, 0, 0, 0)), ("white", (10, 60, 90, 255))])
def test_a_logo_that_can_be_seen_is_taken(settings_of_site, colour, ground):
    settings_of_site.logo = logo(colour, ground)

    settings_of_site.full_clean()


@pytest.mark.parametrize("choice", ["panorama", "panorama-river", "panorama-estate"])
def test_an_institution_chooses_its_panorama(client, site, settings_of_site, choice):
    settings_of_site.panorama = choice
    settings_of_site.save()

    html = client.get(site.home.url).content.decode()

    assert f"/images/{choice}.svg#panorama" in html


def test_a_site_may_have_no_panorama(client, site, settings_of_site):
    settings_of_site.panorama = "none"
    settings_of_site.save()

    for page in (site.home, site.news):
        assert "panorama" not in client.get(page.url).content.decode()


def test_an_own_picture_stands_in_place_of_the_drawing(client, site, settings_of_site):
    settings_of_site.panorama_picture = SiteImageFactory()
    renditions.make(settings_of_site.panorama_picture)
    settings_of_site.save()

    html = client.get(site.news.url).content.decode()

    assert 'class="footer-panorama panorama-picture"' in html
    assert "panorama.svg" not in html


def test_the_settings_show_the_colours_with_their_contrast(admin_client, settings_of_site):
    settings_of_site.save()

    html = admin_client.get(reverse("wagtailsettings:edit", args=("pages", "sitesettings", settings_of_site.site_id)))

    brand = contrast.palette("light", 212, 42)["color-brand"]
    assert f'fill="#{"".join(f"{part:02x}" for part in brand)}"' in html.content.decode()
