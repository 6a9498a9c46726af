import pytest
from django.urls import reverse

from media.models import SiteImage
from tests.media import files

DAMAGED = (
    "This picture is damaged or was cut off on the way. Open it in a picture program, save it again as JPEG or PNG "
    "and upload that."
)


def add(admin, file, **data):
    return admin.post(reverse("wagtailimages:add"), {"title": "Photo", "file": file, **data})


def refusal(response):
    return list(response.context["form"].errors["file"])


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.jpg", "JPEG"), ("a.jpeg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP"), ("a.avif", "AVIF"), ("a.gif", "GIF")],
)
def test_a_picture_of_each_allowed_type_is_taken(admin, name, format):
    response = add(admin, files.picture(name, format=format))

    assert response.status_code == 302
    assert SiteImage.objects.get().file_size > 0


@pytest.mark.parametrize(
    ("name", "format"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.webp", "WEBP"), ("a.gif", "GIF")]
)
def test_a_truncated_picture_gets_a_sentence_and_is_not_kept(admin, name, format):
    response = add(admin, files.truncated(name, format))

    assert refusal(response) == [DAMAGED]
    assert not SiteImage.objects.exists()


def test_a_truncated_picture_gets_a_sentence_when_many_are_uploaded_at_once(admin):
    response = admin.post(
        reverse("wagtailimages:add_multiple"), {"title": "Photo", "files[]": files.truncated("a.png", "PNG")}
    )

    assert response.json() == {"success": False, "error_message": DAMAGED}


def test_a_truncated_picture_gets_a_sentence_in_the_chooser(admin):
    response = admin.post(
        reverse("wagtailimages_chooser:create"),
        {"image-chooser-upload-title": "Photo", "image-chooser-upload-file": files.truncated("a.png", "PNG")},
    )

    assert DAMAGED in response.json()["htmlFragment"]
    assert not SiteImage.objects.exists()


def test_a_good_picture_is_taken_when_many_are_uploaded_at_once(admin):
    response = admin.post(reverse("wagtailimages:add_multiple"), {"title": "Photo", "files[]": files.picture()})

    assert response.json()["success"] is True
    assert SiteImage.objects.get().title == "Photo"


def test_a_picture_of_400_megapixels_is_refused_before_it_is_decoded(admin):
    response = add(admin, files.huge_png())

    assert refusal(response) == [
        "This picture has too many pixels: at most 50 megapixels are allowed. Make it smaller, for example 3000 pixels "
        "wide, and upload it again."
    ]


def test_a_picture_over_the_limit_of_pixels_is_refused(admin, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1_000_000

    response = add(admin, files.picture(size=(1001, 1000)))

    assert refusal(response)[0].startswith("This picture has too many pixels: at most 1 megapixels are allowed.")


def test_a_picture_over_the_limit_of_size_is_refused(admin, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1024

    response = add(admin, files.picture())

    assert refusal(response) == [
        "This picture is too big: at most 1.0\xa0KB are allowed. Save it smaller and upload it again."
    ]


def test_a_broken_header_gets_a_sentence(admin):
    response = add(admin, files.upload("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 200))

    assert refusal(response) == [DAMAGED]


def test_an_executable_named_as_a_picture_is_refused(admin):
    response = add(admin, files.upload("a.jpg", b"MZ\x90\x00" + b"\x00" * 200))

    assert refusal(response)[0].startswith("This file is not a picture that can be read.")


def test_a_drawing_with_scripts_is_refused(admin):
    response = add(admin, files.upload("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'))

    assert refusal(response)[0].startswith("Pictures of this type cannot be published here.")


def test_a_png_named_as_jpeg_is_refused(admin):
    response = add(admin, files.picture("a.jpg", format="PNG"))

    assert refusal(response)[0].startswith("This is a png picture, although its name ends in .jpeg.")


def test_a_replaced_picture_loses_its_old_file_and_renditions(admin, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        add(admin, files.picture("first.jpg"))
    image = SiteImage.objects.get()
    first = image.file.name
    assert image.renditions.filter(filter_spec="width-480|format-webp").exists()

    with django_capture_on_commit_callbacks(execute=True):
        admin.post(
            reverse("wagtailimages:edit", args=[image.pk]), {"title": "Photo", "file": files.picture("second.jpg")}
        )

    image = SiteImage.objects.get()
    assert image.file.name == "original_images/second.jpg"
    assert not image.file.storage.exists(first)
    assert {rendition.file.name.startswith("images/second.") for rendition in image.renditions.all()} == {True}
