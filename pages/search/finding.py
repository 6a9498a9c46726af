"""The search itself: ``find()`` answers the site's search page and whoever asks from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest

from pages.models import Programme

from . import matching, results, suggestions
from .matching import Matches, Sought
from .models import Kind
from .promotions import fitting, promoted
from .queries import Query, parse
from .results import Result
from .terms import words_of
from .together import Part, part

RESULTS_ON_A_PAGE = 10


@dataclass(frozen=True)
class Facets:
    """What the results are narrowed to; ``programme`` is the number of a programme in any language."""

    kind: str | None = None
    year: int | None = None
    programme: int | None = None

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if value is not None}


@dataclass
class Option:
    """A value of a facet, and how many results it would leave."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass
class Elsewhere:
    """How many results the same words have in another language."""

    language: str
    count: int


@dataclass
class Found:
    """The answer to a query."""

    query: str
    language: str
    #: How many results there are in all, promoted ones included, and on how many pages.
    total: int = 0
    page: int = 1
    pages: int = 1
    results: list[Result] = field(default_factory=list)
    #: Not all of the words were found together, so these are results for some of them.
    is_loose: bool = False
    suggestion: str = ""
    elsewhere: list[Elsewhere] = field(default_factory=list)
    offer: Callable[[], dict[str, list[Option]]] = dict

    @cached_property
    def facets(self) -> dict[str, list[Option]]:
        """Options by the name of the facet, read when asked for; a facet with nothing to choose is left out."""
        return self.offer()


def find(
    query: str, language: str, facets: Facets | None = None, page: int | str = 1, request: HttpRequest | None = None
) -> Found:
    """Return what everybody may see of published pages and documents in ``language``.

    Whatever is typed is a query. A wrong page number means the nearest one; a facet that
    does not exist is left out. ``request`` makes addresses fit the site that is asked.
    """
    asked = parse(query)
    # Languages that the site no longer has keep their pages, but have no address.
    if not asked or language not in dict(settings.LANGUAGES):
        return Found(asked.text, language)
    search = _Search(asked, language, facets or Facets())
    return search.found(page, request) if language in search.words else Found(asked.text, language)


def entries_with(typed: str, language: str) -> list[int]:
    """Return what everybody may see of the entries that hold all that was typed, in no order."""
    query = parse(typed)
    words, (locked,) = words_of(query, [language], matching.locked_paths())
    if language not in words:
        return []
    sought = Sought(*words[language], query.phrases)
    (found,) = matching.matches([sought], matching.visible(path for (path,) in locked))
    return list(chain.from_iterable(found.entries.values()))


class _Search:
    """One query on its way through the index."""

    def __init__(self, query: Query, language: str, facets: Facets):
        self.query = query
        self.language = language
        also = (matching.locked_paths(), promoted(language), _programmes(facets.programme, language))
        self.words, (locked, picks, programmes) = words_of(query, dict(settings.LANGUAGES), *also)
        self.may_see = matching.visible(path for (path,) in locked)
        kind = facets.kind if facets.kind in Kind.values else None
        self.facets = Facets(kind, facets.year, next((pk for (pk,) in programmes), None))
        self.picks = [] if self.facets.chosen else fitting(picks, query, language)

    def found(self, page: int | str, request: HttpRequest | None) -> Found:
        own = self.words[self.language]
        mended, meant = suggestions.meant(self.query, own, self.language)
        others = [code for code in dict(settings.LANGUAGES) if code in self.words and code != self.language]
        typed, better, *elsewhere = matching.matches(
            [self._typed, Sought(own.locale, meant, parse(mended).phrases), *map(self._all_in, others)], self.may_see
        )
        matches, is_loose = self._or_some(typed)
        listed = self._in_order(matches)
        shown = Paginator(listed, RESULTS_ON_A_PAGE).get_page(page)
        picks = self.picks if shown.number == 1 else []
        stems = {stem for term in own.terms for stem in term.stems}
        return Found(
            query=self.query.text,
            language=self.language,
            total=len(listed) + len(self.picks),
            page=shown.number,
            pages=shown.paginator.num_pages,
            results=results.told(list(shown), picks, stems, self.language, request),
            is_loose=is_loose and bool(matches),
            # What only a private page says is not offered.
            suggestion=mended if better else "",
            elsewhere=[Elsewhere(code, len(some)) for code, some in zip(others, elsewhere, strict=True) if some],
            offer=partial(self._options, matches),
        )

    def _all_in(self, language: str) -> Sought:
        return Sought(*self.words[language], self.query.phrases)

    @property
    def _some(self) -> Sought:
        return Sought(*self.words[self.language], needs_all=False)

    @property
    def _typed(self) -> Sought:
        """Return all that was typed; some of it, where it is known that nothing holds all."""
        own = self._all_in(self.language)
        return own if own.is_possible or not self._may_be_loose else self._some

    @property
    def _may_be_loose(self) -> bool:
        return len(self.words[self.language].terms) > 1 and not self.query.phrases

    def _or_some(self, typed: Matches) -> tuple[Matches, bool]:
        """Return the matches of what was typed, or, where there are none, of some words; and whether it is so."""
        if not self._typed.needs_all:
            return typed, True
        if typed or not self._may_be_loose:
            return typed, False
        return matching.matches([self._some], self.may_see)[0], True

    def _in_order(self, matches: Matches) -> list[int]:
        """Return what stands below the promoted results."""
        ranks = self._narrowed(matches).ranks()
        for pick in self.picks:
            ranks.pop(pick.entry, None)
        return matching.in_order(ranks, self.query, self.language)

    def _narrowed(self, matches: Matches, without: str = "") -> Matches:
        return matches.narrowed({name: value for name, value in self.facets.chosen.items() if name != without})

    def _options(self, matches: Matches) -> dict[str, list[Option]]:
        """Return what each facet offers among the results that the other facets leave."""
        counts = {name: self._narrowed(matches, name).counted(name) for name in ("kind", "year", "programme")}
        orders = {
            "kind": [(kind.value, str(kind.label)) for kind in Kind],
            "year": [(year, str(year)) for year in sorted(counts["year"], reverse=True)],
            "programme": _named_programmes(counts["programme"]),
        }
        options = {
            name: [
                Option(str(value), label, counts[name].get(value, 0), value == getattr(self.facets, name))
                for value, label in order
                if value in counts[name] or value == getattr(self.facets, name)
            ]
            for name, order in orders.items()
        }
        return {name: some for name, some in options.items() if len(some) > 1 or any(one.is_chosen for one in some)}


def _programmes(number: int | None, language: str) -> Part:
    """Ask for a programme in a language: the language menu keeps the address, so the number may be a translation's."""
    if not number:
        return Part()
    keys = Programme.objects.filter(pk=number).values("translation_key")
    same = Programme.objects.filter(translation_key__in=keys, locale__language_code=language)
    return part(same.values_list("pk"))


def _named_programmes(ids: Iterable[int]) -> list[tuple[int, str]]:
    programmes = Programme.objects.filter(pk__in=list(ids)) if ids else []
    return [(programme.pk, programme.short_name or programme.name) for programme in programmes]


def facets_of(values: dict[str, str]) -> Facets:
    """Return the facets written in an address; what is no number of a sensible size counts as not chosen."""
    return Facets(values.get("kind") or None, _number(values.get("year")), _number(values.get("programme")))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None
