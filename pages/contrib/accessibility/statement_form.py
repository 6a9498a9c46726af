"""What the editor of a statement finds filled in, and what must be right before it is published."""

import re

from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Site

from pages.models import Header, SiteSettings
from pages.models.forms import BasePageForm, kept_rows

FEWEST_DIGITS = 9
RICH_TEXTS = ("facilities", "shortcuts", "architecture", "communication")
#: What the law asks of every statement, beside what the database asks for.
NEEDED = {
    "contact_name": lambda: _("Name a person or a unit that readers can ask."),
    "contact_email": lambda: _("Give an e-mail address: the law asks for one."),
    "contact_phone": lambda: _("Give a phone number: the law asks for one. For example: +48 22 123 45 67."),
    "architecture": lambda: _("Describe the building, or write that visitors are not received."),
    "communication": lambda: _("Say how people can reach you, and whether there is an interpreter of sign language."),
}


class StatementForm(BasePageForm):
    """Fill in what the site knows already; refuse a statement that contradicts itself."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding and self.parent_page:
            self.initial.update(_known_of(self.parent_page))

    def clean(self):
        cleaned_data = super().clean()
        for name in RICH_TEXTS:
            # An editor's empty field still holds an empty paragraph, and would get a heading of its own.
            if name in cleaned_data and not strip_tags(cleaned_data[name]).strip():
                cleaned_data[name] = ""
        # A draft may wait for its facts: it must be possible to save at any moment.
        if not self.is_deferred_validation:
            self._ask_for_what_is_missing(cleaned_data)
            self._compare_status_with_items(cleaned_data)
            self._compare_dates(cleaned_data)
        return cleaned_data

    def _ask_for_what_is_missing(self, facts):
        for name, message in NEEDED.items():
            if name in self.fields and name not in self.errors and not facts.get(name):
                self.add_error(name, message())
        if facts.get("contact_phone") and len(re.sub(r"\D", "", facts["contact_phone"])) < FEWEST_DIGITS:
            self.add_error("contact_phone", _("This number is too short. Write all of it: +48 22 123 45 67."))
        if facts.get("method") == "external" and not facts.get("assessor"):
            self.add_error("assessor", _("Name who assessed the site, or choose self-assessment."))

    def _compare_status_with_items(self, facts):
        items = kept_rows(self.formsets["inaccessible"]) if "inaccessible" in self.formsets else []
        is_full = facts.get("status") == "full"
        if is_full and items:
            self.add_error(
                "status",
                _(
                    "A site that is fully compliant has nothing that is not accessible. Choose “partly”, or delete the items."
                ),
            )
        if not is_full and not items:
            self.add_error(
                "status",
                _("Add at least one item below that says what is not accessible, or choose “fully compliant”."),
            )
        costs = any(item.cleaned_data.get("reason") == "cost" for item in items)
        if costs and not facts.get("cost_assessment_url"):
            self.add_error(
                "cost_assessment_url",
                _("One item names costs as its reason. Give the address of the assessment that shows it."),
            )

    def _compare_dates(self, facts):
        self._refuse_earlier(
            facts,
            "reviewed_on",
            "prepared_on",
            _("The review cannot be earlier than the preparation. Check both dates."),
        )
        self._refuse_earlier(
            facts,
            "site_updated_on",
            "site_published_on",
            _("The site cannot have changed before it was published. Check both dates."),
        )
        for name in ("site_published_on", "site_updated_on", "prepared_on", "reviewed_on"):
            if facts.get(name) and facts[name] > timezone.localdate():
                self.add_error(name, _("This day is still to come. Give the day on which it happened."))

    def _refuse_earlier(self, facts, later, earlier, message):
        if facts.get(later) and facts.get(earlier) and facts[later] < facts[earlier]:
            self.add_error(later, message)


def _known_of(home) -> dict:
    """Return what a new statement below this home page can take from the site."""
    language = home.locale.language_code
    header = Header.objects.filter(locale=home.locale).first() or Header()
    with translation.override(language):
        title = _("Accessibility statement")
    known = {
        "title": title,
        "slug": slugify(title) or "accessibility",
        "entity": header.owner_name or header.site_name,
        "contact_email": _accessibility_email(),
    }
    if home.first_published_at:
        day = timezone.localdate(home.first_published_at)
        known |= {"site_published_on": day, "site_updated_on": day}
    return known


def _accessibility_email() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    return SiteSettings.for_site(site).accessibility_email if site else ""
