"""The search itself: ``find()`` answers the site's search page and whoever asks from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from wagtail.models import Locale

from pages.models import Programme

from . import matching, results
from .matching import Matches, Term
from .models import Entry, Kind
from .promotions import promotions
from .queries import Query, parse
from .results import Result
from .suggestions import suggestion

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
    #: Options by the name of the facet; a facet with nothing to choose is left out.
    facets: dict[str, list[Option]] = field(default_factory=dict)
    suggestion: str = ""
    elsewhere: list[Elsewhere] = field(default_factory=list)


def find(
    query: str, language: str, facets: Facets | None = None, page: int | str = 1, request: HttpRequest | None = None
) -> Found:
    """Return what everybody may see of published pages and documents in ``language``.

    Whatever is typed is a query. A wrong page number means the nearest one; a facet that
    does not exist is left out. ``request`` makes addresses fit the site that is asked.
    """
    asked = parse(query)
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    if not asked or language not in locales:
        return Found(asked.text, language)
    return _Search(asked, locales[language], list(locales.values()), facets or Facets()).found(page, request)


class _Search:
    """One query on its way through the index."""

    def __init__(self, query: Query, locale: Locale, locales: list[Locale], facets: Facets):
        self.query = query
        self.locale = locale
        self.language = locale.language_code
        # Languages that the site no longer has keep their pages, but have no address.
        self.others = [
            other for other in locales if other != locale and other.language_code in dict(settings.LANGUAGES)
        ]
        self.terms = matching.terms(query, [locale, *self.others])
        self.may_see = matching.visible()
        self.facets = self._valid(facets)

    @property
    def own_terms(self) -> list[Term]:
        return self.terms[self.locale.pk]

    def found(self, page: int | str, request: HttpRequest | None) -> Found:
        matches, is_loose = self._matches()
        picks = [] if self.facets.chosen else promotions(self.query, self.locale)
        ranks = _without(self._narrowed(matches).ranks(), [pick.page_id for pick in picks])
        listed = matching.in_order(ranks, self.query, self.language)
        shown = Paginator(listed, RESULTS_ON_A_PAGE).get_page(page)
        stems = {stem for term in self.own_terms for stem in term.stems}
        return Found(
            query=self.query.text,
            language=self.language,
            total=len(listed) + len(picks),
            page=shown.number,
            pages=shown.paginator.num_pages,
            results=results.told(list(shown), picks if shown.number == 1 else [], stems, self.language, request),
            is_loose=is_loose and bool(matches),
            facets=self._options(matches),
            suggestion="" if matches and not is_loose else self._suggestion(),
            elsewhere=self._elsewhere(),
        )

    def _matches(self) -> tuple[Matches, bool]:
        """Return the matches of all words; where there are none, those of some words, and that it is so."""
        wanted = self.own_terms
        if matches := matching.with_all(self.locale.pk, wanted, self.query, self.may_see):
            return matches, False
        if len(wanted) < 2 or self.query.phrases:
            return Matches(), False
        return matching.with_some(self.locale.pk, wanted, self.may_see), True

    def _valid(self, facets: Facets) -> Facets:
        programme = None
        if facets.programme:
            # The language menu keeps the address, so the number may be that of a translation.
            keys = Programme.objects.filter(pk=facets.programme).values("translation_key")
            same = Programme.objects.filter(translation_key__in=keys, locale=self.locale)
            programme = same.values_list("pk", flat=True).first()
        kind = facets.kind if facets.kind in Kind.values else None
        return Facets(kind, facets.year, programme)

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

    def _suggestion(self) -> str:
        text = suggestion(self.query, self.own_terms, self.locale)
        if not text:
            return ""
        meant = parse(text)
        wanted = matching.terms(meant, [self.locale])[self.locale.pk]
        # What only a private page says is not offered.
        return text if matching.with_all(self.locale.pk, wanted, meant, self.may_see) else ""

    def _elsewhere(self) -> list[Elsewhere]:
        counts = [
            Elsewhere(
                other.language_code,
                len(matching.with_all(other.pk, self.terms[other.pk], self.query, self.may_see)),
            )
            for other in self.others
        ]
        order = list(dict(settings.LANGUAGES))
        return sorted((one for one in counts if one.count), key=lambda one: order.index(one.language))


def _without(ranks: dict[int, int], pages: Iterable[int | None]) -> dict[int, int]:
    if promoted := [page for page in pages if page]:
        for entry in Entry.objects.filter(page__in=promoted).values_list("pk", flat=True):
            ranks.pop(entry, None)
    return ranks


def _named_programmes(ids: Iterable[int]) -> list[tuple[int, str]]:
    programmes = Programme.objects.filter(pk__in=list(ids)) if ids else []
    return [(programme.pk, programme.short_name or programme.name) for programme in programmes]


def facets_of(values: dict[str, str]) -> Facets:
    """Return the facets written in an address; what is no number of a sensible size counts as not chosen."""
    return Facets(values.get("kind") or None, _number(values.get("year")), _number(values.get("programme")))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None
