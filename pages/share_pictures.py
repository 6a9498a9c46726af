"""The picture that stands beside a shared link: date plate, title, the institution's name.

``draw(page)`` makes it from any page of ours, a draft in memory among them, and stores nothing.
"""

from __future__ import annotations

import logging
from io import BytesIO

from django.utils.translation import override
from PIL import Image, ImageDraw, ImageOps
from wagtail.models import Page, Site

from media import renditions

from . import panorama
from .colours import RGB
from .contrast import palette
from .lettering import DISPLAY, TEXT, Lettering, fitted
from .models import Header, SiteSettings
from .plates import Plate, plate_of
from .typography import polish
from .writing_directions import LTR

logger = logging.getLogger(__name__)

#: What social networks ask for.
SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 64
LOGO = 76
PHOTO_WIDTH = 420
TOP = 176
TITLE_SIZES = [68, 60, 54, 48, 44, 40]
WHITE: RGB = (255, 255, 255)


def draw(page: Page) -> Image.Image:
    """Return the share picture of a page as it would be published now, 1200 × 630 pixels.

    Reads the page from memory, so it also draws a preview of what is not saved. Save it with
    ``picture.save(stream, "JPEG", quality=90)``, or take ``as_jpeg(page)``.
    """
    with override(page.locale.language_code):
        return _Card(page).drawn()


def as_jpeg(page: Page) -> bytes:
    """Return the share picture of a page as a file."""
    content = BytesIO()
    draw(page).save(content, "JPEG", quality=88, subsampling=0, optimize=True)
    return content.getvalue()


class _Card:
    """One share picture while it is drawn; everything is mirrored for languages written to the left."""

    def __init__(self, page: Page):
        self.page = page
        self.language = page.locale.language_code
        self.site = _site_of(page)
        self.settings = SiteSettings.for_site(self.site) if self.site else SiteSettings()
        self.header = Header.objects.filter(locale_id=page.locale_id).first() or Header()
        self.colours = palette("light", self.settings.hue, self.settings.hue_accent)
        self.picture = Image.new("RGB", SIZE, self.colours["color-page"])
        self.pen = ImageDraw.Draw(self.picture)
        self.ink = self.colours["color-ink"]

    def drawn(self) -> Image.Image:
        plate = _plate(self.page)
        if photo := _lead_picture(self.page):
            self._on_photo(photo, plate)
        else:
            self._above_houses(plate)
        return self.picture

    def _on_photo(self, photo: Image.Image, plate: Plate | None) -> None:
        """The photo at the side, the plate on it as on a wall, words in the rest."""
        start = WIDTH - PHOTO_WIDTH
        self.picture.paste(photo, (self._left(start, PHOTO_WIDTH), 0))
        if plate:
            enamel = self._enamel_plate(plate)
            self._paste(enamel, start + 28, HEIGHT - enamel.height - 28)
        width = start - MARGIN - 44
        self._institution(width)
        self._title(MARGIN, TOP, width, HEIGHT - TOP - 40)

    def _above_houses(self, plate: Plate | None) -> None:
        if houses := _panorama(self.settings, self.colours):
            self._paste(houses, 0, HEIGHT - houses.height)
        self._institution(WIDTH - 2 * MARGIN)
        start = MARGIN
        if plate:
            enamel = self._enamel_plate(plate)
            self._paste(enamel, start, TOP)
            start += enamel.width + 44
        self._title(start, TOP, WIDTH - MARGIN - start, 440 - TOP)

    # --- parts ------------------------------------------------------------------------------

    def _institution(self, width: int) -> None:
        start, top = MARGIN, 56
        if logo := _logo(self.settings):
            self._paste(logo, start, top)
            start += logo.width + 20
        room = width + MARGIN - start
        names = [(self.header.site_name, 640, 30), (self.header.owner_name, 400, 24)]
        written = [(name, weight, size) for name, weight, size in names if name]
        baseline = top + (LOGO // 2 + 10 if len(written) == 1 else 33)
        for name, weight, size in written:
            family = DISPLAY if weight > 400 else TEXT
            lettering = Lettering(family, size, weight, self.language)
            lettering, lines = fitted(name, lettering, (room, lettering.leading), [size, size - 4, size - 8])
            lettering.draw(self.pen, lines[0], self._x(start), baseline, self.ink)
            baseline += 34

    def _enamel_plate(self, plate: Plate) -> Image.Image:
        words = [("–".join(text for _day, text in plate.days), DISPLAY, 680, 76 if plate.month else 48)]
        words += [(text, TEXT, 620, 32) for text in [plate.month] if text]
        words += [(plate.years, TEXT, 400, 30)]
        rows = [(text, Lettering(family, size, weight, self.language)) for text, family, weight, size in words]
        width = max(196, round(max(row.width(text) for text, row in rows)) + 56)
        enamel = _enamel((width, round(sum(row.leading for _text, row in rows)) + 36), self.colours["color-plate"])
        pen, baseline = ImageDraw.Draw(enamel), 14.0
        for text, row in rows:
            baseline += row.leading
            x = width / 2 + row.width(text) / 2 * (-1 if self.is_ltr else 1)
            row.draw(pen, text, x, baseline - row.size * 0.16, WHITE)
        return enamel

    def _title(self, start: int, top: int, width: int, height: int) -> None:
        lettering = Lettering(DISPLAY, TITLE_SIZES[0], 660, self.language)
        title = polish(self.page.title) if self.language == "pl" else self.page.title
        lettering, lines = fitted(title, lettering, (width, height), TITLE_SIZES)
        baseline = top - lettering.size * 0.22
        for line in lines:
            baseline += lettering.leading
            lettering.draw(self.pen, line, self._x(start), baseline, self.ink)

    # --- sides ------------------------------------------------------------------------------

    @property
    def is_ltr(self) -> bool:
        return Lettering(TEXT, 1, 400, self.language).base == LTR

    def _x(self, start: int) -> int:
        """Return the place at this distance from the side where lines begin."""
        return start if self.is_ltr else WIDTH - start

    def _paste(self, part: Image.Image, start: int, top: int) -> None:
        self.picture.paste(part, (self._left(start, part.width), top), mask=part)

    def _left(self, start: int, width: int) -> int:
        return start if self.is_ltr else WIDTH - start - width


def _site_of(page: Page) -> Site | None:
    return (page.pk and page.get_site()) or Site.objects.filter(is_default_site=True).first()


def _plate(page: Page) -> Plate | None:
    """Return the days of a workshop, the date of news, and nothing for pages that stay."""
    start = getattr(page, "starts_on", None)
    if start:
        return plate_of(start, page.ends_on)
    shown = getattr(page, "display_date", None)
    return plate_of(shown) if shown else None


def _lead_picture(page: Page) -> Image.Image | None:
    image = getattr(page, "lead_image", None)
    photo = _read(image)
    if not photo:
        return None
    x, y = image.get_focal_point().centroid if image.has_focal_point() else (image.width / 2, image.height / 2)
    centring = (x / image.width, y / image.height)
    return ImageOps.fit(_flat(photo), (PHOTO_WIDTH, HEIGHT), Image.Resampling.LANCZOS, centering=centring)


def _read(image) -> Image.Image | None:
    try:
        return image and renditions.decoded(image)
    except Exception:  # Pillow raises nearly anything; the card is still good without a broken picture.
        logger.exception("Image %s cannot be read, so a share picture goes without it.", image.pk)
        return None


def _flat(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size, WHITE)
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _logo(settings: SiteSettings) -> Image.Image | None:
    """Return the institution's logo, as high as the names beside it; nothing where it has none."""
    logo = _read(settings.logo)
    if not logo:
        return None
    width = min(round(logo.width * LOGO / logo.height), 3 * LOGO)
    return ImageOps.contain(logo.convert("RGBA"), (width, LOGO), Image.Resampling.LANCZOS)


def _panorama(settings: SiteSettings, colours: dict[str, RGB]) -> Image.Image | None:
    """Return what stands at the foot of the site's pages: a picture of the institution's, a drawing, or nothing."""
    size = WIDTH, round(panorama.HEIGHT * WIDTH / panorama.WIDTH)
    if own := _read(settings.panorama_picture):
        return ImageOps.fit(own.convert("RGBA"), size, Image.Resampling.LANCZOS, centering=(0.5, 1))
    return panorama.draw(settings.panorama_drawing, size, colours) if settings.panorama_drawing else None


def _enamel(size: tuple[int, int], colour: RGB) -> Image.Image:
    """Return an empty plate with its white line, drawn larger and made smaller for soft edges."""
    width, height = size[0] * 3, size[1] * 3
    line = tuple(round(0.8 * 255 + 0.2 * part) for part in colour)
    plate = Image.new("RGBA", (width, height), (*colour, 0))
    pen = ImageDraw.Draw(plate)
    pen.rounded_rectangle((0, 0, width - 1, height - 1), 42, fill=colour)
    pen.rounded_rectangle((15, 15, width - 16, height - 16), 30, outline=line, width=6)
    return plate.resize(size, Image.Resampling.LANCZOS)
