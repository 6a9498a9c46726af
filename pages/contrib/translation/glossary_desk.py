"""The glossary in the admin: a list with a form, out as a table and in from one."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from .glossary_files import COLUMNS, MAX_BYTES, DamagedGlossary, import_csv
from .in_language import in_language, own_name
from .models import GlossaryTerm


class GlossaryIndex(generic.IndexView):
    list_export = list(COLUMNS.values())
    export_headings = {field: column for column, field in COLUMNS.items()}
    export_filename = "glossary"

    @property
    def header_buttons(self):
        buttons = list(super().header_buttons)
        if self.add_url:
            address = reverse("glossary:import")
            buttons.append(HeaderButton(_("Import a table"), url=address, icon_name="upload"))
        return buttons

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("source_locale", "target_locale")


class GlossaryViewSet(ModelViewSet):
    model = GlossaryTerm
    name = "glossary"
    url_prefix = "translations/glossary"
    icon = "openquote"
    index_view_class = GlossaryIndex
    add_to_reference_index = False
    search_fields = ["term", "target", "forbidden", "note"]
    list_filter = ["source_locale", "target_locale", "do_not_translate"]
    list_per_page = 50
    list_display = [
        TitleColumn(
            "term",
            label=gettext_lazy("Term"),
            accessor=lambda entry: in_language(entry.term, entry.source_locale.language_code),
            url_name="glossary:edit",
            sort_key="term",
        ),
        Column(
            "wanted",
            label=gettext_lazy("Translation"),
            accessor=lambda entry: in_language(
                entry.wanted,
                (entry.source_locale if entry.do_not_translate else entry.target_locale).language_code,
            ),
        ),
        Column("source_locale", label=gettext_lazy("From"), accessor=lambda entry: own_name(entry.source_locale)),
        Column("target_locale", label=gettext_lazy("Into"), accessor=lambda entry: own_name(entry.target_locale)),
        BooleanColumn("do_not_translate", label=gettext_lazy("Not translated")),
    ]
    panels = GlossaryTerm.panels

    @property
    def import_view(self):
        def view(request):
            if not self.permission_policy.user_has_permission(request.user, "add"):
                raise PermissionDenied
            return import_table(request)

        return view

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("import/", self.import_view, name="import")]


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Table (CSV)"),
        help_text=gettext_lazy(
            "As “Download CSV” writes it. The first line names the columns; terms that are there already are changed."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than %(number)s MB.") % {"number": MAX_BYTES // 2**20})
        return file


def import_table(request):
    """Show the form, take a table over, or say line by line what to mend in it."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = import_csv(form.cleaned_data["file"].read())
        except DamagedGlossary as error:
            form.add_error("file", list(error.complaints))
        else:
            messages.success(
                request, ngettext("%(count)s term taken over.", "%(count)s terms taken over.", count) % {"count": count}
            )
            return redirect("glossary:index")
    context = {"form": form, "columns": COLUMNS}
    return render(request, "translation/glossary/import.html", context, status=400 if form.errors else 200)


glossary_viewset = GlossaryViewSet()
