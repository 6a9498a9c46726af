"""Publish a page and its translations at one set time, by Wagtail's own schedule."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from pages.translation_permissions import may

from .gate import requires_review
from .language_fields import LanguagesField
from .models.review_task import may_review
from .review import target_of, waiting_review
from .segments import segments_of


@dataclass
class Together:
    """Which languages are published at the time, and why others are left out."""

    scheduled: list[Locale] = field(default_factory=list)
    left_out: list[tuple[Locale, str]] = field(default_factory=list)


def readiness(page: Page, user) -> list[tuple[Translation, str]]:
    """Return each translation of a page, with the reason why it cannot be published yet; empty if it can."""
    translations = Translation.objects.filter(
        source__object_id=page.translation_key, source__locale=page.locale_id, enabled=True
    ).select_related("source", "target_locale")
    ordered = translations.order_by("target_locale__language_code")
    return [(translation, obstacle_of(translation, user)) for translation in ordered]


def obstacle_of(translation: Translation, user) -> str:
    """Return why a translation cannot be published by this person now; empty when it can."""
    target = target_of(translation)
    if target is None:
        return _("nobody has begun it")
    missing = sum(not segment.target for segment in segments_of(translation))
    if missing:
        return _("segments not translated: %(number)s") % {"number": missing}
    if not may(user, "publish", target):
        return _("you may not publish in this language")
    if requires_review(translation.target_locale) and not (waiting_review(target) and may_review(user, target)):
        return _("a reviewer has to accept it first")
    return ""


@transaction.atomic
def publish_together(page: Page, wanted: set[int], at: datetime.datetime, user) -> Together:
    """Publish the newest draft of a page at a time, and of its translations into the wanted locales that are ready.

    A reviewer's choice of a translation that was handed in accepts it. Raises ``PermissionDenied``
    for somebody who may not publish the page itself.
    """
    if not may(user, "publish", page):
        raise PermissionDenied
    together = Together()
    chosen = [pair for pair in readiness(page, user) if pair[0].target_locale_id in wanted]
    _schedule(page, at, user)
    for translation, obstacle in chosen:
        if obstacle:
            together.left_out.append((translation.target_locale, obstacle))
            continue
        translation.save_target(user=user, publish=False)
        target = translation.get_target_instance()
        waiting = waiting_review(target)
        if waiting:
            _set_time(target, at, user)
            # The workflow publishes the newest draft, which waits for its time.
            waiting.task.specific.on_action(waiting.specific, user, "approve", comment="")
        else:
            _schedule(target, at, user)
        together.scheduled.append(translation.target_locale)
    return together


def _set_time(page: Page, at, user):
    draft = page.specific.get_latest_revision_as_object()
    draft.go_live_at = at
    return draft.save_revision(user=user, log_action=True)


def _schedule(page: Page, at, user) -> None:
    _set_time(page, at, user).publish(user=user)


class TogetherForm(forms.Form):
    at = forms.DateTimeField(
        label=gettext_lazy("Publish on"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    locales = LanguagesField(label=gettext_lazy("Together with"), queryset=Locale.objects.none(), required=False)

    def __init__(self, ready: list[Locale], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["locales"].queryset = Locale.objects.filter(pk__in=[locale.pk for locale in ready])

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at <= timezone.now():
            raise forms.ValidationError(_("This moment has passed. Choose a later one."))
        return at


def together_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Choose the time and the languages; what is not ready is named with its reason."""
    page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=page_id).specific
    if not may(request.user, "publish", page):
        raise PermissionDenied
    states = readiness(page, request.user)
    ready = [translation.target_locale for translation, obstacle in states if not obstacle]
    form = TogetherForm(ready, request.POST or None, initial={"locales": ready})
    if form.is_valid():
        wanted = {locale.pk for locale in form.cleaned_data["locales"]}
        together = publish_together(page, wanted, form.cleaned_data["at"], request.user)
        names = [str(locale) for locale in (page.locale, *together.scheduled)]
        messages.success(
            request, _("Published together at the set time: %(languages)s.") % {"languages": ", ".join(names)}
        )
        return redirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    left_out = [(translation.target_locale, obstacle) for translation, obstacle in states if obstacle]
    context = {"page": page, "form": form, "left_out": left_out, "has_ready": bool(ready)}
    return TemplateResponse(request, "translation/together.html", context)
