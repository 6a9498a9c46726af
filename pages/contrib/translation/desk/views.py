"""The desk: every page and snippet by language, what matters first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Min, OuterRef, Subquery, Sum
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.coreutils import get_content_type_label
from wagtail.models import Locale, Page

from pages.reports import ROWS_AT_ONCE, ToldReportView

from ..in_language import in_language, own_name
from ..models import DeskCell, DeskSource, State
from .asked import who
from .filters import DeskFilterSet


class LanguageColumn(Column):
    """What stands in one language: the state in words, how much is left, and the way to work on it."""

    cell_template_name = "translation/desk/cell.html"

    def __init__(self, locale: Locale):
        super().__init__(f"language_{locale.pk}", label=own_name(locale))
        self.locale = locale

    class Media:
        css = {"all": ["pages/report.css", "translation/desk.css"]}

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        cell = instance.by_locale.get(self.locale.pk)
        return context | {"cell": cell, "language": self.locale, "is_source": self.locale.pk == instance.locale_id}


class DeskView(ToldReportView):
    """A matrix of sources by language."""

    page_title = gettext_lazy("Translations")
    header_icon = "wagtail-localize-language"
    index_url_name = "translation:desk"
    index_results_url_name = "translation:desk_results"
    results_template_name = "translation/desk/results.html"
    filterset_class = DeskFilterSet
    model = DeskSource
    verbose_name_plural = gettext_lazy("pages and snippets")
    default_ordering = "urgency"
    paginate_by = 25
    export_filename = "translations"
    is_searchable = True
    search_fields = ["title"]

    def user_has_permission(self, permission):
        """The desk shows what the site says anyway, so everybody who may enter the admin sees all of it."""
        return self.request.user.has_perm("wagtailadmin.access_admin")

    user_has_any_permission = user_has_permission
    permission_required = "view"

    @cached_property
    def locales(self) -> list[Locale]:
        """The languages of the columns: all, or the one that was chosen."""
        chosen = self.request.GET.get("language")
        return [locale for locale in self.filters.locales if locale.language_code == chosen] or self.filters.locales

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "title",
                label=gettext_lazy("Title"),
                accessor=lambda row: in_language(row.title, row.locale.language_code),
                get_url=lambda row: row.edit_url,
                sort_key="title",
            ),
            Column("type_name", label=gettext_lazy("Type")),
            Column("words", label=gettext_lazy("Words"), sort_key="words"),
            *(LanguageColumn(locale) for locale in self.locales),
        ]

    def get_base_queryset(self):
        return DeskSource.objects.select_related("content_type", "locale")

    def order_queryset(self, queryset):
        cells = DeskCell.objects.filter(self.filters.wanted_cells, source=OuterRef("pk"))
        most_urgent = cells.order_by().values("source").annotate(most=Min("urgency")).values("most")
        queryset = super().order_queryset(queryset.annotate(urgency=Subquery(most_urgent)))
        return queryset.order_by(self.ordering, *(["title"] if self.ordering == "urgency" else []), "pk")

    def tell(self, rows: Iterable[DeskSource]) -> Iterator[DeskSource]:
        rows = iter(rows)
        while portion := list(islice(rows, ROWS_AT_ONCE)):
            yield from _told(portion, self.locales)

    @cached_property
    def list_export(self):
        each = ("state", "changed", "words_left", "deadline", "who", "address")
        return [
            *("title", "type_name", "language", "words", "edit_url"),
            *(f"{name}_{locale.pk}" for locale in self.locales for name in each),
        ]

    @cached_property
    def export_headings(self):
        headings = {
            "title": _("Title"),
            "type_name": _("Type"),
            "language": _("Language of the source"),
            "words": _("Words"),
            "edit_url": _("To the editor"),
        }
        names = {
            "state": _("%(language)s: state"),
            "changed": _("%(language)s: segments left"),
            "words_left": _("%(language)s: words left"),
            "deadline": _("%(language)s: deadline"),
            "who": _("%(language)s: person"),
            "address": _("%(language)s: to the translation"),
        }
        for locale in self.locales:
            for name, words in names.items():
                headings[f"{name}_{locale.pk}"] = words % {"language": locale.get_display_name()}
        return headings

    @cached_property
    def no_results_message(self):
        if self.is_filtering or self.is_searching:
            return _("Nothing matches. Choose another language or state.")
        return _("There is nothing to translate yet: publish a page first.")

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        if not self.is_export:
            context["totals"] = self._totals()
            context["shown_query"] = self._shown_translations(context["table"].data)
        return context

    def _shown_translations(self, rows: list[DeskSource]) -> str:
        """Name the translations on this page of the list for an address, once it shows one language only."""
        if len(self.locales) > 1:
            return ""
        cells = [row.by_locale.get(self.locales[0].pk) for row in rows]
        ids = [str(cell.translation_id) for cell in cells if cell and cell.translation_id]
        return f"translation={'-'.join(ids)}" if ids else ""

    def _totals(self) -> list[dict]:
        """Return what is left in each language, over the whole site."""
        to_do = DeskCell.objects.filter(source__is_live=True, locale__in=self.locales).exclude(words_left=0)
        rows = to_do.order_by().values("locale").annotate(pages=Count("pk"), words=Sum("words_left"))
        by_locale = {row["locale"]: row for row in rows}
        return [
            {"language": own_name(locale), **by_locale[locale.pk]} for locale in self.locales if locale.pk in by_locale
        ]


def _told(rows: list[DeskSource], locales: list[Locale]) -> list[DeskSource]:
    """Give each row its words and its cells, in one query for all."""
    names = {locale.pk: locale.get_display_name() for locale in locales}
    by_source: dict[int, dict[int, DeskCell]] = {row.pk: {} for row in rows}
    cells = DeskCell.objects.filter(source__in=by_source, locale__in=names)
    for cell in cells.select_related("request__person__wagtail_userprofile", "request__team"):
        by_source[cell.source_id][cell.locale_id] = cell
    for row in rows:
        row.by_locale = by_source[row.pk]
        row.type_name = get_content_type_label(row.content_type)
        row.language = row.locale.get_display_name()
        row.edit_url = edit_url(row.content_type, row.object_id)
        for pk in names:
            cell = row.by_locale.get(pk)
            if cell:
                cell.address = _address(row, cell)
                cell.words = words_of(cell)
                cell.deadline = cell.request.deadline if cell.request else None
                cell.who = who(cell.request) if cell.request else ""
            for name in ("changed", "words_left", "deadline", "who", "address"):
                told = getattr(cell, name) if cell else None
                setattr(row, f"{name}_{pk}", "" if told is None else told)
            setattr(row, f"state_{pk}", cell.get_state_display() if cell else "")
    return rows


def words_of(cell: DeskCell) -> str:
    """Return the state in one phrase: "outdated (3 segments changed)"."""
    if cell.state == State.OUTDATED and cell.changed:
        return ngettext(
            "outdated (%(count)s segment changed)", "outdated (%(count)s segments changed)", cell.changed
        ) % {"count": cell.changed}
    if cell.state == State.OUTDATED:
        return _("outdated (to be published anew)")
    if cell.state == State.IN_TRANSLATION:
        return _("in translation (%(done)s of %(all)s segments)") % {"done": cell.done, "all": cell.segments}
    return str(cell.get_state_display())


def _address(row: DeskSource, cell: DeskCell) -> str:
    """Return where this translation is worked on; for a missing one, where it is begun."""
    if cell.target_id:
        return edit_url(row.content_type, cell.target_id)
    if row.page_id:
        return reverse("wagtail_localize:submit_page_translation", args=[row.page_id])
    kind = row.content_type
    return reverse("wagtail_localize:submit_snippet_translation", args=[kind.app_label, kind.model, row.object_id])


def edit_url(content_type: ContentType, pk: str) -> str:
    """Return the address of the editor of a page or snippet; empty where a snippet has none."""
    model = content_type.model_class()
    if model and issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[pk])
    try:
        return reverse(model.snippet_viewset.get_url_name("edit"), args=[pk])
    except (AttributeError, NoReverseMatch):
        return ""
