"""Every block can be seen in the chooser as readers will see it."""

import pytest
from wagtail.blocks import StructBlock
from wagtail.models import Site

from pages.body import UNAVAILABLE, BodyBlock
from pages.models import NewsPage

BLOCKS = [name for name in BodyBlock().child_blocks if name != UNAVAILABLE]


@pytest.fixture
def stream(db):
    return NewsPage._meta.get_field("body").stream_block


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_has_a_description_and_a_preview_with_the_styles_of_the_site(admin_client, stream, name):
    block = stream.child_blocks[name]

    response = admin_client.get("/admin/block-preview/", {"id": block.definition_prefix})

    assert block.is_previewable
    assert block.get_description()
    assert response.status_code == 200
    assert "css/components/prose" in response.content.decode()
    # The order of the directives is not fixed.
    assert "style-src 'self'" in response["Content-Security-Policy"].split("; ")


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_reads_as_plain_data(rf, stream, name):
    block = stream.child_blocks[name]
    request = rf.get("/")
    Site.find_for_request(request)

    data = block.get_api_representation(block.get_preview_value(), context={"request": request})

    # A picture without an image, as in the preview, reads as nothing.
    expected = type(None) if name == "picture" else dict if isinstance(block, StructBlock) else str
    assert isinstance(data, expected)


def test_a_table_tells_its_caption_its_headings_and_its_rows(stream):
    block = stream.child_blocks["table"]
    columns = [{"type": "text", "heading": "Miasto"}, {"type": "number", "heading": "Projekty"}]
    rows = [{"values": ["Łódź", 12]}]
    table = {"caption": "Miasta w programie", "columns": columns, "rows": rows}
    value = block.to_python({"has_row_headings": True, "table": table})

    assert block.get_api_representation(value) == {"has_row_headings": True, "table": table}
