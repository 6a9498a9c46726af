"""What translators are told when they are asked: by whom it is wanted, until when, and what else they should know."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.utils import get_user_display_name

from .models import TranslationRequest


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return get_user_display_name(user)


class AskingForm(forms.Form):
    """Ask a person, a team, or whoever translates into the language."""

    asks = forms.BooleanField(
        label=gettext_lazy("Ask translators by e-mail"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "They get one letter with all that is new for them. Without this the translation is only begun."
        ),
    )
    person = PersonField(
        label=gettext_lazy("Person"),
        queryset=get_user_model()._default_manager.none(),
        required=False,
        empty_label=gettext_lazy("The translators of the language"),
    )
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"), queryset=Group.objects.none(), required=False, empty_label=gettext_lazy("No team")
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

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        may_enter = Q(groups__permissions__codename="access_admin") | Q(is_superuser=True)
        people = get_user_model()._default_manager.filter(may_enter, is_active=True).exclude(email="")
        self.fields["person"].queryset = people.distinct().order_by("last_name", "username")
        self.fields["team"].queryset = Group.objects.filter(permissions__codename="access_admin").order_by("name")

    def clean_deadline(self):
        deadline = self.cleaned_data["deadline"]
        if deadline and deadline < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose a later one."))
        return deadline

    @property
    def told(self) -> dict[str, Any]:
        """What ``requests.ask`` takes."""
        return {name: self.cleaned_data[name] for name in ("deadline", "note", "person", "team")}

    def refuse_person(self, locales) -> None:
        """Say in which languages the person may not work: a request would lie there unanswered."""
        names = get_text_list([locale.get_display_name() for locale in locales], _("and"))
        person = get_user_display_name(self.cleaned_data["person"])
        message = _("%(person)s may not translate into: %(languages)s.")
        self.add_error("person", message % {"person": person, "languages": names})
