import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from wagtail.blocks import StreamBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import StreamField
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.types import StringSegmentValue

from media import renditions
from media.blocks import AttachmentsBlock, GalleryBlock, PictureBlock
from tests.factories import SiteDocumentFactory, SiteImageFactory


def picture(image, **words):
    return {"image": image, "alt": "", "is_decorative": False, "caption": "", **words}


@pytest.mark.parametrize("block_class", [PictureBlock, GalleryBlock, AttachmentsBlock])
def test_a_block_previews_itself_without_anything_in_the_library(block_class, db):
    block = block_class()

    html = block.render(block.get_preview_value(), {"request": RequestFactory().get("/")})

    assert html.strip()
    assert block.meta.icon
    assert block.meta.description


def test_a_picture_needs_words_or_to_be_marked_as_decoration(db):
    block = PictureBlock()
    image = SiteImageFactory(description="")

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.normalize(picture(image)))

    assert list(refused.value.block_errors) == ["alt"]
    assert block.clean(block.normalize(picture(image, is_decorative=True)))["alt"] == ""


def test_a_draft_may_wait_for_its_words(db):
    block = PictureBlock()

    draft = block.clean_deferred(block.normalize(picture(SiteImageFactory(description=""))))

    assert draft["alt"] == ""


def test_a_picture_without_words_takes_those_of_the_library(db):
    block = PictureBlock()

    cleaned = block.clean(block.normalize(picture(SiteImageFactory(description="The plenary hall"))))

    assert cleaned["alt"] == "The plenary hall"


def test_an_empty_group_of_attachments_is_refused_unless_files_are_expected():
    block = AttachmentsBlock()
    empty = {"title": "Presentations", "is_expected": False, "documents": []}

    with pytest.raises(ValidationError):
        block.clean(block.normalize(empty))

    assert block.clean(block.normalize({**empty, "is_expected": True}))["is_expected"] is True


def test_an_expected_group_tells_readers_that_files_will_come():
    block = AttachmentsBlock()

    html = block.render(block.normalize({"title": "Presentations", "is_expected": True, "documents": []}))

    assert 'class="empty"' in html


def test_a_gallery_reads_as_data(db):
    image = SiteImageFactory(title="Hall", credit="Anna Nowak", licence="cc-by")
    renditions.make(image)
    block = GalleryBlock()
    value = block.normalize({"title": "Photos", "pictures": [picture(image, alt="A full hall", caption="First day")]})

    data = block.get_api_representation(value, {"request": RequestFactory().get("/")})

    told = data["pictures"][0]
    files = told.pop("renditions")
    assert data["title"] == "Photos"
    assert told == {
        "id": image.pk,
        "title": "Hall",
        "alt": "A full hall",
        "decorative": False,
        "caption": "First day",
        "credit": "Anna Nowak",
        "licence": "cc-by",
        "width": 1000,
        "height": 667,
        "focal_point": None,
    }
    assert [(file["format"], file["width"], file["height"]) for file in files] == [
        (format, width, height)
        for width, height in ((240, 160), (480, 320), (960, 640), (1000, 667))
        for format in ("avif", "jpeg", "webp")
    ]
    assert files[0]["url"].startswith("http://testserver/media/images/")


def test_attachments_read_as_data(db):
    document = SiteDocumentFactory(title="Podsumowanie", published_on="2018-07-24")
    document.refresh_from_db()
    block = AttachmentsBlock()
    value = block.normalize(
        {
            "title": "Summary",
            "is_expected": False,
            "documents": [{"document": document, "title": "Summary (in Polish)"}],
        }
    )

    data = block.get_api_representation(value)

    assert data["documents"] == [
        {
            "id": document.pk,
            "title": "Summary (in Polish)",
            "kind": "summary",
            "language": "pl",
            "format": "DOCX",
            "size_bytes": document.file.size,
            "page_count": None,
            "checksum": document.checksum,
            "url": f"/documents/{document.pk}/summary.docx",
            "published_on": "2018-07-24",
        }
    ]


def test_translators_meet_alternative_texts_and_captions(db):
    gallery = {
        "title": "Photos",
        "pictures": [
            {"type": "item", "id": "7f", "value": picture(SiteImageFactory().pk, alt="A hall", caption="Day 1")}
        ],
    }
    field = StreamField(StreamBlock([("gallery", GalleryBlock())]))
    value = field.to_python([{"type": "gallery", "id": "a1", "value": gallery}])

    segments = StreamFieldSegmentExtractor(field).handle_stream_block(value)

    texts = [segment.string.data for segment in segments if isinstance(segment, StringSegmentValue)]
    assert texts == ["Photos", "A hall", "Day 1"]
