"""Files for the programs of translators, out and in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Field, File, Query, Schema, UploadedFile
from ninja.errors import HttpError

from pages.endpoints import Language, Number, editor_of

from ..exchange.choosing import MOST_TRANSLATIONS, Choice, named, section
from ..exchange.formats import FORMATS, MAX_BYTES
from ..exchange.package import DamagedFile, MixedLanguages, package_of
from ..exchange.reports import import_and_report
from ..exchange.sending import file_of
from .people import in_english, in_language_of
from .routing import router
from .schemas import SegmentVerdicts
from .segments import verdicts

TYPES = {kind.content_type: {"schema": {"type": "string", "format": "binary"}} for kind in FORMATS.values()}
#: A form is a little larger than the file in it.
MAX_FORM_BYTES = MAX_BYTES + 64 * 1024


class Wanted(Schema):
    """What a file is made of: translations by number, or a section in one language."""

    translation: list[Number] = Field(
        [], max_length=MOST_TRANSLATIONS, description="Numbers of translations from one language into one other."
    )
    section: Number | None = Field(None, description="The number of a page: it and all below, into `language`.")
    language: Language | None = None
    format: Literal[tuple(FORMATS)] = Field("xliff20")  # type: ignore[valid-type]
    only_open: bool = Field(False, description="Leave out what has accepted words.")


@router.get(
    "files/",
    summary="A file for translators",
    operation_id="get_translation_file",
    openapi_extra={
        "responses": {
            200: {
                "description": "The file; the report of the same file names each segment by its id.",
                "content": TYPES,
            },
            403: {"description": ""},
        }
    },
)
def download(request: HttpRequest, wanted: Query[Wanted]) -> Any:
    """Return a file as the admin offers it: XLIFF, PO, or a Word file with a table; TMX for the memory of a program."""
    user = editor_of(request)
    choice = _choice(wanted, user)
    with in_language_of(user):
        try:
            package = package_of(choice.translations, only_open=wanted.only_open)
        except MixedLanguages as error:
            raise HttpError(400, "One file holds one pair of languages.") from error
        if not package.units:
            raise Http404("There is nothing to translate in what was chosen.")
        return file_of(package, FORMATS[wanted.format])


def _choice(wanted: Wanted, user: Any) -> Choice:
    if wanted.translation:
        return named(list(dict.fromkeys(wanted.translation)), user)
    if not (wanted.section and wanted.language):
        raise HttpError(400, "Name translations, or a section and a language.")
    choice = section(wanted.section, wanted.language, user)
    if not choice.translations:
        raise Http404("There is nothing that this token may translate.")
    return choice


@router.post(
    "files/",
    response=SegmentVerdicts,
    summary="Send back a file",
    operation_id="return_translation_file",
    openapi_extra={"x-max-bytes": MAX_FORM_BYTES},
)
def upload(
    request: HttpRequest,
    file: Annotated[
        UploadedFile, File(description="XLIFF 1.2 or 2.0, PO or Word, as it was downloaded and filled in.")
    ],
) -> Any:
    """Take over a file; nothing is published by it. A damaged file changes nothing (422).

    The report stands in the admin, too.
    """
    user = editor_of(request)
    with in_english():
        try:
            lines, _report = import_and_report(file.read(), file.name or "", user)
        except DamagedFile as error:
            raise HttpError(422, str(error)) from error
    return verdicts(lines)
