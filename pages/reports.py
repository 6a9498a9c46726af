"""A report of the admin whose rows are given their words late: once for the screen, row by row for a file."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.middleware.csrf import get_token
from django.utils import translation
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

ROWS_AT_ONCE = 500


class ToldReportView(ReportView):
    """A report that shows and exports what ``tell`` makes of its rows."""

    table_classname = "listing told-report"

    def tell(self, rows: Iterable) -> Iterator:
        """Yield each row with the words that the columns and the export name."""
        raise NotImplementedError

    def get_table(self, object_list):
        return super().get_table(list(self.tell(object_list)))

    def stream_csv(self, queryset):
        # The file is sent after Wagtail has left the language of the person who asked for it.
        return _in_language(translation.get_language(), super().stream_csv(_Told(self, queryset)))

    def write_xlsx(self, queryset, output):
        return super().write_xlsx(_Told(self, queryset), output)


class ButtonColumn(Column):
    """A button in every row; its template has ``{% csrf_token %}``, which Wagtail's cells are rendered without."""

    class Media:
        css = {"all": ["pages/report.css"]}

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"csrf_token": get_token(parent_context["request"])}


def _in_language(language: str, lines: Iterator) -> Iterator:
    with translation.override(language):
        yield from lines


class _Told:
    """Rows with their words, read in portions; Wagtail asks for the model too."""

    def __init__(self, view: ToldReportView, queryset: QuerySet):
        self.view, self.queryset, self.model = view, queryset, queryset.model

    def __iter__(self):
        yield from self.view.tell(self.queryset.iterator(chunk_size=ROWS_AT_ONCE))
