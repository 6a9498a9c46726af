"""What only the editor's whole form can see, such as two tracks with one title."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from . import open_forms


def kept_rows(formset) -> list:
    """Return the valid forms of the rows that the editor keeps."""
    forms = [form for form in formset.forms if form.is_valid()]
    return [form for form in forms if not form.cleaned_data.get("DELETE")]


class FormKey(forms.UUIDField):
    """Tells one opened form from another; it is no content, so it never counts as a change."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class BasePageForm(WagtailAdminPageForm):
    """Ask for the alternative text of every picture, once the page is to be seen by others.

    What autosaves made of the form is known to it, even where their answers got lost.
    """

    form_key = FormKey(required=False, initial=uuid.uuid4)

    def __init__(self, data=None, *args, for_user=None, **kwargs):
        self.makes_page = kwargs.get("instance") is None or kwargs["instance"].pk is None
        data = open_forms.caught_up(data, for_user, kwargs.get("instance"))
        super().__init__(data, *args, for_user=for_user, **kwargs)
        if "slug" in self.fields:
            # An address made of a title is in Latin letters without marks, which people can read out and
            # programs do not encode. Another one stays allowed: not every script can be written in them.
            self.fields["slug"].widget.attrs.pop("data-w-slug-allow-unicode-value", None)

    def get_field_updates_for_resave(self):
        updates = super().get_field_updates_for_resave()
        if updates or self.makes_page:
            open_forms.remember(self.data, self.for_user, self.instance, updates)
        return updates

    def clean(self):
        cleaned_data = super().clean()
        # A draft may wait for its words: it must be possible to save at any moment.
        if not self.is_deferred_validation:
            for photo in self.kept_photos():
                _ask_for_alternative_text(photo)
        return cleaned_data

    def kept_galleries(self) -> list:
        return kept_rows(self.formsets["galleries"]) if "galleries" in self.formsets else []

    def kept_photos(self) -> list:
        return [photo for gallery in self.kept_galleries() for photo in kept_rows(gallery.formsets["photos"])]


def _ask_for_alternative_text(form):
    image = form.cleaned_data.get("image")
    has_words = form.cleaned_data.get("alt") or form.cleaned_data.get("is_decorative")
    if image and not has_words and not image.description:
        form.add_error(
            "alt",
            _("Say what the picture shows, or mark it as decorative: readers who cannot see it need the words."),
        )


class WorkshopPageForm(BasePageForm):
    """Refuse two tracks with one title, and pictures of a track that does not exist."""

    def clean(self):
        cleaned_data = super().clean()
        tracks = kept_rows(self.formsets["tracks"]) if "tracks" in self.formsets else []
        _refuse_equal_titles(tracks)
        for form in (*self.kept_galleries(), *self.kept_photos()):
            number = form.cleaned_data.get("track_number")
            if number is not None and not 1 <= number <= len(tracks):
                form.add_error("track_number", _("There is no track with this number."))
        return cleaned_data


def _refuse_equal_titles(tracks):
    seen = set()
    for form in tracks:
        title = (form.cleaned_data.get("title") or "").strip().casefold()
        if title and title in seen:
            form.add_error("title", _("Another track has this title. Give each track its own."))
        seen.add(title)
