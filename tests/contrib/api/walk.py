"""A walk through the site with a client that was generated from the OpenAPI document; mypy reads it, too."""

from io import BytesIO

from rynek_client import AuthenticatedClient, Client
from rynek_client.api.docx import import_word_file
from rynek_client.api.pages import get_page, get_page_by_path, list_pages
from rynek_client.api.search import search
from rynek_client.api.site import get_site
from rynek_client.api.translation import list_translation_segments, list_translations, return_translation_segments
from rynek_client.models import (
    Hits,
    HomePage,
    ImportReport,
    ImportWordFileMultiPartBodyParams,
    NewsPage,
    PageCardList,
    ReturnedSegment,
    ReturnedSegments,
    SegmentVerdicts,
    SiteFrame,
    TranslationProgressList,
    TranslationSegments,
)
from rynek_client.types import File


def walk(anybody: Client, translator: AuthenticatedClient, parent: int, word_file: bytes) -> dict[str, object]:
    """Go from the home page to news, a page, the search, its translation and an import; return what was seen."""
    site = get_site.sync(client=anybody, language="pl")
    assert isinstance(site, SiteFrame)
    home = get_page_by_path.sync(client=anybody, path=site.home_url)
    assert isinstance(home, HomePage)
    news = list_pages.sync(client=anybody, type_=["pages.NewsPage"], order="-date", limit=1)
    assert isinstance(news, PageCardList)
    page = get_page.sync(client=translator, page_id=news.items[0].id)
    assert isinstance(page, NewsPage)
    found = search.sync(client=anybody, q=page.title, language="pl")
    assert isinstance(found, Hits)
    return {
        "home": home.title,
        "count": news.count,
        "body": body_of(page),
        "found": [hit.title for hit in found.items],
        "languages": {one.language: one.state for one in page.translations},
        "verdicts": translate(translator, page),
        "draft": draft_below(translator, parent, word_file),
    }


def body_of(page: NewsPage) -> list[str]:
    """Return what the blocks of a page say; ``type_`` tells which fields a block has."""
    said = []
    for block in page.body:
        if block.type_ == "heading":
            said.append(f"{block.value.level}: {block.value.text}")
        elif block.type_ == "text":
            said.append(block.value)
        elif block.type_ == "picture" and block.value.image:
            said.append(f"{block.value.image.alt} {block.value.image.width}")
    return said


def translate(translator: AuthenticatedClient, page: NewsPage) -> dict[str, int]:
    """Translate the title of a page."""
    states = list_translations.sync(client=translator, page=page.id, language="en")
    assert isinstance(states, TranslationProgressList)
    number = states.items[0].id
    assert number
    segments = list_translation_segments.sync(number, client=translator)
    assert isinstance(segments, TranslationSegments)
    title = next(segment for segment in segments.items if segment.context == "title")
    words = ReturnedSegments([ReturnedSegment(title.id, "New houses", version=title.version)])
    told = return_translation_segments.sync(number, client=translator, body=words)
    assert isinstance(told, SegmentVerdicts)
    return told.counts.additional_properties


def draft_below(client: AuthenticatedClient, parent: int, content: bytes) -> str:
    """Make a draft of a Word file; return its title."""
    file = File(BytesIO(content), "Opis.docx")
    told = import_word_file.sync(
        client=client, body=ImportWordFileMultiPartBodyParams(parent=parent, file=file, create=True)
    )
    assert isinstance(told, ImportReport)
    assert told.page
    return told.title
