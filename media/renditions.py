"""The sizes and formats in which readers get a picture, all made ahead of any reader's request."""

import logging
from dataclasses import dataclass
from io import BytesIO

from django.apps import apps
from django.core.files import File
from django.db.models import Prefetch, prefetch_related_objects
from django_tasks import task
from PIL import Image, ImageOps
from wagtail.images.models import Filter

logger = logging.getLogger(__name__)

WIDTHS = (480, 960, 1440)
FORMATS = ("avif", "webp")
MIME_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg", "png": "image/png"}


def specs(image):
    """Return the filter specs an image should have; one that is narrower than a width is never enlarged."""
    return [f"width-{width}|format-{format}" for width in _widths(image) for format in (*FORMATS, _fallback(image))]


def _widths(image):
    smaller = [width for width in WIDTHS if width < image.width]
    # The next width up stands for the picture's own size.
    return [*smaller, WIDTHS[len(smaller)]] if len(smaller) < len(WIDTHS) else smaller


def _fallback(image):
    """JPEG for photographs; PNG where the original may be transparent."""
    return "png" if image.file.name.lower().endswith((".png", ".gif")) else "jpeg"


def format_of(rendition):
    """Return the format of one of our renditions, for example “webp”."""
    return rendition.filter_spec.rpartition("format-")[2]


def existing(image):
    """Return the renditions of our set that are already made, narrow to wide; never makes one."""
    wanted = set(specs(image))
    found = [rendition for rendition in _stored(image) if rendition.filter_spec in wanted]
    return sorted(found, key=lambda rendition: (rendition.width, rendition.filter_spec))


def _stored(image):
    if "renditions" in getattr(image, "_prefetched_objects_cache", {}):
        return image.renditions.all()
    if not hasattr(image, "prefetched_renditions"):
        prefetch_renditions([image])
    return image.prefetched_renditions


def prefetch_renditions(images):
    """Load the renditions of all ``images`` in one query; None among them is passed over."""
    missing = [image for image in images if image is not None and not _is_prefetched(image)]
    if missing:
        queryset = missing[0].get_rendition_model().objects.filter(filter_spec__startswith="width-")
        prefetch_related_objects(missing, Prefetch("renditions", queryset, to_attr="prefetched_renditions"))


def _is_prefetched(image):
    return hasattr(image, "prefetched_renditions") or "renditions" in getattr(image, "_prefetched_objects_cache", {})


@dataclass(frozen=True)
class Source:
    """One ``<source>``: a format and where to find it in each width."""

    mime_type: str
    srcset: str


@dataclass(frozen=True)
class FullSize:
    """The largest file of a picture, for a viewer."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class PictureSources:
    """What a ``<picture>`` needs; widths and heights are in pixels."""

    sources: list[Source]
    url: str
    width: int
    height: int


def picture_sources(image):
    """Return the made renditions of ``image`` for a ``<picture>``, or None while there are none."""
    if image is None:
        return None
    made = existing(image)
    plain = [item for item in made if format_of(item) == _fallback(image)]
    if not plain:
        return None
    shown = max((item for item in plain if item.width <= 960), key=lambda item: item.width, default=plain[0])
    sources = [_source(format, made) for format in FORMATS]
    return PictureSources([source for source in sources if source], shown.url, shown.width, shown.height)


def _source(format, made):
    srcset = ", ".join(f"{item.url} {item.width}w" for item in made if format_of(item) == format)
    return Source(MIME_TYPES[format], srcset) if srcset else None


def full_url(image):
    """Return the largest rendition that every browser of today shows, or None while there is none."""
    made = [item for item in existing(image) if format_of(item) != "avif"] if image else []
    # At equal width WebP sorts last, and is the lightest.
    largest = max(made, key=lambda item: (item.width, item.filter_spec), default=None)
    return FullSize(largest.url, largest.width, largest.height) if largest else None


def make(image):
    """Make what is missing of the fixed set and return how many renditions were made."""
    present = set(image.renditions.values_list("filter_spec", flat=True))
    wanted = [spec for spec in specs(image) if spec not in present]
    if not wanted:
        return 0
    try:
        source = _reduced(image)
        for spec in wanted:
            _make_one(image, spec, source)
    except Exception:  # Pillow raises nearly anything; one broken picture must not stop the rest.
        logger.exception("The renditions of image %s could not be made.", image.pk)
        return 0
    return len(wanted)


def _make_one(image, spec, source):
    source.seek(0)
    filter = Filter(spec)
    made = image.generate_rendition_file(filter, source=File(source, name=image.file.name))
    image.renditions.get_or_create(
        filter_spec=spec, focal_point_key=filter.get_cache_key(image), defaults={"file": made}
    )


def _reduced(image):
    """Return the picture upright and no wider than our largest width, so that nine files cost one full decode."""
    reduced = BytesIO()
    with image.open_file() as file, Image.open(file) as original:
        # JPEG can be decoded at a fraction of its size, which saves most of the memory of a large photo.
        original.draft("RGB", (WIDTHS[-1] * 2, WIDTHS[-1] * 2))
        picture = ImageOps.exif_transpose(original)
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        if picture.width > WIDTHS[-1]:
            height = round(picture.height * WIDTHS[-1] / picture.width)
            picture = picture.resize((WIDTHS[-1], max(height, 1)), Image.Resampling.LANCZOS)
        picture.save(reduced, "TIFF")
    return reduced


@task()
def make_renditions(image_id):
    """Make the renditions of one image; it may be gone by the time a worker comes to it."""
    image = apps.get_model("media", "SiteImage").objects.filter(pk=image_id).first()
    if image:
        make(image)
