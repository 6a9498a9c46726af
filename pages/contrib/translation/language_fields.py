"""Languages to choose from, each named in itself and marked so (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

from django import forms

from .in_language import own_name


class LanguagesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, locale):
        return own_name(locale)


class LanguageField(forms.ModelChoiceField):
    widget = forms.RadioSelect

    def label_from_instance(self, locale):
        return own_name(locale)


class LanguageSelect(forms.Select):
    """A list of languages; an option holds no markup, so it carries the language itself."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if locale := getattr(value, "instance", None):
            option["attrs"]["lang"] = locale.language_code
        return option
