"""What is asked for templates, and for the documents that are made with them."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Locale

from pages.formats import language_name

from .models import WordTemplate
from .stationery.cleaning import MAX_TEMPLATE_BYTES, too_large
from .stationery.kinds import Kind
from .stationery.names import MAX_LIST_BYTES, MAX_NAME_LENGTH, MAX_NAMES, names_in_table, names_in_text

SUFFIXES = (".docx", ".dotx")


class TemplateForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Template"),
        help_text=gettext_lazy("A file saved in Word or LibreOffice as .docx or .dotx."),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        max_length=255,
        allow_empty_file=True,
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("By which editors choose it. Empty: the name of the file."),
    )
    language = forms.ChoiceField(label=gettext_lazy("For pages in"), required=False)

    def __init__(self, purpose: str, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if purpose != WordTemplate.LETTERHEAD:
            del self.fields["language"]
            return
        languages = [(code, language_name(code)) for code in Locale.objects.values_list("language_code", flat=True)]
        self.fields["language"].choices = [("", _("all languages")), *languages]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if PurePath(file.name).suffix.lower() == ".dotm":
            raise forms.ValidationError(_("A .dotm holds macros. Save it as .dotx, which has none, and upload that."))
        if PurePath(file.name).suffix.lower() not in SUFFIXES:
            raise forms.ValidationError(_("Choose a file whose name ends in .docx or .dotx."))
        if file.size > MAX_TEMPLATE_BYTES:
            raise forms.ValidationError(too_large())
        return file


class DocumentForm(forms.Form):
    """Which template a document is made with."""

    template = forms.ChoiceField(label=gettext_lazy("Template"), required=False)

    def __init__(self, kind: str, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kept = WordTemplate.objects.filter(purpose=kind).values_list("pk", "name")
        self.fields["template"].choices = [("", _("Ours")), *((str(pk), name) for pk, name in kept)]
        if not kept:
            self.fields["template"].widget = forms.HiddenInput()


class CertificatesForm(DocumentForm):
    """For whom certificates are made. The names go into the file and nowhere else."""

    names = forms.CharField(
        label=gettext_lazy("Names"),
        required=False,
        max_length=MAX_LIST_BYTES,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("One in each line, as they should stand on the certificate. They are not stored."),
    )
    table = forms.FileField(
        label=gettext_lazy("or a table"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=gettext_lazy(
            "A CSV file, as spreadsheets save it: from its columns “Name”, or “First name” and “Surname”, else the "
            "first column. It is not stored."
        ),
    )
    result = forms.ChoiceField(
        label=gettext_lazy("What you get"),
        choices=[
            ("document", gettext_lazy("one document with a page for each person, to print")),
            ("files", gettext_lazy("a ZIP with a file for each person, to send")),
        ],
        initial="document",
        widget=forms.RadioSelect,
    )
    field_order = ["names", "table", "result", "template"]

    def __init__(self, language: str, *args: Any, **kwargs: Any):
        super().__init__(Kind.CERTIFICATE, *args, **kwargs)
        self._language = language

    def clean_table(self):
        table = self.cleaned_data["table"]
        if table and (PurePath(table.name).suffix.lower() not in {".csv", ".txt"} or table.size > MAX_LIST_BYTES):
            size = MAX_LIST_BYTES >> 10
            raise forms.ValidationError(_("Choose a CSV file of at most %(size)s KB.") % {"size": size})
        return table

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        names = names_in_text(data.get("names") or "")
        if data.get("table"):
            names += names_in_table(data["table"].read(), self._language)
        if not names:
            raise forms.ValidationError(_("Write at least one name, or choose a table with names."))
        if len(names) > MAX_NAMES:
            said = ngettext(
                "At most %(most)s names at once; there is %(count)s.",
                "At most %(most)s names at once; there are %(count)s.",
                len(names),
            )
            raise forms.ValidationError(said % {"most": MAX_NAMES, "count": len(names)})
        long = next((name for name in names if len(name) > MAX_NAME_LENGTH), None)
        if long:
            raise forms.ValidationError(
                _("“%(name)s…” is longer than %(most)s letters. Is there one name in each line?")
                % {"name": long[:60], "most": MAX_NAME_LENGTH}
            )
        data["all_names"] = names
        return data
