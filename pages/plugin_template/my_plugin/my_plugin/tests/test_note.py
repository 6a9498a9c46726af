"""The block is offered, shown, translated, and kept when this plugin is away."""

from django.test import SimpleTestCase
from django.utils import translation

from pages.body import BodyBlock

STORED = [{"type": "my_plugin_note", "value": {"title": "1 < 2", "text": "<p>Welcome.</p>"}, "id": "a1"}]


class NoteBlockTests(SimpleTestCase):
    def test_editors_are_offered_the_block(self):
        self.assertIn("my_plugin_note", BodyBlock().child_blocks)

    def test_readers_see_its_words(self):
        shown = str(BodyBlock().to_python(STORED))

        self.assertIn("1 &lt; 2", shown)
        self.assertIn("<p>Welcome.</p>", shown)

    def test_editors_read_its_name_in_their_language(self):
        with translation.override("pl"):
            self.assertEqual(str(BodyBlock().child_blocks["my_plugin_note"].label), "Notatka")

    def test_without_the_plugin_its_content_is_kept_and_not_shown(self):
        body = BodyBlock()
        del body.child_blocks["my_plugin_note"]
        value = body.to_python(STORED)

        self.assertNotIn("Welcome", str(value))
        self.assertEqual(body.get_prep_value(value), STORED)
