"""What has to be said before many pages are sent, updated, filled in or put into a file."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from ..models import TranslationRequest


class LocalesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, locale):
        return locale.get_display_name()


class LocaleField(forms.ModelChoiceField):
    def label_from_instance(self, locale):
        return locale.get_display_name()


class LanguagesForm(forms.Form):
    locales = LocalesField(label=gettext_lazy("Languages"), queryset=Locale.objects.none())
    include_descendants = forms.BooleanField(label=gettext_lazy("The pages below, too"), required=False)

    def __init__(self, *args, offered=(), **kwargs):
        super().__init__(*args, **kwargs)
        locales = self.fields["locales"]
        locales.queryset = Locale.objects.filter(pk__in=[locale.pk for locale in offered])
        locales.error_messages["required"] = _("Choose at least one language.")

    @property
    def chosen_locales(self) -> list[Locale]:
        return list(self.cleaned_data["locales"])


class SubmitForm(LanguagesForm):
    asks = forms.BooleanField(
        label=gettext_lazy("Ask translators by e-mail"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "They get one letter with all that is new for them. Without this the translation is only begun."
        ),
    )
    deadline = forms.DateField(
        label=gettext_lazy("Deadline"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Translators are reminded three days before, and once when it has passed."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note for the translators"),
        required=False,
        max_length=TranslationRequest._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_deadline(self):
        deadline = self.cleaned_data["deadline"]
        if deadline and deadline < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return deadline


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

    locales = LocaleField(
        label=gettext_lazy("Language"),
        queryset=Locale.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    @property
    def chosen_locales(self) -> list[Locale]:
        return [self.cleaned_data["locales"]]
