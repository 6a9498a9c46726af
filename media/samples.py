"""Pictures and documents that stand in blocks' previews, also where the library is still empty.

They are not stored: a preview asks the database for nothing, and shows nobody's file.
"""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from media.models import Rendition, SiteDocument, SiteImage

WIDTH, HEIGHT = 720, 480
KILOBYTE = 1024
#: Without it each sample would ask the database for the root of the collections.
NO_COLLECTION = None


def street() -> dict:
    return _picture("street", _("Tenement houses with gables along a street"), _("The street that we began with"))


def river() -> dict:
    return _picture(
        "river", _("A stone bridge with three arches over a river"), _("The bridge, seen from the boulevard")
    )


def estate() -> dict:
    return _picture(
        "estate", _("Blocks of flats with trees between them"), _("The estate after the trees were planted")
    )


def town() -> dict:
    return _picture("town", _("A tower and houses of different heights"), _("The old town at noon"))


def presentation() -> dict:
    return _document(_("Water in the courtyard"), "water-in-the-courtyard.pptx", kilobytes=2450, pages=24)


def summary() -> dict:
    return _document(_("Summary of the meeting"), "summary.pdf", kilobytes=310, pages=6)


def _picture(name: str, alt: str, caption: str) -> dict:
    """Return the value of a picture block; the drawing is ``static/media/samples/<name>.png``."""
    path = f"media/samples/{name}.png"
    size = {"width": WIDTH, "height": HEIGHT}
    rendition = Rendition(file=path, filter_spec="width-960|format-png", **size)
    rendition.file.storage = staticfiles_storage
    image = SiteImage(title=name, file=path, collection_id=NO_COLLECTION, **size)
    image.prefetched_renditions = [rendition]
    return {"image": image, "alt": alt, "is_decorative": False, "caption": caption}


def _document(title: str, filename: str, kilobytes: int, pages: int) -> dict:
    facts = {"file_size": kilobytes * KILOBYTE, "page_count": pages, "language": get_language()}
    # No row has the number 0, so the link of a preview leads to no file of the library.
    document = SiteDocument(pk=0, title=title, file=filename, collection_id=NO_COLLECTION, **facts)
    return {"document": document, "title": ""}
