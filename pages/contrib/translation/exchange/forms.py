"""The two questions about files: in which format, and which file came back."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .formats import FORMATS, MAX_BYTES


class DownloadForm(forms.Form):
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[(kind.slug, kind.label) for kind in FORMATS.values()],
        initial="docx",
        widget=forms.RadioSelect,
    )
    only_open = forms.BooleanField(
        label=gettext_lazy("Only what is not translated yet"),
        required=False,
        help_text=gettext_lazy("Drafts go along. Leave it off to give the translator the whole text."),
    )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "Word, XLIFF 1.2 or 2.0, or PO, as it was downloaded here and filled in; TMX goes to the translation memory."
        ),
        widget=forms.FileInput(attrs={"accept": ".docx,.xlf,.xliff,.po,.tmx"}),
        max_length=255,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(number)s MB. Split it and upload the parts.")
                % {"number": MAX_BYTES // 2**20}
            )
        return file
