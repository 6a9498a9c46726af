"""The blocks of a page's body that are made of words: meaning goes in, the look stays in the templates."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail_localize.segments import StringSegmentValue

from . import formats, spoken_languages
from .joined_cells import MOST_FURTHER_HEADING_ROWS, Joined
from .language_of_parts import LanguageOfPartsBlock
from .shown_tables import ShownTable, shown_table

#: What an editor may do inside a text. No headings (they are a block, so that the outline is
#: one) and no pictures (Localize does not offer their alternative texts to translators).
TEXT_FEATURES = [
    *("bold", "italic", "superscript", "subscript", "ol", "ul", "link", "document-link"),
    *("language", "list-number"),
]


class HeadingBlock(LanguageOfPartsBlock):
    text = blocks.CharBlock(
        label=_("Heading"),
        max_length=200,
        help_text=_("What the part says, in a few words. For example: What the cities agreed on."),
    )
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("2: a part of the page")), ("3", _("3: a part of a part")), ("4", _("4: a detail"))],
        default="2",
        help_text=_("Go down one level at a time; the page's title is level 1."),
    )
    language = blocks.ChoiceBlock(
        label=_("Language of the heading"),
        choices=spoken_languages.choices_beside_the_page,
        required=False,
        default="",
        help_text=_("If the words are in another language, so that a screen reader says them right."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{text}"
        description = _("The title of a part of the page; readers can jump to it.")
        template = "pages/blocks/heading.html"
        preview_value = {"text": _("What the cities agreed on"), "level": "2", "language": ""}


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**{"features": TEXT_FEATURES, **kwargs})

    def get_api_representation(self, value, context=None):
        return str(value) if value else ""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs and lists with bold, italic and links.")
        template = "pages/blocks/text.html"
        preview_value = format_lazy(
            "<p>{} <b>{}</b></p><ul><li>{}</li><li>{}</li></ul>",
            _("Ten cities met to talk about water in the inner city."),
            _("Two things came of it:"),
            _("a map of places that overheat in summer"),
            _("a list of courtyards where rain could soak in again"),
        )


class QuoteBlock(LanguageOfPartsBlock):
    translated = ("text", "author")

    text = blocks.TextBlock(
        label=pgettext_lazy("of a quote", "Words"),
        rows=3,
        help_text=_("Without quotation marks: the page adds them."),
    )
    author = blocks.CharBlock(label=_("Who said it"), required=False, help_text=_("For example: Anna Nowak, mayor."))
    language = blocks.ChoiceBlock(
        label=_("Language of the quote"),
        choices=spoken_languages.choices_beside_the_page,
        required=False,
        search_index=False,
        help_text=_("If the words are in another language, so that a screen reader says them right."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        label_format = "{text}"
        description = _("Someone's own words, set apart from the text.")
        template = "pages/blocks/quote.html"
        preview_value = {
            "text": _("We started with the courtyards, because everybody has one and nobody looks after it."),
            "author": _("A participant"),
            "language": "",
        }


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("info", _("Information")), ("success", _("Good news")), ("warning", _("Warning"))],
        default="info",
        search_index=False,
        help_text=_("Chooses the sign and the colour. A warning is for what could cost readers time or money."),
    )
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=120, help_text=_("For example: Registration closes soon.")
    )
    text = TextBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        label_format = "{title}"
        description = _("A short notice that readers must not miss.")
        template = "pages/blocks/callout.html"
        preview_value = {
            "kind": "info",
            "title": _("Registration closes soon"),
            "text": format_lazy("<p>{}</p>", _("Write to us by 12 May; we keep a list of those who wait.")),
        }


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("Title"), max_length=200, help_text=_("A question as readers ask it. For example: Who may take part?")
    )
    text = TextBlock(label=_("Text"))

    class Meta:
        icon = "collapse-down"
        label = _("Part")
        label_format = "{title}"


class AccordionBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        max_length=200,
        help_text=_("Heads all parts. For example: Questions and answers."),
    )
    items = blocks.ListBlock(AccordionItemBlock(), label=_("Parts"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        label_format = "{title}"
        description = _("Questions with answers that open one by one.")
        template = "pages/blocks/accordion.html"
        preview_value = {
            "title": _("Questions and answers"),
            "items": [
                {"title": question, "text": format_lazy("<p>{}</p>", answer)}
                for question, answer in (
                    (_("Who may take part?"), _("People from the cities of the programme, residents and students.")),
                    (_("What does it cost?"), _("Nothing. We pay for the journey afterwards.")),
                    (_("Will there be an interpreter of sign language?"), _("Yes, if you tell us two weeks before.")),
                )
            ],
        }


class AbbreviationBlock(blocks.StructBlock):
    abbreviation = blocks.CharBlock(label=_("Abbreviation"), max_length=30, help_text=_("For example: BGK"))
    expansion = blocks.CharBlock(
        label=_("In full"), max_length=200, help_text=_("For example: Bank Gospodarstwa Krajowego.")
    )

    class Meta:
        icon = "help"
        label = _("Abbreviation")
        label_format = "{abbreviation}"


class AbbreviationsBlock(blocks.StructBlock):
    """Abbreviations that the page explains (WCAG 2.2, 3.1.4)."""

    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=120, help_text=_("Heads the list. For example: Abbreviations.")
    )
    items = blocks.ListBlock(AbbreviationBlock(), label=_("Abbreviations"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Abbreviations")
        description = _("A list of abbreviations; each is also explained where it first stands on the page.")
        template = "pages/blocks/abbreviations.html"
        preview_value = {
            "title": _("Abbreviations"),
            "items": [
                {"abbreviation": _("PIB"), "expansion": _("Public Information Bulletin")},
                {"abbreviation": _("ERDF"), "expansion": _("European Regional Development Fund")},
                {"abbreviation": "WCAG", "expansion": "Web Content Accessibility Guidelines"},
            ],
        }


class ContactBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name or unit"), max_length=200, help_text=_("For example: Programme office."))
    role = blocks.CharBlock(
        label=_("Role"), required=False, max_length=200, help_text=_("What to ask about. For example: applications.")
    )
    email = blocks.EmailBlock(
        label=_("E-mail"),
        required=False,
        help_text=_("Best a box that several people read. For example: office@example.org"),
    )
    phone = blocks.CharBlock(
        label=_("Phone"), required=False, max_length=40, help_text=_("With the country code: +48 22 123 45 67.")
    )
    address = blocks.TextBlock(
        label=_("Address"), required=False, rows=3, help_text=_("Street, postal code and city, as on a letter.")
    )

    def clean(self, value):
        cleaned = super().clean(value)
        if not (cleaned["email"] or cleaned["phone"] or cleaned["address"]):
            raise blocks.StructBlockValidationError(
                {"email": ValidationError(_("Give at least one way to get in touch: e-mail, phone or address."))}
            )
        return cleaned

    class Meta:
        icon = "mail"
        label = _("Contact")
        label_format = "{name}"
        description = _("Whom to ask: a person or a unit, with e-mail and phone.")
        template = "pages/blocks/contact.html"
        preview_value = {
            "name": _("Programme office"),
            "role": _("answers questions about the call for projects"),
            "email": "office@example.org",
            "phone": "+48 22 123 45 67",
            "address": "ul. Przykładowa 1\n00-001 Warszawa",
        }


class EmbedValue(blocks.StructValue):
    """A recording at a third party, told without asking that party anything."""

    @cached_property
    def _player(self) -> tuple[str, str]:
        return player_of(self.get("url") or "")

    @property
    def provider(self) -> str:
        return self._player[0]

    @property
    def player_url(self) -> str:
        """The address of the player, or an empty string where only a link can be offered."""
        return self._player[1]


def player_of(url: str) -> tuple[str, str]:
    """Return the provider's name and the address of its player that sets the fewest cookies.

    Known: YouTube and Vimeo. For others the name is the host and the address is empty.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if host in {"youtube.com", "m.youtube.com", "youtube-nocookie.com", "youtu.be"}:
        if host == "youtu.be":
            video = parts.path.strip("/")
        else:
            video = parse_qs(parts.query).get("v", [parts.path.rpartition("/")[2]])[0]
        if re.fullmatch(r"[\w-]{6,20}", video):
            return "YouTube", f"https://www.youtube-nocookie.com/embed/{video}"
    if host in {"vimeo.com", "player.vimeo.com"} and (found := re.search(r"\d{5,}", parts.path)):
        return "Vimeo", f"https://player.vimeo.com/video/{found[0]}?dnt=1"
    return host, ""


class EmbedBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200, help_text=_("What the recording shows."))
    url = blocks.URLBlock(label=_("Address"), help_text=_("The page of a recording on YouTube or Vimeo."))
    transcript = TextBlock(
        label=_("Transcript or summary"),
        required=False,
        help_text=_("What is said and shown, for those who cannot hear or see it."),
    )

    def get_api_representation(self, value, context=None):
        data = super().get_api_representation(value, context)
        return {**data, "provider": value.provider, "player_url": value.player_url}

    class Meta:
        icon = "media"
        label = _("Recording")
        label_format = "{title}"
        description = _("A film from YouTube or Vimeo; nothing is loaded from there before the reader's click.")
        template = "pages/blocks/embed.html"
        value_class = EmbedValue
        preview_value = {
            "title": _("Recording of the debate"),
            "url": "https://vimeo.com/123456789",
            "transcript": format_lazy("<p>{}</p>", _("Three mayors tell what they would do otherwise today.")),
        }


class LinkValue(blocks.StructValue):
    """A link to a page of the site or to another address."""

    @property
    def href(self) -> str:
        page = self.get("page")
        return (page.localized.url or "") if page else self.get("url") or ""

    @property
    def label(self) -> str:
        page = self.get("page")
        return self.get("text") or (page.localized.title if page else self.get("url") or "")


class LinkBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(
        label=_("Page"),
        required=False,
        help_text=_("The best choice for a page of this site: the link follows when the page moves."),
    )
    url = blocks.URLBlock(
        label=_("or address"),
        required=False,
        help_text=_("Only for another site, with https. For example: https://www.example.org"),
    )
    text = blocks.CharBlock(
        label=_("Words of the link"),
        required=False,
        max_length=200,
        help_text=_("Say where it leads, for example: Rules of the competition 2026. Empty: the page's title."),
    )

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            raise blocks.StructBlockValidationError(
                {"page": ValidationError(_("Choose a page or give an address, one of the two."))}
            )
        if cleaned["url"] and not cleaned["text"]:
            raise blocks.StructBlockValidationError(
                {"text": ValidationError(_("Write the words of the link: an address says little to a reader."))}
            )
        return cleaned

    def get_api_representation(self, value, context=None):
        page = value.get("page")
        return {"href": value.href, "text": value.label, "page_id": page.pk if page else None}

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue


class LinksBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=200, help_text=_("Heads the list. For example: See also.")
    )
    items = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1)

    class Meta:
        icon = "link"
        label = _("List of links")
        label_format = "{title}"
        description = _("Links to pages of the site and to other addresses.")
        template = "pages/blocks/links.html"
        preview_value = {
            "title": _("See also"),
            "items": [
                {"page": None, "url": "https://example.org/rules", "text": _("Rules of the competition 2026")},
                {"page": None, "url": "https://example.org/courtyards", "text": _("Map of the courtyards")},
            ],
        }


def cell_path(text: str) -> str:
    """Return the key of a cell's text, so that a translation stays when rows or columns move."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class TranslatableTableBlock(TypedTableBlock):
    """A typed table whose caption, column headings and text cells go to the translators.

    Localize extracts nothing from tables of its own (wagtail-localize issue 302). Equal texts are
    one segment: who translates "yes" once has translated it in the whole table.
    """

    text = blocks.CharBlock(label=_("Text"), required=False)
    number = blocks.DecimalBlock(label=_("Number"), required=False)

    def _texts(self, table) -> list[str]:
        texts = [table.caption, *(column["heading"] for column in table.columns)]
        for row in table.row_data:
            for column, value in zip(table.columns, row["values"], strict=True):
                if column["block"].name == "text":
                    texts.append(value)
        return [text for text in dict.fromkeys(texts) if text]

    def get_translatable_segments(self, value):
        return [StringSegmentValue(cell_path(text), text) for text in self._texts(value)]

    def restore_translated_segments(self, value, segments):
        translated = {segment.path: segment.render_text() for segment in segments}

        def of(text):
            return translated.get(cell_path(text), text) if text else text

        value.caption = of(value.caption)
        for column in value.columns:
            column["heading"] = of(column["heading"])
        for row in value.row_data:
            row["values"] = [
                of(cell) if column["block"].name == "text" else cell
                for column, cell in zip(value.columns, row["values"], strict=True)
            ]
        return value

    def clean(self, value):
        table = super().clean(value)
        if table.columns and not table.caption:
            raise ValidationError(
                _("Give the table a caption: it tells a screen reader's user what the table is about.")
            )
        return table


def words_of_cell(value: Any, *, is_heading: bool = False) -> str:
    """Return what a cell says: a number as the language writes it, but not one that is a heading, as a year is."""
    if isinstance(value, (int, float, Decimal)) and not is_heading:
        return formats.number(value)
    return "" if value is None else str(value)


class TableValue(blocks.StructValue):
    """A table of which readers may see several cells as one."""

    @property
    def heading_rows(self) -> int:
        """How many of the rows below the headings of the columns are headings, too."""
        return min(self.get("further_heading_rows") or 0, len(self["table"].row_data))

    def rows_of_words(self) -> list[list[str]]:
        """Return what the cells say, row by row; the first row are the headings of the columns."""
        table, further = self["table"], self.heading_rows
        return [
            [column["heading"] or "" for column in table.columns],
            *(
                [words_of_cell(cell, is_heading=place < further) for cell in row["values"]]
                for place, row in enumerate(table.row_data)
            ),
        ]

    @property
    def shown(self) -> ShownTable:
        """The table with the cells that readers see."""
        return self.shown_with(self.rows_of_words())

    def shown_with(self, rows: list[list[str]]) -> ShownTable:
        """Return the table as readers would see it with these rows of words."""
        numbers = {n for n, column in enumerate(self["table"].columns) if column["block"].name == "number"}
        return shown_table(
            self["table"].caption or "",
            rows,
            1 + self.heading_rows,
            Joined(self.get("joined_cells") or Joined.NO),
            has_row_headings=bool(self.get("has_row_headings")),
            number_columns=numbers,
        )


class TableBlock(blocks.StructBlock):
    table = TranslatableTableBlock(label=_("Table"))
    has_row_headings = blocks.BooleanBlock(
        label=_("The first column names the rows"),
        required=False,
        default=True,
        help_text=_("Screen readers then say the row's name with each cell."),
    )
    further_heading_rows = blocks.IntegerBlock(
        label=_("Rows of headings below the first"),
        default=0,
        min_value=0,
        max_value=MOST_FURTHER_HEADING_ROWS,
        help_text=_(
            "How many of the table's first rows go on with the headings of the columns. For example 1, if “2026” stands "
            "above “Plan” and “Done”. Mostly 0."
        ),
    )
    joined_cells = blocks.ChoiceBlock(
        label=_("Show neighbouring cells with the same words as one"),
        choices=[
            (Joined.NO.value, _("No: each cell stands by itself")),
            (Joined.HEADINGS.value, _("In the headings of the columns")),
            (Joined.FIRST_COLUMN.value, _("In the headings, and one below the other in the first column")),
            (Joined.DOWN.value, _("In the headings, and one below the other in every column")),
            (Joined.ACROSS.value, _("In the headings, and side by side in every row")),
            (Joined.BOTH.value, _("In the headings, and in both directions")),
        ],
        default=Joined.NO.value,
        search_index=False,
        help_text=_(
            "For merged cells: write the words into each of the cells, and readers see them once. So each row stays "
            "whole on a phone and in a translation."
        ),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Data in rows and columns, with a caption and headings; not for layout.")
        template = "pages/blocks/table.html"
        value_class = TableValue
        preview_value = {
            "has_row_headings": True,
            "further_heading_rows": 0,
            "joined_cells": Joined.NO.value,
            "table": {
                "caption": _("Cities by support"),
                "columns": [{"type": "text", "heading": _("City")}, {"type": "number", "heading": _("Projects")}],
                "rows": [{"values": ["Łódź", "12"]}, {"values": ["Wałbrzych", "7"]}, {"values": ["Bytom", "5"]}],
            },
        }
