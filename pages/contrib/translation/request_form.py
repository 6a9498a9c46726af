"""“Translate this page”, with what translators need to know: until when, what for, and who is asked."""

from __future__ import annotations

from django import forms
from django.shortcuts import redirect
from django.urls import path
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation

from pages import translation_permissions
from pages.translation_permissions import may, may_add_translation, may_update

from .asking_form import AskingForm
from .in_language import own_name
from .models import DeskCell, State
from .requests import ask


class TranslationField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, translation):
        return own_name(translation.target_locale)


def unfinished_translations(instance):
    """Return the translations of a source that say less than it, or are not published yet."""
    finished = DeskCell.objects.filter(state=State.PUBLISHED, translation__isnull=False).values("translation")
    return Translation.objects.filter(
        source__object_id=instance.translation_key, source__locale=instance.locale_id, enabled=True
    ).exclude(pk__in=finished)


class RequestForm(AskingForm, translation_permissions.PermittedSubmission):
    """Begin translations, or ask anew for those that are there, and tell translators if wanted."""

    again = TranslationField(
        label=gettext_lazy("Bring up to date"),
        queryset=Translation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Translations that are there already; their translators are asked once more."),
    )
    field_order = ["select_all", "locales", "again", "include_subtree", "asks", "person", "team", "deadline", "note"]

    def __init__(self, user, instance, *args, **kwargs):
        super().__init__(user, instance, *args, **kwargs)
        self.order_fields(self.field_order)
        self.fields["locales"].required = False
        if not self.fields["locales"].queryset:
            self.fields["locales"].widget = forms.MultipleHiddenInput()
        self.fields["again"].queryset = self._updatable()
        if not self.fields["again"].queryset:
            self.fields["again"].widget = forms.MultipleHiddenInput()

    def _updatable(self):
        """Return the translations of this source that the user may ask for: those the user may edit or begin anew."""
        translations = unfinished_translations(self.instance).select_related("source", "target_locale")
        own = may(self.user, "change", self.instance)
        reached = [one.pk for one in translations if own or may_update(self.user, "change", one)]
        return translations.filter(pk__in=reached).order_by("target_locale__language_code")

    def clean(self):
        data = super().clean()
        if not data.get("locales") and not data.get("again") and "locales" not in self.errors:
            self.add_error("locales", _("Choose at least one language."))
        if data.get("again") and not data.get("asks"):
            self.add_error("asks", _("Translations that are there already can only be asked for."))
        if data.get("asks") and data.get("person"):
            self._check_person(data)
        return data

    def _check_person(self, data) -> None:
        person = data["person"]
        refused = [one for one in data.get("locales") or () if not may_add_translation(person, self.instance, one)]
        refused += [one.target_locale for one in data.get("again") or () if not may_update(person, "change", one)]
        if refused:
            self.refuse_person(refused)

    @property
    def wanted(self) -> list[Translation]:
        """What translators are asked for, once the languages are begun: those of the pages below, too."""
        data = self.cleaned_data
        keys = [self.instance.translation_key]
        if data["include_subtree"] and isinstance(self.instance, Page):
            keys += self.instance.get_descendants().values_list("translation_key", flat=True)
        begun = Translation.objects.filter(
            source__object_id__in=keys, target_locale__in=data["locales"], enabled=True
        ).select_related("source", "target_locale")
        return [*begun, *data["again"]]


class _Request:
    """Keep what translators are asked for beside what Localize begins."""

    form_class = RequestForm

    def form_valid(self, form):
        data = form.cleaned_data
        # Read now: once begun, a language is no longer among those that can be.
        data["locales"] = list(data["locales"] or ())
        response = super().form_valid(form) if data["locales"] else redirect(self._after_asking())
        if data["asks"]:
            wanted = form.wanted
            ask(wanted, self.request.user, **form.told)
            messages.success(self.request, self._confirmation(wanted))
        return response

    def _after_asking(self) -> str:
        return self.get_success_url() or self.get_default_success_url()

    def _confirmation(self, wanted) -> str:
        names = sorted({translation.target_locale.get_display_name() for translation in wanted})
        return _("Asked for: %(languages)s. Translators are told in their next letter.") % {
            "languages": get_text_list(names, _("and"))
        }


class RequestPage(_Request, translation_permissions.SubmitPage):
    pass


class RequestSnippet(_Request, translation_permissions.SubmitSnippet):
    pass


def admin_addresses():
    """Return patterns that stand before those of the core, which stand before Localize's."""
    return [
        path("localize/submit/page/<int:page_id>/", RequestPage.as_view()),
        path("localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/", RequestSnippet.as_view()),
    ]
