"""Bring the demo's pictures and documents into the library, and find them there again."""

import hashlib
from functools import cached_property

from django.core.files import File
from django.utils.translation import gettext as _

from media import renditions
from media.models import SiteDocument, SiteImage
from site_project.demo import words

FILES = words.HERE / "files"


def add_pictures():
    """Store the pictures that the library does not hold yet, with every size that readers get; yield how far it is."""
    keys = words.plan()["pictures"]["all"]
    for number, key in enumerate(keys, 1):
        path = FILES / "pictures" / f"{key}.jpg"
        image = SiteImage.objects.filter(file_hash=_sha1(path)).first() or _add_picture(key, path)
        # Made already when the picture was saved, unless the site leaves such work to a worker.
        renditions.make(image)
        yield _("%(number)s of %(total)s") % {"number": number, "total": len(keys)}


def _add_picture(key, path):
    facts = words.plan()["pictures"]
    said = words.shared(words.source_language())["pictures"][key]
    with path.open("rb") as file:
        return SiteImage.objects.create(
            title=said["title"],
            description=said["alt"],
            file=File(file, name=path.name),
            file_hash=_sha1(path),
            **{name: facts[name] for name in ("credit", "licence", "source")},
        )


def add_documents():
    """Store the documents that the library does not hold yet, one for each language of a document."""
    for key, facts in words.plan()["documents"].items():
        for language, name in facts["files"].items():
            path = FILES / "documents" / name
            if SiteDocument.objects.filter(checksum=_sha256(path)).exists():
                continue
            with path.open("rb") as file:
                SiteDocument.objects.create(
                    title=words.shared(language)["documents"][key],
                    file=File(file, name=name),
                    kind=facts["kind"],
                    language=language,
                    published_on=facts["published_on"],
                )


class Library:
    """The demo's files as one language sees them; found by their content, so a new title does not hide them."""

    def __init__(self, language):
        self.language = language
        self._words = words.shared(language)

    @cached_property
    def _images(self):
        return {image.file_hash: image for image in SiteImage.objects.all()}

    @cached_property
    def _documents(self):
        return {document.checksum: document for document in SiteDocument.objects.all()}

    def picture(self, key):
        return self._images[_sha1(FILES / "pictures" / f"{key}.jpg")]

    def alt(self, key):
        """What a picture shows, in this language."""
        return self._words["pictures"][key]["alt"]

    def document(self, key):
        """Return the document in this language, else in the source language."""
        files = words.plan()["documents"][key]["files"]
        name = files.get(self.language) or files[words.source_language()]
        return self._documents[_sha256(FILES / "documents" / name)]


def _sha1(path):
    """The checksum that Wagtail keeps of an image."""
    return hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()


def _sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()
