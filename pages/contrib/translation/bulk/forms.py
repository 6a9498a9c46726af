"""What has to be said before many pages are sent, updated, filled in or put into a file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from ..asking_form import AskingForm
from ..language_fields import LanguageField, LanguagesField
from ..permitted import may_begin


class LanguagesForm(forms.Form):
    locales = LanguagesField(label=gettext_lazy("Languages"), queryset=Locale.objects.none())
    include_descendants = forms.BooleanField(label=gettext_lazy("The pages below, too"), required=False)

    def __init__(self, *args, offered=(), **kwargs):
        super().__init__(*args, **kwargs)
        locales = self.fields["locales"]
        locales.queryset = Locale.objects.filter(pk__in=[locale.pk for locale in offered])
        locales.error_messages["required"] = _("Choose at least one language.")

    @property
    def chosen_locales(self) -> list[Locale]:
        return list(self.cleaned_data["locales"])


class SubmitForm(AskingForm, LanguagesForm):
    field_order = ["locales", "include_descendants", "asks", "person", "team", "deadline", "note"]

    def __init__(self, *args, rows=(), **kwargs):
        super().__init__(*args, **kwargs)
        #: The pages with the languages in which the user may begin them.
        self.rows = rows

    def clean(self):
        data = super().clean()
        if data.get("asks") and data.get("person"):
            self._check_person(data["person"], data.get("locales") or ())
        return data

    def _check_person(self, person, locales) -> None:
        reached = may_begin(person, [row.page for row in self.rows], locales)
        refused = [
            one
            for one in locales
            if any(one in row.locales and one.pk not in reached[row.page.pk] for row in self.rows)
        ]
        if refused:
            self.refuse_person(refused)


class UpdateForm(LanguagesForm):
    publishes = forms.BooleanField(
        label=gettext_lazy("Publish what is translated completely"),
        required=False,
        help_text=gettext_lazy(
            "Only pages that are published already, and where you may publish. All others become drafts."
        ),
    )


class OneLanguageForm(LanguagesForm):
    """One file holds one pair of languages."""

    locales = LanguageField(label=gettext_lazy("Language"), queryset=Locale.objects.none(), empty_label=None)

    @property
    def chosen_locales(self) -> list[Locale]:
        return [self.cleaned_data["locales"]]
