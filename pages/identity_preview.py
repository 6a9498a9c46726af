"""What an institution's colours look like, beside the fields that choose them."""

from wagtail.admin.panels import Panel

from . import contrast

SHOWN = (
    ("color-on-brand", "color-brand"),
    ("color-brand", "color-page"),
    ("color-ink", "color-brand-soft"),
    ("color-accent", "color-accent-soft"),
    ("color-plate-ink", "color-plate"),
)


def swatches(hue: int, accent: int) -> list[dict]:
    """Return for both schemes what stands on what, as CSS colours, with the contrast it reaches."""
    palettes = [(scheme, contrast.palette(scheme, hue, accent)) for scheme in contrast.SCHEMES]
    return [
        {"scheme": scheme, "pairs": [_pair(colours[front], colours[ground]) for front, ground in SHOWN]}
        for scheme, colours in palettes
    ]


def _pair(front, ground) -> dict:
    return {"front": _hex(front), "ground": _hex(ground), "ratio": contrast.contrast(front, ground)}


def _hex(colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


class IdentityPreview(Panel):
    """The colours as saved, in both themes, each with its contrast."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/admin/identity_preview.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return context | {"schemes": swatches(self.instance.hue or 0, self.instance.hue_accent or 0)}
