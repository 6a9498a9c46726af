"""What stands around every page: menus, languages, the way back, settings; read in as few queries as can be."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import cached_property
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.models import Page, Site, get_page_models

from .formats import direction
from .models import BasePage, Footer, FooterLink, FundingSigns, Header, HeaderLink, SiteSettings
from .models.reading import is_locked


class MenuItem(NamedTuple):
    """A link of a menu.

    ``current`` is the value of aria-current, ``language`` that of a title that is not in
    the language of the menu (WCAG 2.2, 3.1.2); both are empty elsewhere.
    """

    href: str
    label: str
    current: str = ""
    language: str = ""


class LanguageLink(NamedTuple):
    """The way to another language; without a translation ``url`` is None and ``home_url`` is offered."""

    code: str
    name: str
    direction: str
    url: str | None
    home_url: str
    is_current: bool

    @property
    def href(self) -> str:
        return self.url or self.home_url


def menu_titles(prefix: str = ""):
    """Return an expression with the short title of a page of any type, read without a query for each.

    ``prefix`` leads to the page, for example ``page__``.
    """
    types = [model for model in get_page_models() if issubclass(model, BasePage)]
    return Coalesce(*(F(f"{prefix}{model._meta.model_name}__short_title") for model in types), Value(""))


class NewerOriginal(NamedTuple):
    """What a translation was made from, which says something else by now; ``since`` may be unknown."""

    link: LanguageLink
    since: datetime.date | None


class Frame:
    """Everything around a page, each part read when a template first asks for it.

    Works without a page as well: for search results and for pages that were not found.
    """

    def __init__(self, request: HttpRequest, page: Page | None = None):
        self.request = request
        self.page = page

    @cached_property
    def language(self) -> str:
        return self.page.locale.language_code if self.page else get_language() or settings.LANGUAGE_CODE

    @cached_property
    def direction(self) -> str:
        return direction(self.language)

    @cached_property
    def site(self) -> Site | None:
        return Site.find_for_request(self.request)

    @cached_property
    def settings(self) -> SiteSettings:
        return SiteSettings.for_request(self.request) if self.site else SiteSettings()

    @cached_property
    def has_own_colours(self) -> bool:
        defaults = SiteSettings()
        return (self.settings.hue, self.settings.hue_accent) != (defaults.hue, defaults.hue_accent)

    @cached_property
    def header(self) -> Header:
        return self._header_links[0].header if self._header_links else self._lonely(Header)

    @cached_property
    def footer(self) -> Footer:
        return self._footer_links[0].footer if self._footer_links else self._lonely(Footer)

    @cached_property
    def menu(self) -> list[MenuItem]:
        return self._items(self._header_links)

    @cached_property
    def footer_menu(self) -> list[MenuItem]:
        return self._items(self._footer_links)

    @cached_property
    def _header_links(self):
        return list(self._links(HeaderLink, "header"))

    @cached_property
    def _footer_links(self):
        return list(self._links(FooterLink, "footer"))

    def _links(self, model, owner: str):
        mine = model.objects.filter(**{f"{owner}__locale__language_code": self.language})
        return (
            mine.select_related(owner, "page__locale")
            .annotate(page_short_title=menu_titles("page__"))
            .order_by("sort_order")
        )

    def _lonely(self, model):
        """Return the snippet of a language whose menu is still empty, else an unsaved one."""
        return model.objects.filter(locale__language_code=self.language).first() or model()

    def _items(self, links: Iterable) -> list[MenuItem]:
        pages = self._pages_of(links)
        shown = [link for link in links if not link.page_id or link.page_id in pages]
        return [self._item(link, pages.get(link.page_id)) for link in shown]

    def _pages_of(self, links: Iterable) -> dict[int, Page]:
        """Return the live pages that links lead to, by id, each in the menu's language where it is translated.

        A menu that was translated keeps the pages of its original until a translator changes them.
        """
        pages = {link.page_id: link.page for link in links if link.page_id}
        for link in links:
            if link.page_id:
                link.page.short_title_here = link.page_short_title
        foreign = {page.translation_key for page in pages.values() if page.locale.language_code != self.language}
        if foreign:
            live = Page.objects.live().filter(translation_key__in=foreign, locale__language_code=self.language)
            found = live.select_related("locale").annotate(short_title_here=menu_titles())
            translations = {page.translation_key: page for page in found}
            pages = {pk: translations.get(page.translation_key, page) for pk, page in pages.items()}
        return {pk: page for pk, page in pages.items() if page.live}

    def _item(self, link, page: Page | None) -> MenuItem:
        if page is None:
            return MenuItem(link.url, link.label)
        label = link.label or page.short_title_here or page.title
        is_foreign = not link.label and page.locale.language_code != self.language
        language = page.locale.language_code if is_foreign else ""
        return MenuItem(page.get_url(self.request) or "", label, self._current(page), language)

    def _current(self, target: Page) -> str:
        if self.page is None:
            return ""
        if target.pk == self.page.pk:
            return "page"
        is_section = target.path != self.home_path and self.page.path.startswith(target.path)
        return "true" if is_section else ""

    @property
    def home_path(self) -> str:
        return self.home.path if self.home else ""

    @cached_property
    def _pages_around(self) -> list[Page]:
        """Live translations of this page, the home page and the statement, and the pages above this one."""
        site = self.settings
        wanted = [self.page, self.site and self.site.root_page]
        wanted += [site.statement_page, site.easy_read_page, site.sign_language_page]
        keys = {page.translation_key for page in wanted if page}
        around = Q(translation_key__in=keys) | Q(path__in=self._paths_above)
        pages = Page.objects.live().filter(around, depth__gt=1).select_related("locale").order_by("path")
        return list(pages.annotate(short_title_here=menu_titles(), is_locked=is_locked()))

    @property
    def _paths_above(self) -> list[str]:
        path, length = (self.page.path if self.page else ""), Page.steplen
        return [path[:end] for end in range(length, len(path), length)]

    @cached_property
    def _translations(self) -> dict[tuple, Page]:
        return {(page.translation_key, page.locale.language_code): page for page in self._pages_around}

    def _translation(self, page: Page | None, language: str) -> Page | None:
        return self._translations.get((page.translation_key, language)) if page else None

    @cached_property
    def home(self) -> Page | None:
        """The home page of this language, else the site's."""
        root = self.site.root_page if self.site else None
        return self._translation(root, self.language) or root

    @property
    def home_url(self) -> str:
        return (self.home and self.home.get_url(self.request)) or "/"

    @property
    def easy_read_url(self) -> str:
        """The easy-to-read text in this language, else its address elsewhere, else empty."""
        return self._page_or(self.settings.easy_read_page, self.settings.easy_read_url)

    @property
    def sign_language_url(self) -> str:
        """The recording in sign language, likewise."""
        return self._page_or(self.settings.sign_language_page, self.settings.sign_language_url)

    def _page_or(self, page: Page | None, address: str) -> str:
        here = self._translation(page, self.language)
        return (here and here.get_url(self.request)) or address

    @cached_property
    def funding(self) -> FundingSigns | None:
        """The signs of funding of this page, else those of the site."""
        return getattr(self.page, "funding_signs", None) or self.settings.funding

    @cached_property
    def statement_url(self) -> str:
        """The accessibility statement in this language, empty if there is none."""
        page = self._translation(self.settings.statement_page, self.language)
        return (page and page.get_url(self.request)) or ""

    @property
    def statement_address(self) -> str:
        """The same with scheme and host, for those who read the head of a page by program."""
        return self.statement_url and self.request.build_absolute_uri(self.statement_url)

    @property
    def home_address(self) -> str:
        return self.request.build_absolute_uri(self.home_url)

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """Every language with a live home page, in the order of the settings."""
        links = (self._language_link(code, name) for code, name in settings.LANGUAGES)
        return [link for link in links if link]

    @property
    def alternates(self) -> list[LanguageLink]:
        """The languages in which everybody can read this page."""
        return [link for link in self.languages if link.url and not self._is_locked_in(link.code)]

    def _is_locked_in(self, code: str) -> bool:
        return getattr(self._translation(self.page, code), "is_locked", False)

    def _language_link(self, code: str, name: str) -> LanguageLink | None:
        home = self._translation(self.site.root_page if self.site else None, code)
        is_current = code == self.language
        if not (home or is_current):
            return None
        home_url = (home and home.get_url(self.request)) or "/"
        return LanguageLink(code, name, direction(code), self._url_in(code, is_current), home_url, is_current)

    @cached_property
    def newer_original(self) -> NewerOriginal | None:
        """The version that this page was translated from, if it changed since.

        A plugin that keeps translations answers by the hook ``find_newer_original``.
        """
        others = {link.code: link for link in self.languages if link.url and not link.is_current}
        if not self.page or not others or self.page.alias_of_id:
            return None
        finders = hooks.get_hooks("find_newer_original")
        code, since = (finders[0](self.page) if finders else self._published_later()) or ("", None)
        return NewerOriginal(others[code], since) if code in others else None

    def _published_later(self) -> tuple[str, None] | None:
        """Without records of translation: the site's first language, if it was published after this page."""
        original = self._translation(self.page, settings.LANGUAGE_CODE)
        dates = (self.page.last_published_at, original and original.last_published_at)
        return (settings.LANGUAGE_CODE, None) if all(dates) and dates[0] < dates[1] else None

    def _url_in(self, code: str, is_current: bool) -> str | None:
        if self.page:
            page = self.page if is_current else self._translation(self.page, code)
            # A list keeps its filters in the other language, as far as they mean the same there.
            return page and f"{page.get_url(self.request)}{getattr(self.page, 'kept_query', '')}"
        match = getattr(self.request, "resolver_match", None)
        if match and match.url_name == "search":
            return translate_url(self.request.get_full_path(), code)
        return None

    @cached_property
    def trail(self) -> list[MenuItem]:
        """The way back from this page to the home page, this page last."""
        if not (self.page and self.home):
            return []
        ancestors = [page for page in self._pages_around if page.path in self._paths_above]
        ancestors = [page for page in ancestors if page.path.startswith(self.home_path)]
        links = [MenuItem(page.get_url(self.request), page.short_title_here or page.title) for page in ancestors]
        return [*links, MenuItem("", getattr(self.page, "menu_title", self.page.title), "page")]


def header_for(request: HttpRequest, page: Page | None = None) -> Header:
    """Return the header of the language of the page, or of the request."""
    return Frame(request, page).header


def footer_for(request: HttpRequest, page: Page | None = None) -> Footer:
    """Return the footer of the language of the page, or of the request."""
    return Frame(request, page).footer


def language_menu(page: Page | None, request: HttpRequest) -> list[LanguageLink]:
    """Return a link for each language; its ``url`` is None where the page is not translated."""
    return Frame(request, page).languages
