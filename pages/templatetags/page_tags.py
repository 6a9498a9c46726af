"""What the templates of readers' pages need: the frame, dates, files, languages, the body."""

from __future__ import annotations

import re
from base64 import b64encode

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText, expand_db_html

from pages import abbreviations, formats, plugins, typography
from pages.attached_texts import address_of_text
from pages.footnotes import footnotes_of
from pages.navigation import Frame
from pages.plates import plate_of
from pages.share_pictures import as_jpeg

register = template.Library()


@register.simple_tag(takes_context=True)
def site_frame(context):
    """Return what stands around the page: ``{% site_frame as frame %}``."""
    return Frame(context["request"], context.get("page"))


@register.simple_tag
def icon(name: str, classes: str = ""):
    """Draw an icon of the sprite; it is decoration, words stand beside it."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        static("images/icons.svg"),
        name,
    )


@register.simple_tag
def share_picture(page) -> str:
    """Return the picture that stands beside a shared link, as an address that holds it; for previews."""
    return "data:image/jpeg;base64," + b64encode(as_jpeg(page)).decode()


# --- dates, numbers -------------------------------------------------------------------------


def _time(stamp: formats.Stamp):
    return format_html('<time datetime="{}">{}</time>', stamp.machine, stamp.text)


@register.filter
def day(value):
    """Write a date in full as a ``time`` element."""
    return _time(formats.Stamp(formats.long_date(value), value.isoformat())) if value else ""


@register.simple_tag
def date_range(page):
    """Write the days of a workshop; a range is two ``time`` elements (HTML knows none for both)."""
    stamps = formats.date_range(page.starts_on, page.ends_on)
    times = format_html_join(formats.range_dash(stamps), "{}", ((_time(stamp),) for stamp in stamps))
    # One box, so that a row of facts beside it cannot pull the two ends apart.
    return format_html('<span class="date-range">{}</span>', times)


@register.filter
def hours(page) -> str:
    """Write from when to when a workshop lasts, with its time zone; empty if no time is given."""
    return f"{clock_times(page)} ({formats.zone_name(page.time_zone, page.starts_on)})" if page.starts_at else ""


@register.filter
def clock_times(page) -> str:
    """Write from when to when a workshop lasts, without its time zone; empty if no time is given."""
    times = [formats.clock(moment) for moment in (page.starts_at, page.ends_at) if moment]
    # Twelve hours have a second word, as in Arabic: the dash then stands apart, as in a range of dates.
    dash = " – " if times and len(times[0].split()) > 1 else "–"
    return dash.join(times)


@register.inclusion_tag("components/plate.html")
def plate(page):
    """Write the days of a workshop as a street plate."""
    return plate_of(page.starts_on, page.ends_on)._asdict()


@register.filter
def number(value) -> str:
    """Write a number with the separators of the language."""
    return formats.number(value)


@register.filter
def file_size(size_bytes) -> str:
    """Write a number of bytes as ``24 KB``."""
    return formats.file_size(size_bytes)


# --- languages ------------------------------------------------------------------------------


@register.simple_tag
def text_address(document) -> str:
    """Return where the text of a document can be read as a page; empty where it cannot."""
    return address_of_text(document)


@register.simple_tag
def lang_of(code: str):
    """Write ``lang`` and ``dir`` of a part in another language than the page; nothing in the same one."""
    here = get_language() or ""
    if not code or code.split("-")[0] == here.split("-")[0]:
        return ""
    attributes = format_html(' lang="{}"', code)
    if formats.direction(code) != formats.direction(here):
        attributes += format_html(' dir="{}"', formats.direction(code))
    return attributes


@register.filter
def language_name(code: str) -> str:
    """Name a language in the language of the page."""
    return formats.language_name(code)


@register.simple_block_tag
def typeset(content, language: str):
    """Write what stands between the tags with the spaces, dashes and quotes of Polish, where it is Polish."""
    return mark_safe(typography.polish_html(content, language))  # noqa: S308 -- markup in, the same markup out


# --- documents ------------------------------------------------------------------------------


@register.filter
def file_facts(document) -> list[str]:
    """List format, size, length and a foreign language of a file, as words."""
    return formats.file_facts(document)


# --- the body -------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def body(context, stream, level: int = 1):
    """Write a body whose outline has no gaps (WCAG 2.2, 1.3.1), whatever levels an editor chose.

    ``level`` is that of the heading it stands under. Blocks get ``heading`` and ``subheading``,
    the names of the elements for titles of their own; heading blocks also get an ``anchor``.
    """
    notes = footnotes_of(stream)
    values, parts, current = context.flatten() | {"footnotes": notes}, [], level
    for block in stream or []:
        if block.block_type == "heading":
            chosen = int(block.value["level"])
            skips = chosen > max(level, current) + 1
            current = max(level + 1, min(chosen, current + 1))
            extra = {"heading": f"h{current}", "anchor": f"part-{block.id}", "skips_level": skips}
        else:
            lists_notes = bool(notes) and block.id == notes.listed
            extra = {"heading": f"h{current + 1}", "subheading": f"h{current + 2}", "lists_footnotes": lists_notes}
        parts.append(block.render(context={**values, **extra}))
    return mark_safe("".join(parts))  # noqa: S308 -- the blocks' own templates escaped it


@register.simple_tag(takes_context=True)
def rich_text(context, value):
    """Write rich text in which the marks of footnotes lead to them, and each abbreviation is marked once.

    An abbreviation that the page explains is marked at its first place.

    A block may also stand where there is no page, as in its preview in the chooser.
    """
    source = value.source if isinstance(value, RichText) else value
    html = expand_db_html(source or "")
    if notes := context.get("footnotes"):
        html = notes.list_with_links(html) if context.get("lists_footnotes") else notes.with_links(html)
    return mark_safe(abbreviations.mark(html, _pending(context.get("page"))))  # noqa: S308 -- rich text, cleaned on save


def _pending(page) -> dict[str, str]:
    if not page:
        return {}
    if "_pending_abbreviations" not in vars(page):
        page._pending_abbreviations = abbreviations.abbreviations_of(page)
    return page._pending_abbreviations


@register.simple_tag(takes_context=True)
def slot(context, name: str):
    """Write what plugins put in this place of the page."""
    templates = plugins.slot_templates(name)
    parts = [template.render(context.flatten(), context.get("request")) for template in templates]
    return mark_safe("".join(parts))  # noqa: S308 -- templates escape it


@register.simple_tag
def files_of_page(page):
    """Return the address and the words of each kind of file that a page can be taken away as."""
    return [
        (reverse("page_file", args=[page.pk, page.slug, suffix]), make.label)
        for _config, suffix, make in sorted(plugins.taken("exporters"), key=lambda offer: offer[1])
    ]


# --- lists, small words ---------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def page_query(context, page_number: int) -> str:
    """Write the query string of this list with another page number, the search words kept."""
    query = context["request"].GET.copy()
    query["page"] = page_number
    return query.urlencode()


@register.filter
def pager_numbers(entries):
    """Return the page numbers to show, with an ellipsis where some are left out."""
    return entries.paginator.get_elided_page_range(entries.number, on_each_side=1, on_ends=1)


@register.filter
def photo_alt(photo) -> str:
    """Return the alternative text of a picture, of a gallery or of a block."""
    return photo.alt_text if hasattr(photo, "alt_text") else photo.shown_alt


@register.filter
def phone_number(words: str) -> str:
    """Return a phone number as a ``tel:`` address takes it: digits and a leading plus."""
    return re.sub(r"(?!^\+)\D", "", words)


@register.filter
def block_items(value) -> list:
    """Return the list of a block under the key ``items``, which a template would take for dict.items()."""
    return value["items"]


@register.filter
def galleries_of_page(page) -> list:
    """Return the galleries that stand at the page itself, not at one of its tracks."""
    tracks = len(getattr(page, "tracks_with_people", ()))
    return [gallery for gallery in page.galleries_with_photos if not 1 <= (gallery.track_number or 0) <= tracks]


@register.filter
def page_contents(page) -> list[tuple[str, str, str]]:
    """Return (anchor, words, code of another language) of the parts of a page, for the list "On this page"."""
    headings = [(f"part-{block_id}", text, language) for block_id, text, language in page.headings()]
    is_workshop = hasattr(page, "tracks_with_people")
    parts = [
        ("about", _("About the workshop"), is_workshop and page.body),
        ("tracks", _("Subject areas"), is_workshop and page.tracks_with_people),
        ("photos", _("Photos"), galleries_of_page(page)),
        ("documents", _("Documents"), page.attachment_groups_to_show),
        ("contact", _("Contact"), page.contact_name or page.contact_email or page.contact_phone),
    ]
    own = [(anchor, words, "") for anchor, words, is_there in parts if is_there]
    return own if is_workshop else [*headings, *own]
