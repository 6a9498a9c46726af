"""The library's form for documents, with a list of languages to choose from."""

from django import forms

from media.forms import SiteDocumentForm

from . import formats, spoken_languages


class DocumentForm(SiteDocumentForm):
    """The library knows no list of languages; pages do."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            self.fields["language"].widget = forms.Select(choices=_languages(self.instance.language))


def _languages(current: str) -> list:
    """Return the choices; what a file said of itself, such as ``pl-PL``, stays one of them."""
    choices = [("", "---------"), *spoken_languages.choices()]
    listed = {code for _group, some in choices[1:] for code, _name in some}
    if current and current not in listed:
        choices.insert(1, (current, f"{formats.language_name(current)} ({current})"))
    return choices
