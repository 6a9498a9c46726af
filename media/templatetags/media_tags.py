"""Pictures in templates: only from renditions that are already made."""

from django import template
from django.template.loader import render_to_string

from media import renditions

register = template.Library()

PLACEHOLDER_SIZE = (960, 640)


@register.simple_tag
def picture(image, alt="", sizes="100vw", lazy=True, priority=False, **attributes):
    """Show ``image`` in every made format and width; a sized box with the alt text while none is made.

    ``priority=True`` is for the one large picture on the first screen. ``class="…"`` goes to the ``<img>``.
    """
    if not image:
        return ""
    css_class = attributes.get("class", "")
    found = renditions.picture_sources(image)
    if found is None:
        return picture_placeholder(image.width, image.height, alt, css_class)
    return render_to_string(
        "media/picture.html",
        {
            "picture": found,
            "alt": alt or "",
            "sizes": sizes,
            "lazy": lazy,
            "priority": priority,
            "css_class": css_class,
        },
    )


@register.simple_tag
def picture_placeholder(width=PLACEHOLDER_SIZE[0], height=PLACEHOLDER_SIZE[1], alt="", css_class=""):
    """Hold the place of a picture that is not made yet, or of none in a block's preview."""
    context = {"width": width, "height": height, "alt": alt, "css_class": css_class}
    return render_to_string("media/picture_placeholder.html", context)


@register.simple_tag
def full_size(image):
    """Return the largest rendition (url, width, height) for a viewer's link, or None."""
    return renditions.full_url(image)
