from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile

from media.models import SiteDocument
from pages.models import Attachment, AttachmentGroup


@pytest.fixture
def upload(committed) -> Callable[..., SiteDocument]:
    """Put a file into the library as an upload does: what waits for the commit is done."""

    def uploaded(name: str, content: bytes, **fields) -> SiteDocument:
        with committed():
            document = SiteDocument.objects.create(
                file=ContentFile(content, name=name), **{"title": "Regulamin konkursu", **fields}
            )
        document.refresh_from_db()
        return document

    return uploaded


@pytest.fixture
def attached(upload, site, committed) -> Callable[..., SiteDocument]:
    """The same, shown on a published page."""

    def shown(name: str, content: bytes, **fields) -> SiteDocument:
        document = upload(name, content, **fields)
        group = AttachmentGroup(title="Pliki", attachments=[Attachment(document=document)])
        with committed():
            site.add_news("Konkurs ogłoszony", attachment_groups=[group])
        document.refresh_from_db()
        return document

    return shown
