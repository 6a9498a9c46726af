"""What can be done with pages that somebody chose, and why it cannot be done with the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from ..models import JobStep
from ..permitted import may_begin, may_change, translatable_from


@dataclass
class Chosen:
    """A page with the languages in which there is something to do with it."""

    page: Page
    locales: list[Locale] = field(default_factory=list)
    #: Its translations into these languages, once begun; of a page that is a translation itself: that one.
    translations: list[Translation] = field(default_factory=list)
    #: Why there is nothing to do.
    reason: str = ""


class ToSubmit:
    """Pages to be sent for translation."""

    def __init__(self, user: AbstractBaseUser, pages: Iterable[Page]):
        self.user, self.pages = user, list(pages)

    @cached_property
    def rows(self) -> list[Chosen]:
        sources = translatable_from(self.user, self.pages) if may_submit(self.user) else set()
        locales = list(Locale.objects.all())
        can_begin = may_begin(self.user, [page for page in self.pages if page.pk in sources], locales)
        return [self._row(page, locales, can_begin.get(page.pk)) for page in self.pages]

    def _row(self, page, locales, can_begin) -> Chosen:
        if not may_submit(self.user):
            return Chosen(page, reason=_("You may not submit for translation."))
        if can_begin is None:
            return Chosen(page, reason=_("It is not open to everybody, and not yours to edit."))
        possible = [locale for locale in locales if locale.pk in can_begin]
        return Chosen(page, possible, reason="" if possible else _("It is in every language where you may add pages."))

    def steps(self, locales: Iterable[Locale]) -> list[JobStep]:
        """Return a step for each page and language; those that cannot be done say why."""
        wanted = list(locales)
        return [step for row in self.rows for step in self._steps(row, wanted)]

    def _steps(self, row: Chosen, locales) -> list[JobStep]:
        title = row.page.get_admin_display_title()
        if row.reason:
            return [_left_out(row.page.pk, locales[0], title, row.reason)]
        possible = set(row.locales)
        there = _("It is there in this language already, or you may not add pages there.")
        return [
            JobStep(subject=row.page.pk, locale=locale, title=title)
            if locale in possible
            else _left_out(row.page.pk, locale, title, there)
            for locale in locales
            if locale.pk != row.page.locale_id
        ]


class Begun:
    """Translations of pages that were begun: of sources all, of a translation that one."""

    def __init__(self, user: AbstractBaseUser, pages: Iterable[Page]):
        self.user, self.pages = user, list(pages)

    @cached_property
    def rows(self) -> list[Chosen]:
        found = Translation.objects.filter(
            source__object_id__in={page.translation_key for page in self.pages}, enabled=True
        )
        translations = list(found.select_related("source__locale", "source__specific_content_type", "target_locale"))
        mine = {one.pk for one in may_change(self.user, translations)}
        by_key: dict = {}
        for translation in translations:
            by_key.setdefault(translation.source.object_id, []).append(translation)
        return [self._row(page, by_key.get(page.translation_key, []), mine) for page in self.pages]

    def _row(self, page, translations, mine) -> Chosen:
        of_page = [one for one in translations if page.locale_id in {one.source.locale_id, one.target_locale_id}]
        own = [one for one in of_page if one.pk in mine]
        if own:
            return Chosen(page, [one.target_locale for one in own], own)
        reason = _("You may not change its translations.") if of_page else _("It has no translation yet.")
        return Chosen(page, reason=reason)

    def translations(self, locales: Iterable[Locale]) -> list[Translation]:
        """Return each translation into these languages once, in the order of the pages."""
        wanted = {locale.pk for locale in locales}
        found = {one.pk: one for row in self.rows for one in row.translations if one.target_locale_id in wanted}
        return list(found.values())

    def left_out(self, locales: Iterable[Locale]) -> list[tuple[Page, str]]:
        """Return the pages that none of these translations belongs to, and why."""
        wanted = {locale.pk for locale in locales}
        other = _("It has no translation into this language that you may change.")
        return [
            (row.page, row.reason or other)
            for row in self.rows
            if not any(locale.pk in wanted for locale in row.locales)
        ]

    def steps(self, locales: Iterable[Locale]) -> list[JobStep]:
        wanted = list(locales)
        todo = [
            JobStep(subject=one.pk, locale=one.target_locale, title=one.source.object_repr)
            for one in self.translations(wanted)
        ]
        return todo + [
            _left_out(page.pk, wanted[0], page.get_admin_display_title(), why) for page, why in self.left_out(wanted)
        ]


def _left_out(subject, locale, title, note) -> JobStep:
    return JobStep(subject=subject, locale=locale, title=title, note=note, size=1, done=1, state=JobStep.State.LEFT_OUT)


def may_submit(user: AbstractBaseUser) -> bool:
    return user.has_perm("wagtail_localize.submit_translation")
