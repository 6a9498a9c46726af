"""What Wagtail's content checker asks of our pages: what an editor can mend, and how.

Each rule has a selector and a check. The checks are functions in
``static/pages/content-checks.js``; they see the page as readers get it.
"""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import AccessibilityItem, ContentCheckerItem

#: Where sentences of editors stand. Lists of other pages, facts and buttons are the templates'.
TEXT = ".lead, .prose p, .prose li, .track p, .track li, .notice p, .accordion__text p"
WORDS = f"{TEXT}, h1, h2, h3, h4, h5, h6, figcaption, caption, th, td, dd, summary, blockquote"
HEADINGS = ".prose h2, .prose h3, .prose h4, .prose h5, .prose h6, .track__title"

ALT_CHARACTERS = 250
HEADING_CHARACTERS = 120
SENTENCE_WORDS = 30

#: Words of a link that lead nowhere when read out alone, in lower case and without punctuation.
VAGUE = {
    "pl": ["tu", "tutaj", "kliknij", "kliknij tutaj", "kliknij tu", "więcej", "czytaj więcej", "czytaj dalej",
           "zobacz", "zobacz więcej", "więcej informacji", "szczegóły", "link", "pobierz", "plik", "strona"],
    "en": ["here", "click", "click here", "more", "read more", "see more", "learn more", "more information",
           "details", "link", "this link", "download", "file", "page", "this page"],
    "uk": ["тут", "сюди", "натисніть", "натисніть тут", "більше", "докладніше", "детальніше", "читати далі",
           "читати більше", "посилання", "завантажити", "файл", "сторінка"],
    "ar": ["هنا", "اضغط هنا", "انقر هنا", "المزيد", "اقرأ المزيد", "رابط", "تحميل"],
}  # fmt: skip

#: What a camera, a scanner or a phone calls a picture. Wagtail's check knows endings and underscores.
FILE_NAMES = (
    r"\.(avif|gif|heic|jpe?g|png|svg|tiff?|webp)$|_|"
    r"^(img|dsc[nf]?|pict?|p|photo|zdj[eę]cie|фото|scan|skan|screenshot|zrzut ekranu|image|obraz|untitled|bez ?tytułu)"
    r"[\s().-]*\d*[\s().-]*$"
)

CHECKS = [
    {"id": "check-image-alt-text", "options": {"pattern": FILE_NAMES}},
    {"id": "is-never-right"},
    {"id": "has-lead"},
    {"id": "alt-says-other-than-caption"},
    {"id": "alt-is-short", "options": {"characters": ALT_CHARACTERS}},
    {"id": "link-says-where", "options": {"vague": [words for language in VAGUE.values() for words in language]}},
    {"id": "file-link-says-what"},
    {"id": "heading-is-short", "options": {"characters": HEADING_CHARACTERS}},
    {"id": "table-has-caption"},
    {"id": "foreign-passage-says-so"},
    {"id": "range-has-dash"},
    {"id": "sentences-are-short", "options": {"words": SENTENCE_WORDS}},
    {"id": "no-shouting"},
]

#: Name of a rule: (selector, check, what is wrong, how to mend it).
OURS = {
    "lead-missing": (
        "h1",
        "has-lead",
        _("The lead is missing"),
        _("Write one or two sentences into the field “Lead”. Lists and search engines show them too."),
    ),
    "alt-repeats-caption": (
        "img[alt]",
        "alt-says-other-than-caption",
        _("The alternative text repeats the caption"),
        _(
            "A screen reader says both. Write into the alternative text what is seen in the picture, and leave the "
            "caption for what readers cannot see: who, where, when."
        ),
    ),
    "alt-too-long": (
        "img[alt]",
        "alt-is-short",
        _("The alternative text is very long"),
        _("Say the essential in one or two sentences and tell the rest in the text beside the picture."),
    ),
    "link-vague": (
        "a[href]",
        "link-says-where",
        _("The link does not say where it leads"),
        _("Read out alone, “here”, “more” or an address says nothing. Write instead: Rules of the competition 2026."),
    ),
    "file-without-facts": (
        # A file made when it is asked for has no size to be told.
        "a[href]:not(.page-tools a)",
        "file-link-says-what",
        _("The link to a file has no format and size"),
        _(
            "Better put the file into a group on the tab “Attachments”: format and size are added there. In a text "
            "write them into the words of the link: Rules (PDF, 240 KB)."
        ),
    ),
    "group-empty": (
        "[data-empty-group]",
        "is-never-right",
        _("A group of documents or a gallery is empty"),
        _("Add files, tick “files are expected”, or delete the group. Readers do not see it as it is."),
    ),
    "heading-skips": (
        "[data-skips-level]",
        "is-never-right",
        _("The heading skips a level"),
        _("Choose in the heading block the level one below that of the heading before it: after 2 comes 3."),
    ),
    "heading-too-long": (
        HEADINGS,
        "heading-is-short",
        _("The heading is as long as a paragraph"),
        _("Name the part in a few words and put the rest into a text below. Readers skim headings."),
    ),
    "language-unsaid": (
        WORDS,
        "foreign-passage-says-so",
        _("Words in another alphabet do not say their language"),
        _(
            "A screen reader spells them out or leaves them out. Select them in the text and press the globe, “Language of "
            "the words” (Ctrl + Alt + J). What somebody said is better a “Quote”, which has a language of its own."
        ),
    ),
    "table-without-caption": (
        "table",
        "table-has-caption",
        _("The table has no caption"),
        _("Say in the table's caption in one line what it is about: Cities by number of projects."),
    ),
    "range-with-hyphen": (
        WORDS,
        "range-has-dash",
        _("A hyphen stands in a range of dates"),
        _("Write a dash without spaces between numbers: 18–20 July, 2021–2027. (Windows: Alt+0150, Mac: Option+-.)"),
    ),
    "sentence-too-long": (
        TEXT,
        "sentences-are-short",
        _("A sentence is very long"),
        _("It has more than 30 words. Make two or three of it, or a list."),
    ),
    "capitals": (
        WORDS,
        "no-shouting",
        _("Words in capital letters"),
        _("They are hard to read, and some screen readers spell them. Write small letters, and stress with bold type."),
    ),
}

#: Wagtail's own advice in sentences that say what to do.
REWORDED = {
    "alt-text-quality": {
        "error_name": _("The alternative text looks like a file's name"),
        "help_text": _("Say what is seen, as if over the phone: Participants listen to a talk in the plenary hall."),
    },
    "empty-heading": {
        "error_name": _("The heading is empty"),
        "help_text": _("Write its words or delete the block."),
    },
    "empty-table-header": {
        "error_name": _("A heading in the table is empty"),
        "help_text": _("Name each column and each row: a screen reader says the name with every cell."),
    },
    "link-name": {
        "error_name": _("The link has no words"),
        "help_text": _("Write where it leads, or delete it."),
    },
    "p-as-heading": {
        "error_name": _("A bold paragraph stands for a heading"),
        "help_text": _("Use a heading block instead: readers find and skip parts of the page by their headings."),
    },
}

#: Where Wagtail's rule looks: bold paragraphs of templates are none of the editor's.
BOLD_PARAGRAPHS = {"id": "p-as-heading", "selector": ".prose > p, .track p", "enabled": True}

#: What only who writes templates can mend; shown while the site is developed.
OF_TEMPLATES = [
    "button-name",
    "color-contrast",
    "frame-title",
    "heading-order",
    "image-alt",
    "input-button-name",
    "label",
    "landmark-one-main",
    "region",
]


def _rule(name, selector, check):
    # "enabled" always: axe takes a rule without it for enabled, whatever ``axe_run_only`` says.
    return {
        "id": name,
        "impact": "moderate",
        "tags": ["content"],
        "selector": selector,
        "any": [check],
        "enabled": True,
    }


class OurContentChecks:
    """Mixed into whatever checker is there, so that another app's rules stay."""

    @property
    def axe_include(self):
        return ["body"] if settings.DEBUG else ["main"]

    @property
    def axe_run_only(self):
        theirs = [
            name for name in super().axe_run_only if name not in OF_TEMPLATES and name != "empty-meta-description"
        ]
        return [*theirs, *OURS, *(OF_TEMPLATES if settings.DEBUG else [])]

    @property
    def axe_custom_rules(self):
        return [*super().axe_custom_rules, BOLD_PARAGRAPHS, *(_rule(name, *rule[:2]) for name, rule in OURS.items())]

    @property
    def axe_custom_checks(self):
        ours = {check["id"]: check for check in CHECKS}
        return [*(check for check in super().axe_custom_checks if check["id"] not in ours), *CHECKS]

    @property
    def axe_messages(self):
        ours = {name: {"error_name": error, "help_text": remedy} for name, (_s, _c, error, remedy) in OURS.items()}
        return super().axe_messages | REWORDED | ours

    class Media:
        js = ["pages/content-checks.js"]


def with_our_checks(item):
    """Return a checker that also knows our rules; other items of the userbar are returned as they are."""
    if not isinstance(item, ContentCheckerItem):
        return item
    # Wagtail still hands out the old name of its item, and warns of classes derived from it.
    base = ContentCheckerItem if type(item) is AccessibilityItem else type(item)
    return type("ContentChecks", (OurContentChecks, base), {})(in_editor=item.in_editor)
