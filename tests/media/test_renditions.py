from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.template import Context, Template
from django.utils import translation
from PIL import Image

from media import renditions
from media.models import Rendition, SiteImage
from tests.factories import SiteImageFactory
from tests.media import files

pytestmark = pytest.mark.django_db


def show(image, arguments='alt="Hall"'):
    return Template("{% load media_tags %}{% picture image " + arguments + " %}").render(Context({"image": image}))


def made(image):
    return sorted((item.filter_spec, item.width) for item in image.renditions.all())


def test_a_saved_image_gets_every_size_and_format(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        image = SiteImageFactory(file__width=1600, file__height=1000)

    assert made(image) == sorted(
        (f"width-{width}|format-{format}", width)
        for width in (240, 480, 960, 1440)
        for format in ("avif", "webp", "jpeg")
    )


@pytest.mark.parametrize(
    ("width", "expected"), [(200, [200]), (480, [240, 480]), (700, [240, 480, 700]), (1440, [240, 480, 960, 1440])]
)
def test_a_small_image_is_never_enlarged(width, expected):
    image = SiteImageFactory(file__width=width, file__height=200)

    renditions.make(image)

    assert sorted({item.width for item in image.renditions.all()}) == expected


def test_a_transparent_image_keeps_png_beside_the_lighter_formats():
    image = SiteImageFactory(file=ContentFile(files.picture(format="PNG", mode="RGBA").read(), name="logo.png"))

    renditions.make(image)

    assert {renditions.format_of(item) for item in image.renditions.all()} == {"avif", "webp", "png"}


def test_a_photo_taken_sideways_is_shown_upright():
    stream_image = Image.new("RGB", (600, 300), "teal")
    exif = Image.Exif()
    exif[0x0112] = 6
    path = ContentFile(b"", name="phone.jpg")
    stream_image.save(path.file, "JPEG", exif=exif)
    image = SiteImageFactory(file=path)

    renditions.make(image)

    assert {(item.width, item.height) for item in image.renditions.all()} == {(240, 480), (300, 600)}


def test_a_rendition_tells_nothing_of_the_camera_or_the_place():
    path = ContentFile(b"", name="phone.jpg")
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    Image.new("RGB", (600, 300)).save(path.file, "JPEG", exif=exif)
    image = SiteImageFactory(file=path)

    renditions.make(image)

    assert [dict(Image.open(item.file).getexif()) for item in image.renditions.all()] == [{}] * 9


def test_making_twice_makes_nothing_new():
    image = SiteImageFactory()

    assert (renditions.make(image), renditions.make(image)) == (12, 0)


def test_a_broken_file_stops_neither_the_others_nor_the_page():
    broken, good = SiteImageFactory(), SiteImageFactory()
    broken.file.storage.delete(broken.file.name)
    report = StringIO()

    with translation.override("en"):
        call_command("make_renditions", stdout=report)

    assert "12 renditions made." in report.getvalue()
    assert good.renditions.count() == 12
    assert "<img" not in show(broken)


def test_a_picture_offers_the_light_formats_first_and_reserves_its_place():
    image = SiteImageFactory(file__width=1600, file__height=1000)
    renditions.make(image)

    html = show(image, 'alt="Hall" sizes="50vw" class="lead"')

    assert html.index('type="image/avif"') < html.index('type="image/webp"') < html.index("<img")
    assert html.count("480w") == html.count("960w") == html.count("1440w") == 2
    assert 'sizes="50vw"' in html
    assert 'alt="Hall" width="960" height="600" loading="lazy" decoding="async" class="lead">' in html


def test_the_first_picture_of_a_page_is_not_lazy():
    image = SiteImageFactory()
    renditions.make(image)

    html = show(image, 'alt="" priority=True')

    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_a_picture_without_renditions_holds_its_place_and_makes_none():
    image = SiteImageFactory()

    html = show(image)

    assert '<svg width="1000" height="667"' in html
    assert "Hall" in html
    assert not Rendition.objects.exists()


def test_no_image_is_no_picture():
    assert show(None) == ""


def test_alternative_text_is_escaped():
    image = SiteImageFactory()
    renditions.make(image)

    assert '"><script>' not in Template("{% load media_tags %}{% picture image alt=alt %}").render(
        Context({"image": image, "alt": '"><script>alert(1)</script>'})
    )


@pytest.mark.parametrize("count", [1, 3])
def test_many_pictures_cost_one_query(count, django_assert_num_queries):
    for _number in range(count):
        renditions.make(SiteImageFactory())
    images = list(SiteImage.objects.all())

    with django_assert_num_queries(1):
        renditions.prefetch_renditions([*images, None])
        pictures = [show(image) for image in images]

    assert len([html for html in pictures if "<picture>" in html]) == count


def test_pictures_prefetched_with_their_page_cost_no_query(django_assert_num_queries):
    renditions.make(SiteImageFactory())
    image = SiteImage.objects.prefetch_related("renditions").get()

    with django_assert_num_queries(0):
        assert "<picture>" in show(image)


def test_the_viewer_gets_the_largest_file():
    image = SiteImageFactory(file__width=1600, file__height=1000)
    renditions.make(image)

    full = renditions.full_url(image)

    assert full.url.endswith(".webp")
    assert (full.width, full.height) == (1440, 900)
