"""A page as somebody is editing it, from the form that the preview panel keeps; nothing of it is saved."""

from __future__ import annotations

from types import SimpleNamespace

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone, translation
from wagtail.admin.models import FormState
from wagtail.admin.views.pages.preview import PreviewOnEditView
from wagtail.models import Page
from wagtail.users.models import UserProfile


def state_of(page: Page, request: HttpRequest) -> FormState | None:
    """Return what the panel of this editor keeps of the page, if it is open in an editor."""
    if not getattr(request, "is_editing", False) or not request.user.is_authenticated:
        return None
    return FormState.objects.for_preview(user=request.user, instance=page).order_by("-last_updated_at").first()


def as_edited(page: Page, state_pk: int) -> Page | None:
    """Return the page as the form has it; None once the form is gone or says something impossible.

    ``page`` is the latest draft, which is not as it was afterwards.
    """
    state = FormState.objects.for_instance(page).filter(pk=state_pk).select_related("user").first()
    if state is None or not _may_edit(state.user, page):
        return None
    view = PreviewOnEditView()
    view.request, view.object = SimpleNamespace(user=state.user), page
    profile = UserProfile.get_for_user(state.user)
    # Days and times are read as the form showed them.
    with translation.override(profile.get_preferred_language()), timezone.override(profile.get_current_time_zone()):
        form = view.get_form(view._get_form_data(state))
        return form.save(commit=False) if view.validate_form(form) else None


def _may_edit(user: AbstractBaseUser, page: Page) -> bool:
    return user.is_active and page.permissions_for_user(user).can_edit()
