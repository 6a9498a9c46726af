"""The list of documents in the admin, with a column that says how accessible each is."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.documents.views.documents import IndexView

from .models import Reading


class ReadingColumn(Column):
    cell_template_name = "readable/cell.html"

    def get_value(self, instance):
        return instance.reading


class Documents(IndexView):
    @cached_property
    def columns(self):
        columns = super().columns
        return [*columns[:-1], ReadingColumn("reading", label=_("Accessibility")), columns[-1]]

    def decorate_paginated_queryset(self, object_list):
        documents = super().decorate_paginated_queryset(object_list)
        ids = [document.pk for document in documents]
        known = {one.document_id: one for one in Reading.objects.filter(document__in=ids).defer("html", "text")}
        for document in documents:
            reading = known.get(document.pk)
            document.reading = reading if reading and reading.checksum == document.checksum else None
        return documents
