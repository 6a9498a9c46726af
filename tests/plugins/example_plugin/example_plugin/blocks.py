from wagtail import blocks

from . import models  # noqa: F401 -- proves that a plugin's blocks may import its models


class PollBlock(blocks.StructBlock):
    question = blocks.CharBlock()
    options = blocks.ListBlock(blocks.CharBlock())

    class Meta:
        icon = "help"
        template = "example_plugin/poll.html"
        preview_value = {"question": "Which day suits you?", "options": ["Monday", "Friday"]}
