"""Send pages and snippets for translation, as the admin's form does."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import Model
from django.http import HttpRequest
from ninja import Status
from ninja.errors import ValidationError
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object, translate_page_subtree

from pages.endpoints import editor_of
from pages.translation_permissions import may_translate_from

from ..models import DeskCell
from ..recount import recount
from ..request_form import RequestForm
from ..requests import ask
from .people import in_english
from .routing import router
from .schemas import MOST_BELOW, NamedSnippet, NewTranslations, TranslationsBegun
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
    """Begin the translation of pages and snippets into languages, and ask translators for them.

    Needs what the same form in the admin needs. A language in which the translation is there already, and is not finished, is asked
    for anew. Either all is done or nothing.
    """
    user = editor_of(request)
    if not user.has_perm("wagtail_localize.submit_translation"):
        raise PermissionDenied
    with in_english():
        sources = [*_pages(wanted), *map(_snippet, wanted.snippets)]
        if not sources:
            _refuse("pages", "Name a page or a snippet.")
        if not all(may_translate_from(user, source) for source in sources):
            raise PermissionDenied
        keys = [*(source.translation_key for source in sources), *_keys_below(sources, wanted)]
        forms = [_form(source, wanted, user) for source in sources]
        for source, form in zip(sources, forms, strict=True):
            _begin(source, form, user)
        recount(keys)
    begun = DeskCell.objects.filter(source__object_key__in=keys, locale__language_code__in=wanted.languages)
    return Status(201, {"items": [state_told(cell) for cell in joined(begun).order_by("source", "locale")]})


def _pages(wanted: NewTranslations) -> list[Page]:
    found = Page.objects.filter(depth__gt=1).specific().in_bulk(wanted.pages)
    if missing := [number for number in wanted.pages if number not in found]:
        _refuse("pages", f"There is no page with the number {missing[0]}.")
    return list(found.values())


def _snippet(named: NamedSnippet) -> Model:
    """Return a snippet of a type that the admin offers, and that is translated."""
    types = {model._meta.label: model for model in get_snippet_models() if issubclass(model, TranslatableMixin)}
    if named.type not in types:
        _refuse("snippets", f"There is no type “{named.type}” to translate; known ones: {', '.join(sorted(types))}.")
    try:
        return types[named.type]._default_manager.get(pk=named.id)
    except (ObjectDoesNotExist, DjangoValidationError, ValueError):
        return _refuse("snippets", f"There is no {named.type} with the number {named.id}.")


def _keys_below(sources: list[Model], wanted: NewTranslations) -> list[UUID]:
    """Return the keys of the pages below, as far as they are wanted."""
    if not wanted.include_subtree:
        return []
    within = Page.objects.none()
    for source in sources:
        within |= source.get_descendants() if isinstance(source, Page) else Page.objects.none()
    # One answer waits for all of them.
    keys = list(within.order_by("path").values_list("translation_key", flat=True)[: MOST_BELOW + 1])
    if len(keys) > MOST_BELOW:
        _refuse("include_subtree", f"There are more than {MOST_BELOW} pages below. Send parts of them.")
    return keys


def _form(source: Any, wanted: NewTranslations, user: AbstractBaseUser) -> RequestForm:
    """Return the form of the admin, filled in and without an error."""
    locales = Locale.objects.filter(language_code__in=wanted.languages)
    there = Translation.objects.filter(
        source__object_id=source.translation_key,
        source__locale=source.locale_id,
        target_locale__in=locales,
        enabled=True,
    )
    begun = dict(there.values_list("target_locale", "pk"))
    form = RequestForm(
        user,
        source,
        {
            "locales": [locale.pk for locale in locales if locale.pk not in begun],
            "again": list(begun.values()),
            "include_subtree": wanted.include_subtree,
            "asks": wanted.asks,
            "deadline": wanted.deadline,
            "note": wanted.note,
            "person": _number(get_user_model(), get_user_model().USERNAME_FIELD, wanted.person, "person"),
            "team": _number(Group, "name", wanted.team, "team"),
        },
    )
    if not form.is_valid():
        errors = [(POINTERS.get(name, name), said) for name, lines in form.errors.items() for said in lines]
        raise ValidationError([_error(name, f"{source}: {said}") for name, said in errors])
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


def _begin(source: Model, form: RequestForm, user: AbstractBaseUser) -> None:
    data = form.cleaned_data
    # Read now: once begun, a language is no longer among those that can be.
    data["locales"] = list(data["locales"])
    if data["locales"]:
        translate_object(source, data["locales"], user=user)
        if data["include_subtree"] and isinstance(source, Page):
            translate_page_subtree(source.pk, data["locales"], None, user)
    if data["asks"]:
        ask(form.wanted, user, **form.told)
