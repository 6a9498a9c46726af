"""The sizes and formats in which readers get a picture, all made ahead of any reader's request."""

import logging
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.db.models.signals import post_save
from django_tasks import task
from PIL import Image, ImageCms, ImageOps

logger = logging.getLogger(__name__)

WIDTHS = (240, 480, 960, 1440)
FORMATS = ("avif", "webp")
# AVIF at Pillow's own speed takes eight times as long for files a sixth smaller.
ENCODING = {
    "avif": {"quality": 61, "speed": 8},
    "webp": {"quality": 80},
    "jpeg": {"quality": 78, "progressive": True, "optimize": True},
    "png": {},
}
EXTENSIONS = {"jpeg": "jpg"}
LANCZOS = Image.Resampling.LANCZOS
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
        picture = decoded(image)
    except Exception:  # Pillow raises nearly anything; one broken picture must not stop the rest.
        logger.exception("Image %s cannot be read, so it has no renditions.", image.pk)
        return 0
    return sum(_make_one(image, spec, picture) for spec in wanted)


def _make_one(image, spec, picture):
    try:
        file = _encoded(picture, spec)
    except Exception:  # WebP, for one, holds no picture higher than 16383 pixels; the other formats still serve.
        logger.exception("The rendition %s of image %s could not be made.", spec, image.pk)
        return False
    name = f"{PurePath(image.file.name).stem[:40]}.{spec.replace('|', '.')}"
    file.name = f"{name}.{EXTENSIONS.get(spec.rpartition('-')[2], spec.rpartition('-')[2])}"
    image.renditions.get_or_create(filter_spec=spec, focal_point_key="", defaults={"file": file})
    return True


def _encoded(picture, spec):
    """Return ``picture`` as a file of the width and format that a spec such as “width-480|format-webp” asks for."""
    width, format = int(spec.split("|")[0].rpartition("-")[2]), spec.rpartition("-")[2]
    if picture.width > width:
        picture = picture.resize((width, max(round(picture.height * width / picture.width), 1)), LANCZOS)
    if format == "jpeg" and picture.mode == "RGBA":
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A"))
        picture = flat
    content = BytesIO()
    picture.save(content, format, **ENCODING[format])
    return ContentFile(content.getvalue())


def decoded(image):
    """Return the picture upright, in sRGB, without metadata and no wider than our largest width.

    Decoded once for all twelve files. Of an animation the first picture is kept: movement that nobody asked for
    and cannot stop is a barrier (WCAG 2.2, 2.2.2).
    """
    with image.open_file() as file, Image.open(file) as original:
        # JPEG can be decoded at a fraction of its size, which saves most of the memory of a large photo.
        original.draft(original.mode, (WIDTHS[-1] * 2, WIDTHS[-1] * 2))
        picture = _in_srgb(ImageOps.exif_transpose(original))
    if picture.width > WIDTHS[-1]:
        picture = picture.resize((WIDTHS[-1], max(round(picture.height * WIDTHS[-1] / picture.width), 1)), LANCZOS)
    picture.info.clear()
    return picture


def _in_srgb(picture):
    profile = picture.info.get("icc_profile")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):  # A profile that does not fit is better left out.
            pass
    return picture.convert("RGB")


@task()
def make_renditions(image_id):
    """Make the renditions of one image; it may be gone by the time a worker comes to it."""
    image = apps.get_model("media", "SiteImage").objects.filter(pk=image_id).first()
    if image:
        make(image)


def _image_saved(sender, instance, raw=False, **kwargs):
    if not raw:
        transaction.on_commit(lambda: make_renditions.enqueue(instance.pk))


def connect():
    """Make the renditions of every image that is saved."""
    post_save.connect(_image_saved, sender=apps.get_model("media", "SiteImage"), dispatch_uid="media.renditions")
