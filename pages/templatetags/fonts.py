"""Which files of letters a page surely needs: fetched at once, they are there before the first line is painted."""

from itertools import zip_longest

from django import template
from django.templatetags.static import static

register = template.Library()

#: What each alphabet adds to the basic Latin letters and digits; ``css/fonts.css`` fetches the rest where it occurs.
LATIN = ("source-sans-3-latin", "brygada-1918-latin")
FURTHER = {
    "pl": ("tekst-sans-latin-ce", "brygada-1918-latin-ce"),
    "uk": ("source-sans-3-cyrillic", "brygada-1918-cyrillic"),
    "ar": ("noto-naskh-arabic",),
}


@register.simple_tag
def fonts_for(language: str) -> list[str]:
    """Return the addresses of the fonts of a language.

    The files of one typeface follow one another: what is late is not used on this page, and a word whose "ś" alone
    is late would be set in two typefaces.
    """
    pairs = zip_longest(LATIN, FURTHER.get(language.split("-")[0], ()))
    return [static(f"fonts/{name}.woff2") for pair in pairs for name in pair if name]
