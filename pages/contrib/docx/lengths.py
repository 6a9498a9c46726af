"""Which files and pages are too long for anybody to wait in a request until they are read, made or compared."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from wagtail.models import Page, Revision

from pages.interchange.outline import Origin

#: What takes longer than half a second to read, or to put into the library; measured in docs/word.md.
LONG_TEXT_BYTES = 1_500_000
LONG_FILE_BYTES = 3_000_000
#: About what Word writes around each paragraph, cell and mark, so that both lengths mean the same work.
BYTES_AROUND = 150
_TEXT = "word/document.xml"


def is_long(content: bytes) -> bool:
    """Whether reading a file, or making its page, is not done while somebody waits."""
    if len(content) > LONG_FILE_BYTES:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            # Only a hint: the guard counts for itself.
            return archive.getinfo(_TEXT).file_size > LONG_TEXT_BYTES
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        return False


def is_long_to_compare(content: bytes, page: Page, origin: Origin | None) -> bool:
    """Whether a file is long, or its page, or the state of the page that it was made of."""
    if is_long(content):
        return True
    numbers = [number for number in (page.latest_revision_id, origin and origin.revision) if number]
    states = list(Revision.objects.for_instance(page).filter(pk__in=numbers).values_list("content", flat=True))
    return any(_length(data) > LONG_TEXT_BYTES for data in states or [page.serializable_data()])


def _length(content: dict[str, Any]) -> int:
    """Return about how long the text of a Word file with these data of a page is."""
    body = content.get("body")
    data = {**content, "body": json.loads(body)} if isinstance(body, str) and body else content
    return sum(len(words) + BYTES_AROUND * (1 + words.count("<")) for words in _strings(data))


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, (dict, list)):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from _strings(inner)
