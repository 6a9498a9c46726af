"""The report of pages to review, and the button that says a page is still true."""

from __future__ import annotations

import datetime

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.forms import RadioSelect
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, LocaleColumn, TitleColumn, UserColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.coreutils import get_content_type_label
from wagtail.models import Locale, Page, get_page_content_types
from wagtail.permissions import policy_registry

from pages.reports import ButtonColumn, ToldReportView

from .due import reviewed_models, with_due_dates
from .models import ReviewSettings
from .reviewing import mark_reviewed

SOON_DAYS = 30


def pages_for(user):
    """Pages with a date of review that this person may edit, with whom and what the report names."""
    policy = policy_registry.get_by_type(Page)
    editable = policy.instances_user_has_any_permission_for(user, {"change", "publish"})
    pages = with_due_dates().filter(pk__in=editable.values("pk"))
    return pages.select_related("owner", "owner__wagtail_userprofile", "content_type")


class OwnerField(django_filters.fields.ModelChoiceField):
    def label_from_instance(self, user):
        return get_user_display_name(user)


class OwnerFilter(django_filters.ModelChoiceFilter):
    field_class = OwnerField


def _owners(request):
    return get_user_model()._default_manager.filter(pk__in=Page.objects.order_by().values("owner_id"))


class ReviewFilterSet(WagtailFilterSet):
    when = django_filters.ChoiceFilter(
        label=gettext_lazy("When"),
        choices=[("soon", gettext_lazy("Due within 30 days")), ("all", gettext_lazy("All pages"))],
        method="by_day",
        widget=RadioSelect,
        empty_label=None,
        null_label=gettext_lazy("Due"),
        null_value=None,
    )
    owner = OwnerFilter(label=gettext_lazy("Owner"), queryset=_owners)
    content_type = ContentTypeFilter(
        label=gettext_lazy("Type"), queryset=lambda request: get_page_content_types(include_base_page_type=False)
    )

    class Meta:
        model = Page
        fields = ["when", "owner", "content_type"]

    def filter_queryset(self, queryset):
        # Nothing chosen means what is due, so the bound is set whether or not the field was filled in.
        days = {"soon": SOON_DAYS, "all": None}.get(self.form.cleaned_data.get("when") or "", 0)
        if days is not None:
            queryset = queryset.filter(due_on__lte=timezone.localdate() + datetime.timedelta(days=days))
        return super().filter_queryset(queryset)

    def by_day(self, queryset, name, value):
        return queryset


class ReviewedColumn(ButtonColumn):
    """The button that says a page is still true."""

    cell_template_name = "reviews/reviewed_cell.html"


class PagesToReviewView(ToldReportView):
    """Pages that are due, by owner, language and type; pages to come on request."""

    page_title = gettext_lazy("Pages to review")
    header_icon = "date"
    index_url_name = "reviews:report"
    index_results_url_name = "reviews:report_results"
    filterset_class = ReviewFilterSet
    model = Page
    verbose_name_plural = gettext_lazy("pages")
    any_permission_required = ["add", "change", "publish"]
    default_ordering = "due_on"
    export_filename = "pages-to-review"
    list_export = [
        *("shown_title", "language", "type_name", "owner_name"),
        *("latest_revision_created_at", "review_on", "due_on", "overdue_days", "edit_url"),
    ]
    export_headings = {
        "shown_title": gettext_lazy("Page"),
        "language": gettext_lazy("Language"),
        "type_name": gettext_lazy("Type"),
        "owner_name": gettext_lazy("Owner"),
        "latest_revision_created_at": gettext_lazy("Last change"),
        "review_on": gettext_lazy("Date of its own"),
        "due_on": gettext_lazy("Due on"),
        "overdue_days": gettext_lazy("Days overdue"),
        "edit_url": gettext_lazy("To the editor"),
    }
    columns = [
        TitleColumn("shown_title", label=gettext_lazy("Page"), get_url=lambda page: page.edit_url, sort_key="title"),
        LocaleColumn(label=gettext_lazy("Language")),
        Column("type_name", label=gettext_lazy("Type")),
        UserColumn("owner", label=gettext_lazy("Owner"), sort_key="owner__username"),
        DateColumn(
            "latest_revision_created_at", label=gettext_lazy("Last change"), sort_key="latest_revision_created_at"
        ),
        Column("due_words", label=gettext_lazy("Due on"), sort_key="due_on"),
        Column("overdue_words", label=gettext_lazy("Overdue")),
        ReviewedColumn("reviewed", label=gettext_lazy("Still true?")),
    ]

    def get_base_queryset(self):
        return pages_for(self.request.user)

    def order_queryset(self, queryset):
        return super().order_queryset(queryset).order_by(self.ordering, "pk")

    def filter_queryset(self, queryset):
        if self.filters and self.filters.is_valid():
            return self.filters.filter_queryset(queryset)
        return queryset.filter(due_on__lte=timezone.localdate())

    def tell(self, rows):
        return tell(rows)

    @cached_property
    def no_results_message(self):
        return _("No page matches.") if self.is_filtering else _("No page is due.")


def tell(pages):
    """Give each page the words of the report, in the language of who reads it."""
    languages = {locale.pk: locale.get_display_name() for locale in Locale.objects.all()}
    today = timezone.localdate()
    for page in pages:
        page.shown_title = page.get_admin_display_title()
        page.language = languages.get(page.locale_id, "")
        page.type_name = get_content_type_label(page.content_type)
        page.owner_name = get_user_display_name(page.owner) if page.owner else ""
        page.overdue_days = max(0, (today - page.due_on).days)
        page.due_words = date_format(page.due_on, "DATE_FORMAT")
        page.overdue_words = overdue(page.overdue_days)
        page.edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        yield page


def overdue(days: int) -> str:
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days} if days else ""


class ReviewedForm(forms.Form):
    next_on = forms.DateField(
        label=gettext_lazy("Next review on"),
        widget=AdminDateInput,
        help_text=gettext_lazy("When somebody should look at the page again."),
    )

    def clean_next_on(self):
        if self.cleaned_data["next_on"] <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day to come."))
        return self.cleaned_data["next_on"]


class ReviewedView(WagtailAdminTemplateMixin, FormView):
    """Ask for the day of the next review; the report sends it along, so that one click is enough there."""

    template_name = "reviews/reviewed.html"
    form_class = ReviewedForm
    page_title = gettext_lazy("Reviewed")
    header_icon = "check"

    def dispatch(self, request, *args, pk, **kwargs):
        self.page = get_object_or_404(Page.objects.live().select_related("locale"), pk=pk)
        if not may_review(self.page, request.user):
            raise PermissionDenied
        if self.page.alias_of_id:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_initial(self):
        return {"next_on": ReviewSettings.load(self.request).next_review()}

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.request.method == "POST" and "next_on" not in self.request.POST:
            kwargs["data"] = {"next_on": self.get_initial()["next_on"].isoformat()}
        return kwargs

    def form_valid(self, form):
        next_on = form.cleaned_data["next_on"]
        mark_reviewed(self.page, self.request.user, next_on)
        words = {"page": self.page.get_admin_display_title(), "day": date_format(next_on, "DATE_FORMAT")}
        messages.success(self.request, _("“%(page)s” is reviewed. It is due again on %(day)s.") % words)
        return redirect(self.next_url)

    @property
    def next_url(self) -> str:
        target = self.request.POST.get("next") or self.request.GET.get("next") or ""
        secure = self.request.is_secure()
        is_ours = url_has_allowed_host_and_scheme(target, {self.request.get_host()}, require_https=secure)
        return target if is_ours else reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"page": self.page, "next_url": self.next_url}


def may_review(page: Page, user) -> bool:
    """Who may edit the page may say that it is still true."""
    is_ours = page.specific_class in reviewed_models()
    return is_ours and page.permissions_for_user(user).can_edit()
