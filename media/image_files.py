"""What an uploaded picture must be: one that can be shown to its last pixel."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageSequence

FORMATS = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")


def check_picture(file):
    """Decode ``file`` completely; raise ``ValidationError`` with a sentence for the editor if that fails.

    The number of pixels has to be checked before: decoding takes four bytes for each.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as picture:
            for frame in ImageSequence.Iterator(picture):
                frame.load()
    except Exception as error:  # Pillow raises nearly anything on a broken file.
        raise broken_picture() from error
    finally:
        file.seek(0)


def broken_picture():
    message = _(
        "This picture is damaged or was cut off on the way. Open it in a picture program, save it again as JPEG or "
        "PNG and upload that."
    )
    return ValidationError(message, code="broken_picture")
