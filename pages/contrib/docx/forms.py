"""What the editor is asked: which file, what kind of page, and how to read what can be read in two ways."""

from __future__ import annotations

from pathlib import PurePath

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from pages.interchange.bodies import LEAD_LENGTH, TITLE_LENGTH, Choices
from pages.interchange.drafts import needs_a_day
from pages.interchange.package import MAX_FILE_BYTES, Reason, Refused
from pages.interchange.refusals import refusal

from .told import Told

#: One format; the macros of the last two are never read.
SUFFIXES = (".docx", ".dotx", ".docm", ".dotm")


class WordFileForm(forms.Form):
    """Takes one .docx."""

    file = forms.FileField(
        label=gettext_lazy("Word file"),
        help_text=gettext_lazy(
            "A document saved as .docx, or a template of Word. You see what will become of it before a page is made."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        max_length=255,
        allow_empty_file=True,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(refusal(Refused(Reason.TOO_LARGE)))
        if PurePath(file.name).suffix.lower() not in SUFFIXES:
            raise forms.ValidationError(_("Choose a file whose name ends in .docx, .dotx, .docm or .dotm."))
        return file


class UploadForm(WordFileForm):
    page_type = forms.ChoiceField(label=gettext_lazy("Kind of page"), widget=forms.RadioSelect)

    def __init__(self, page_types, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = type_choices(page_types)
        self.fields["page_type"].choices = choices
        self.fields["page_type"].initial = choices[0][0]
        if len(choices) == 1:
            self.fields["page_type"].widget = forms.HiddenInput()


class ReturnForm(WordFileForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "The file that was made with “Download as a Word file”, as your colleague has sent it back. You see what it "
            "changes before anything is changed."
        )


class ChoicesForm(forms.Form):
    """What was read in a file, for the editor to put right before the page is made."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=TITLE_LENGTH)
    lead = forms.CharField(
        label=gettext_lazy("Lead"),
        max_length=LEAD_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("From the subtitle of the document; it can be written later."),
    )
    starts_on = forms.DateField(
        label=gettext_lazy("First day"),
        widget=AdminDateInput,
        help_text=gettext_lazy("The day the workshop takes place. If it is not known yet, give a likely one."),
    )
    changes = forms.ChoiceField(
        label=gettext_lazy("Tracked changes"),
        choices=[
            ("accepted", gettext_lazy("Take the text as if all changes were accepted")),
            ("rejected", gettext_lazy("Take the text as it was before the changes")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    first_row_heads = forms.BooleanField(
        label=gettext_lazy("The first row of a table names its columns"),
        required=False,
        help_text=gettext_lazy("Some tables only look as if; their headings are not marked in Word."),
    )
    headings = forms.MultipleChoiceField(
        label=gettext_lazy("Make headings of these bold lines"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, told: Told, page_type, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not needs_a_day(page_type):
            del self.fields["starts_on"]
        if not told.has_changes:
            del self.fields["changes"]
        if not told.has_unmarked_headers:
            del self.fields["first_row_heads"]
        self.fields["headings"].choices = [(str(n), words) for n, words in enumerate(told.suggestions)]
        if not told.suggestions:
            del self.fields["headings"]

    def choices(self) -> Choices:
        """Return the decisions; where something was not asked, what is usual."""
        data = self.cleaned_data
        return Choices(
            headings=frozenset(int(number) for number in data.get("headings", ())),
            first_row_heads=data.get("first_row_heads", True),
        )

    def page_fields(self) -> dict:
        """Return what the editor wrote in place of the file's own."""
        return {name: self.cleaned_data[name] for name in ("title", "lead", "starts_on") if name in self.fields}


def type_choices(page_types) -> list[tuple[str, str]]:
    return [(model._meta.label_lower, capfirst(model._meta.verbose_name)) for model in page_types]


def first_values(told: Told, name: str) -> dict:
    """Return what the form shows at first."""
    return {
        "title": told.title or PurePath(name).stem.replace("_", " ")[:TITLE_LENGTH],
        "lead": told.lead,
        "starts_on": timezone.localdate(),
        "changes": "accepted",
        "first_row_heads": True,
        "headings": [],
    }
