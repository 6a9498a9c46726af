"""Send pages for translation, as the admin's form does."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Status
from ninja.errors import ValidationError
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from pages.endpoints import editor_of
from pages.translation_permissions import may_translate_from

from ..models import DeskCell
from ..recount import recount
from ..request_form import RequestForm
from ..requests import ask
from .people import in_english
from .routing import router
from .schemas import NewTranslations, TranslationsBegun
from .states import joined, state_told

#: Fields of the form by those of the body.
POINTERS = {"locales": "languages", "again": "languages", "__all__": "pages"}


@router.post(
    "",
    response={201: TranslationsBegun},
    summary="Send pages for translation",
    operation_id="submit_translations",
)
def submit(request: HttpRequest, wanted: NewTranslations) -> Any:
    """Begin the translation of pages into languages, and ask translators for them.

    Needs what the same form in the admin needs. A language in which the translation is there already, and is not finished, is asked
    for anew. Either all is done or nothing.
    """
    user = editor_of(request)
    if not user.has_perm("wagtail_localize.submit_translation"):
        raise PermissionDenied
    with in_english():
        pages = _pages(wanted, user)
        forms = [_form(page, wanted, user) for page in pages]
        for page, form in zip(pages, forms, strict=True):
            _begin(page, form, user)
        recount(page.translation_key for page in pages)
    keys = [page.translation_key for page in pages]
    begun = DeskCell.objects.filter(source__object_key__in=keys, locale__language_code__in=wanted.languages)
    return Status(201, {"items": [state_told(cell) for cell in joined(begun).order_by("source", "locale")]})


def _pages(wanted: NewTranslations, user: AbstractBaseUser) -> list[Page]:
    found = Page.objects.filter(depth__gt=1).specific().in_bulk(wanted.pages)
    if missing := [number for number in wanted.pages if number not in found]:
        _refuse("pages", f"There is no page with the number {missing[0]}.")
    if not all(may_translate_from(user, page) for page in found.values()):
        raise PermissionDenied
    return list(found.values())


def _form(page: Page, wanted: NewTranslations, user: AbstractBaseUser) -> RequestForm:
    """Return the form of the admin, filled in and without an error."""
    locales = Locale.objects.filter(language_code__in=wanted.languages)
    there = Translation.objects.filter(
        source__object_id=page.translation_key, source__locale=page.locale_id, target_locale__in=locales, enabled=True
    )
    begun = dict(there.values_list("target_locale", "pk"))
    form = RequestForm(
        user,
        page,
        {
            "locales": [locale.pk for locale in locales if locale.pk not in begun],
            "again": list(begun.values()),
            "asks": wanted.asks,
            "deadline": wanted.deadline,
            "note": wanted.note,
            "person": _number(get_user_model(), get_user_model().USERNAME_FIELD, wanted.person, "person"),
            "team": _number(Group, "name", wanted.team, "team"),
        },
    )
    if not form.is_valid():
        errors = [(POINTERS.get(name, name), said) for name, lines in form.errors.items() for said in lines]
        raise ValidationError([_error(name, f"{page.title}: {said}") for name, said in errors])
    return form


def _number(model: Any, field: str, value: str | None, name: str) -> int | None:
    if not value:
        return None
    found = model._default_manager.filter(**{field: value}).values_list("pk", flat=True).first()
    return found or _refuse(name, f"There is no “{value}”.")


def _refuse(name: str, said: str) -> Any:
    raise ValidationError([_error(name, said)])


def _error(name: str, said: str) -> dict[str, Any]:
    return {"loc": ("body", "wanted", name), "msg": said}


def _begin(page: Page, form: RequestForm, user: AbstractBaseUser) -> None:
    data = form.cleaned_data
    # Read now: once begun, a language is no longer among those that can be.
    data["locales"] = list(data["locales"])
    if data["locales"]:
        translate_object(page, data["locales"], user=user)
    if data["asks"]:
        ask(form.wanted, user, **form.told)
