"""Blocks that editors put into the body of a page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class NoteBlock(blocks.StructBlock):
    """A title and a text, set apart from the rest."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "italic", "link"])

    class Meta:
        label = _("Note")
        icon = "info-circle"
        description = _("A title and a text, set apart from the rest.")
        template = "my_plugin/note.html"
        preview_value = {"title": "Opening hours", "text": "<p>On Monday we are open until 18:00.</p>"}
