"""Words of Wagtail's admin that its Polish or Ukrainian catalogue lacks; ours say them instead.

Nothing imports this file: ``make messages`` reads it. What Wagtail does not say in Ukrainian would be
Polish, the site's first language, in the middle of a Ukrainian page. An entry that Wagtail has
translated meanwhile can go.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

WORDS = (
    # Our nouns stand in the nominative there: “Dodaj: galeria”, not “Dodaj galeria”.
    _("Add %(label)s"),
    _("Choose %(object)s"),
    _("Choose another %(object)s"),
    _("Edit this %(object)s"),
    # The frame of the admin.
    _("Sidebar"),
    _("Toggle sidebar"),
    _("Toggle minimap"),
    _("Minimap"),
    _("Section"),
    _("Toggle section"),
    _("Toggle breadcrumbs"),
    _("Toggle status"),
    _("Toggle comments"),
    _("Toggle checks"),
    _("Toggle preview"),
    _("Side panels"),
    _("Toggle side panel"),
    _("Side panel width"),
    _("Close dialog"),
    _("Loading"),
    _("Actions (footer)"),
    _("Shortcuts"),
    _("Editor Guide"),
    _("What's new in Wagtail %(version)s"),
    _("Wagtail %(current_version)s editor guide"),
    _("Edit account avatar"),
    _(
        "JavaScript is required to use Wagtail, but it is currently disabled.<br /> Here are the <a "
        'href="https://www.enable-javascript.com/" target="_blank" rel="noreferrer">instructions how to '
        "enable JavaScript in your web browser</a>."
    ),
    # Keyboard.
    _("account"),
    _("Keyboard shortcut"),
    _("Keyboard shortcuts are currently enabled; manage your %(account_link)s to disable them."),
    _("Application"),
    _("Show keyboard shortcuts"),
    _("Close modal dialogs (like this one)"),
    _("Save changes"),
    _("Add or show comments"),
    _("Text editing"),
    _("Text formatting"),
    _("Cut"),
    _("Paste"),
    _("Paste without formatting"),
    _("Insert or edit a link"),
    _("Monospace (code)"),
    _("Strike-through"),
    _("Enable custom keyboard shortcuts specific to Wagtail."),
    # Lists and reports.
    _("Search terms"),
    _("Search…"),
    _("Search all pages…"),
    _("Show filters"),
    _("Filter by"),
    _("Select"),
    _("Any"),
    _("Anyone"),
    _("Minimum"),
    _("Maximum"),
    _("Usage count"),
    _("Usage count: (low to high)"),
    _("Usage count: (high to low)"),
    _("Layout"),
    _("Grid layout"),
    _("List layout"),
    _("Field"),
    _("Instances"),
    _("Page type"),
    _("Page types usage"),
    _("Aging pages"),
    _("App"),
    _("Date updated"),
    _("Edited by"),
    _("Last edit"),
    _("Last edited page"),
    _("Last login"),
    _("Last published"),
    _("Last published by"),
    _("Last published before"),
    _("Last published at"),
    _("Locked by"),
    _("Is commenting action"),
    _("By task"),
    _("Show disabled"),
    _("No pages/snippets have been submitted for moderation yet"),
    _("Sort by '%(label)s' in ascending order."),
    _("Sort by '%(label)s' in descending order."),
    _("at %(time)s"),
    _("at %(time)s by %(user_display_name)s"),
    _("%(time)s by %(user_display_name)s"),
    _("%(objects)s snippets selected"),
    _("All %(objects)s snippets on this screen selected"),
    _("All snippets in listing selected"),
    _("Delete selected snippets"),
    _(
        "The root level is where you can add new sites to your Wagtail installation. Pages created here will "
        "not be accessible at any URL until they are associated with a site."
    ),
    _("If you just want to add pages to an existing site, create them as children of the homepage instead."),
    # The state of a page and who may see it.
    _("Locale: "),
    _("Switch locales"),
    _("Available in %(translations_total)s locales"),
    _("No other translations"),
    _("Status: "),
    _("Locking: "),
    _("Page visibility: "),
    _("Change privacy"),
    _("Visible to all"),
    _("Visible to all. Visit the live page"),
    _("Private. Visit the live page"),
    _("Once live anyone can view"),
    _("Not visible to the public"),
    _("Choose who can view the live version of this page"),
    _("Private, accessible with a shared password"),
    _("Private, accessible to any logged-in users"),
    _("shared password"),
    _(
        "Shared passwords should not be used to protect sensitive content. Anyone who has this password will "
        "be able to view the content."
    ),
    _("To be created by %(user)s"),
    _("Schedule to publish"),
    _('This publishing schedule will only take effect after you select the "Schedule to publish" option'),
    # Editing.
    _("Saved"),
    _("Save your changes before leaving"),
    _("Autosave is paused"),
    _("Autosave is <span>paused</span>"),
    _("View latest version"),
    _("A network error occurred"),
    _(
        "Troubleshoot your connection to the site before proceeding. Open the editor in a separate tab to "
        "view the last saved version."
    ),
    _("New: %(model_name)s"),
    _("Choose another"),
    _("Group"),
    _('Multi-word tags with spaces will automatically be enclosed in double quotes (").'),
    _("Maximum filesize: %(max_upload_size)s."),
    _("A heading that identifies the overall topic of the table, and is useful for screen reader users."),
    # Preview.
    _("Preview in mobile size"),
    _("Preview in tablet size"),
    _("Preview in desktop size"),
    _("Preview in new tab"),
    _("Correct the validation errors to resume preview (saving will highlight errors)"),
    # Checks.
    _("Checks"),
    _("Issues found"),
    _("Show issue"),
    _("Content metrics"),
    _("Words"),
    _("Reading time"),
    _("Readability"),
    _("This data explained"),
    _("How we calculate our metrics"),
    _("We extract the main content from the page preview, remove all formatting, and calculate the number of words."),
    _("We calculate reading time from word count, using different reading speeds for different languages."),
    _(
        "We use a readability formula based on length of words and sentences. Long sentences and words "
        "result in a worse readability score."
    ),
    _(
        'See our <a href="%(guide_link)s" target="_blank">content checks guide</a> for more information on '
        "how content metrics are calculated."
    ),
    _("Button text is empty"),
    _("Input button text is empty"),
    _("Link text is empty"),
    _("Use meaningful text for screen reader users"),
    _("Use a meaningful title for screen reader users"),
    _("Use meaningful text"),
    _("Empty heading found"),
    _("Incorrect heading hierarchy"),
    _("Avoid skipping levels"),
    _("Table header text is empty"),
    _("Empty frame title found"),
    _("Misusing paragraphs as headings"),
    _("Use proper heading tags"),
    _("Image alt text has inappropriate pattern"),
    _("Meta description is empty"),
    _("Add a concise description for search engines"),
    # The account.
    _("Use server language: %(language_name)s"),
    _("Use server time zone"),
    _("System default"),
    _("More contrast"),
    _("contrast"),
    _("Snug"),
    # Numbers.
    ngettext_lazy(
        '%(total)s Page <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Pages <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    ngettext_lazy(
        '%(total)s Image <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Images <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    ngettext_lazy(
        '%(total)s Document <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Documents <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    ngettext_lazy(
        "Publish 1 page",
        "Publish %(counter)s pages",
    ),
)
