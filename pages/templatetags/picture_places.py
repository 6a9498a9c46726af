"""How wide pictures stand on the page, told to the browser before it has read the style sheets.

The numbers are those of ``css/layout.css`` (``.with-aside``) and ``css/components/gallery.css``;
``tests/journeys/test_budget.py`` compares them with what a browser makes of them.
"""

from django import template

register = template.Library()

#: Width of the text column on the widest screens; then what the aside takes, and the margins of a phone.
COLUMN_REM, ASIDE_REM, MARGIN_REM = 53, 23, 2.5
#: Columns of a gallery of so many photos where there is room; three otherwise.
COLUMNS = {2: 2, 4: 2, 5: 4}


@register.simple_tag
def in_column() -> str:
    """Write ``sizes`` of a picture as wide as the text column."""
    return _sizes(1, 1)


@register.simple_tag
def in_gallery(number_of_photos: int, position: int) -> str:
    """Write ``sizes`` of one of several photos; ``position`` counts from 1."""
    columns = COLUMNS.get(number_of_photos, 3)
    is_first_of_odd = position == 1 and number_of_photos % 2 == 1
    span = 2 if is_first_of_odd and number_of_photos == 5 else 1
    return _sizes(span / columns, 1 if is_first_of_odd else 1 / 2)


def _sizes(share: float, share_on_phone: float) -> str:
    return (
        f"(min-width: 82em) {COLUMN_REM * share:.3g}rem, "
        f"(min-width: 62em) calc({95 * share:.3g}vw - {ASIDE_REM * share:.3g}rem), "
        f"(min-width: 42em) calc({100 * share:.3g}vw - {MARGIN_REM * share:.3g}rem), "
        f"calc({100 * share_on_phone:.3g}vw - {MARGIN_REM * share_on_phone:.3g}rem)"
    )
