from wagtail import blocks

from pages.interchange.outline import Heading, Paragraph, Text

from . import models  # noqa: F401 -- proves that a plugin's blocks may import its models


class PollBlock(blocks.StructBlock):
    question = blocks.CharBlock()
    options = blocks.ListBlock(blocks.CharBlock())

    def get_outline(self, value, telling, level):
        """What a file of the page says: the question as a heading, each option as a paragraph."""
        options = [Paragraph([Text(option)]) for option in value["options"]]
        return [Heading(level, [Text(value["question"])]), *options]

    class Meta:
        icon = "help"
        template = "example_plugin/poll.html"
        preview_value = {"question": "Which day suits you?", "options": ["Monday", "Friday"]}
