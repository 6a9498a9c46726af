"""Whether an institution's mark can be seen where it stands."""

from PIL import Image

from .colours import RGB
from .contrast import EDGE, contrast

SIDE = 48
#: Of what is drawn, a part at least must stand out; pale parts beside dark ones are fine.
PART_TO_SEE = 0.1
OPAQUE = 128


def is_lost_on(logo, ground: RGB) -> bool:
    """Tell whether hardly anything of an image stands out from ``ground``; a file that cannot be read is not judged."""
    pixels = _drawn(logo)
    seen = sum(contrast(pixel, ground) >= EDGE for pixel in pixels)
    return bool(pixels) and seen < PART_TO_SEE * len(pixels)


def _drawn(logo) -> list[RGB]:
    """Return the pixels of a small copy that are not transparent."""
    try:
        with logo.open_file() as file, Image.open(file) as picture:
            small = picture.convert("RGBA").resize((SIDE, SIDE))
    except OSError:
        return []
    parts = iter(small.tobytes())
    return [(red, green, blue) for red, green, blue, alpha in zip(*[parts] * 4, strict=True) if alpha >= OPAQUE]
