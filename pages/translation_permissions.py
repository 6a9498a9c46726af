"""Who may send what for translation: what is published or the user's to edit, to where the user may add it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail.permissions import page_permission_policy, policy_registry
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
    SubmitTranslationForm,
)
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView


class PermittedSubmission(SubmitTranslationForm):
    """Offer only the languages, and take only the pages below, that the user's rights reach."""

    def __init__(self, user: AbstractBaseUser, instance: Model, *args: Any, **kwargs: Any):
        super().__init__(instance, *args, **kwargs)
        self.user, self.instance = user, instance
        locales = self.fields["locales"]
        reached = [locale.pk for locale in locales.queryset if may_add_translation(user, instance, locale)]
        locales.queryset = locales.queryset.filter(pk__in=reached)

    def clean_include_subtree(self) -> bool:
        wanted = self.cleaned_data["include_subtree"]
        if wanted and isinstance(self.instance, Page):
            editable = page_permission_policy.instances_user_has_permission_for(self.user, "change")
            if self.instance.get_descendants().exclude(pk__in=editable.values("pk")).exists():
                raise forms.ValidationError(
                    _("Some of the pages below are not yours to edit. Submit the pages that are, one by one.")
                )
        return wanted


class _PermittedSubmit:
    """Show the form to users who may translate from the source."""

    #: A plugin whose address stands before this one may ask for more.
    form_class = PermittedSubmission

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_translate_from(request.user, self.get_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self) -> PermittedSubmission:
        if self.request.method == "POST":
            return self.form_class(self.request.user, self.object, self.request.POST)
        return self.form_class(self.request.user, self.object, initial=super().get_form().initial)


class SubmitPage(_PermittedSubmit, SubmitPageTranslationView):
    pass


class SubmitSnippet(_PermittedSubmit, SubmitSnippetTranslationView):
    pass


class Update(UpdateTranslationsView):
    """Bring the changes of a source to its translations that the user may edit, and publish where the user may."""

    def get_object(self) -> TranslationSource:
        source = super().get_object()
        try:
            instance = source.get_source_instance()
        except ObjectDoesNotExist as error:
            raise Http404 from error
        if not may_translate_from(self.request.user, instance):
            raise PermissionDenied
        return source

    def form_valid(self, form: UpdateTranslationsForm) -> HttpResponseBase:
        action = "publish" if form.cleaned_data["publish_translations"] else "change"
        translations = self.object.translations.filter(enabled=True).select_related("source", "target_locale")
        if not all(may_update(self.request.user, action, translation) for translation in translations):
            raise PermissionDenied
        return super().form_valid(form)


def admin_addresses() -> Iterable:
    """Return patterns for Localize's own addresses; they must stand before Localize's."""
    return [
        path("localize/submit/page/<int:page_id>/", SubmitPage.as_view()),
        path("localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/", SubmitSnippet.as_view()),
        path("localize/update/<int:translation_source_id>/", Update.as_view()),
    ]


def may(user: AbstractBaseUser, action: str, instance: Model) -> bool:
    """Return whether the user may ``change`` or ``publish`` this page or snippet."""
    if action == "publish" and not isinstance(instance, DraftStateMixin):
        action = "change"
    return bool(policy_registry.get(instance).user_has_permission_for_instance(user, action, instance))


def may_translate_from(user: AbstractBaseUser, instance: Model) -> bool:
    """Return whether the user may take this page or snippet as a source: a translator needs no right to change it.

    What everybody may read on the site, every translator may; a draft, a restricted page
    and a snippet only who may edit it.
    """
    is_public = isinstance(instance, Page) and instance.live and not instance.get_view_restrictions().exists()
    return is_public or may(user, "change", instance)


def may_update(user: AbstractBaseUser, action: str, translation: Translation) -> bool:
    """Return whether the user may ``change`` or ``publish`` what this translation leads to."""
    try:
        return may(user, action, translation.get_target_instance())
    except ObjectDoesNotExist:
        # It was deleted, and the update would add it again.
        source = translation.source.get_source_instance()
        return may_add_translation(user, source, translation.target_locale)


def may_add_translation(user: AbstractBaseUser, instance: Model, locale: Locale) -> bool:
    """Return whether the user may add the translation of ``instance`` into ``locale``.

    A page is added below its parent's translation. While that is missing Localize adds it
    too, so the nearest ancestor that is translated decides.
    """
    if not isinstance(instance, Page):
        return bool(policy_registry.get(instance).user_has_permission(user, "add"))
    for ancestor in instance.get_ancestors().order_by("-depth"):
        parent = ancestor if ancestor.is_root() else ancestor.get_translation_or_none(locale)
        if parent is not None:
            return bool(parent.permissions_for_user(user).can_add_subpage())
    return False
