"""Why a file is refused, as the editor reads it, with what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .package import MAX_FILE_BYTES, MAX_PARAGRAPHS, MAX_PICTURES, Reason, Refused

_REFUSALS = {
    Reason.EMPTY: gettext_lazy("The file is empty. Save the document again in Word and upload that."),
    Reason.TOO_LARGE: gettext_lazy(
        "The file is larger than %(megabytes)s MB. Make its pictures smaller (in Word: Picture Format, Compress "
        "Pictures) or split it."
    ),
    Reason.PASSWORD: gettext_lazy(
        "The file is locked with a password. Take the password off in Word (File, Info, Protect Document) and upload "
        "it again."
    ),
    Reason.OLD_WORD: gettext_lazy(
        "This is a file of an old Word (.doc). Open it in Word or LibreOffice, save it as .docx and upload that."
    ),
    Reason.NOT_WORD: gettext_lazy(
        "This is no Word file, although its name says so. %(detail)s Upload a document saved as .docx."
    ),
    Reason.OTHER_OFFICE: gettext_lazy(
        "This is a file of another office program, such as a spreadsheet, a presentation or an OpenDocument text. Save "
        "it as .docx and upload that."
    ),
    Reason.DAMAGED: gettext_lazy(
        "The file is damaged or was cut off on the way. Open it in Word, save it under a new name and upload that."
    ),
    Reason.AMBIGUOUS: gettext_lazy(
        "The file holds two parts of one name, so that programs would read different texts. Open it in Word, save it "
        "under a new name and upload that."
    ),
    Reason.TOO_MANY_PARTS: gettext_lazy("The file is made of too many parts for a document. It was not opened."),
    Reason.EXPANDS: gettext_lazy(
        "The file unpacks to far more than a document needs, as files do that are meant to stop a server. It was not "
        "opened."
    ),
    Reason.ENTITIES: gettext_lazy(
        "The file holds instructions that Word never writes and that can harm a server. It was not opened."
    ),
    Reason.TOO_DEEP: gettext_lazy(
        "Tables or boxes stand too deeply inside each other. Copy the text into a new document and upload that."
    ),
    Reason.TOO_LONG: gettext_lazy(
        "The document is too long: at most %(paragraphs)s paragraphs can be read. Split it and upload the parts."
    ),
    Reason.TOO_MANY_PICTURES: gettext_lazy(
        "The document holds more than %(pictures)s pictures. Split it and upload the parts."
    ),
    Reason.NO_TEXT: gettext_lazy("There is no text of a Word document in this file. Is it the right one?"),
}


def refusal(error: Refused) -> str:
    """Return why a file was refused and what to do, in the editor's language."""
    detail = (
        _("It is a %(kind)s file.") % {"kind": error.detail} if error.reason is Reason.NOT_WORD and error.detail else ""
    )
    said = str(_REFUSALS[error.reason]) % {
        "megabytes": MAX_FILE_BYTES >> 20,
        "paragraphs": MAX_PARAGRAPHS,
        "pictures": MAX_PICTURES,
        "detail": detail,
    }
    return " ".join(said.split())
