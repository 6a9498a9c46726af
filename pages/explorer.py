"""Lists of pages in the admin: what editors see of news and workshops, and how they narrow a list down.

The explorer of a list of news shows the columns of news; "News articles" and "Workshops" in the menu show
those of the whole site, in all languages.
"""

import django_filters
from django import forms
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, LocaleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import ExplorableIndexView, GenericPageFilterSet, IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.models import Page, Revision, WorkflowState
from wagtail.permissions import policy_registry

from .models import NewsPage, Programme, WorkshopPage
from .models.patterns import is_pattern
from .patterns import AddFromPatternView

STATES = [
    ("live", _("Published")),
    ("changed", _("Published, with unpublished changes")),
    ("draft", _("Draft")),
    ("scheduled", _("Scheduled")),
    ("approval", _("Waits for approval")),
    ("returned", _("Returned for changes")),
    ("pattern", _("Pattern")),
]


def in_state(state):
    """Return the pages that have come so far."""
    approved = Revision.page_revisions.filter(
        approved_go_live_at__isnull=False, object_id=Cast(OuterRef("pk"), CharField())
    )
    conditions = {
        "live": Q(live=True),
        "changed": Q(live=True, has_unpublished_changes=True),
        "draft": Q(live=False) & ~is_pattern(),
        "pattern": is_pattern(),
        "scheduled": Q(Exists(approved)),
        "approval": Q(_workflow_states__status=WorkflowState.STATUS_IN_PROGRESS),
        "returned": Q(_workflow_states__status=WorkflowState.STATUS_NEEDS_CHANGES),
    }
    return Page.objects.filter(conditions[state])


class StateFilter(django_filters.ChoiceFilter):
    """How far a page has come."""

    def filter(self, pages, value):
        if not value:
            return pages
        # A subquery: the search can filter by a page's number, not by its workflow.
        return pages.filter(pk__in=in_state(value).values("pk"))


class ProgrammeFilter(django_filters.ModelChoiceFilter):
    """The programme, whatever language its name is in."""

    def filter(self, pages, programme):
        if programme is None:
            return pages
        found = pages.model.objects.filter(programme__translation_key=programme.translation_key)
        return pages.filter(pk__in=found.values("pk"))


class DaysFilter(django_filters.DateFromToRangeFilter):
    """A first and a last day, both included."""

    def __init__(self, **kwargs):
        super().__init__(widget=DateRangePickerWidget, **kwargs)

    def filter(self, pages, value):
        if not value:
            return pages
        return pages.filter(pk__in=super().filter(pages.model.objects.all(), value).values("pk"))


def state_filter():
    return StateFilter(label=_("State"), choices=STATES, empty_label=_("All"), widget=forms.RadioSelect)


class AnyPageFilterSet(GenericPageFilterSet):
    state = state_filter()


class StoryFilterSet(PageFilterSet):
    """What narrows a list of news or of workshops; the language comes with Wagtail."""

    state = state_filter()
    programme = ProgrammeFilter(
        label=_("Programme"),
        queryset=lambda request: Programme.objects.select_related("locale").order_by("name", "locale"),
        empty_label=_("All"),
    )
    review_on = DaysFilter(label=_("To be reviewed"), field_name="review_on")
    has_child_pages = None
    site = None


class NewsFilterSet(StoryFilterSet):
    date = DaysFilter(label=_("Date shown"), field_name="display_date")

    class Meta:
        model = NewsPage
        fields = []


class WorkshopFilterSet(StoryFilterSet):
    date = DaysFilter(label=_("First day"), field_name="starts_on")

    class Meta:
        model = WorkshopPage
        fields = []


class DayColumn(Column):
    """A day, written as the editor's language writes it."""

    def get_value(self, instance):
        day = super().get_value(instance)
        return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def story_columns(date_field, date_label):
    days = {"classname": "w-whitespace-nowrap"}
    return [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title", width="36%"),
        LocaleColumn(label=_("Language")),
        DayColumn(date_field, label=date_label, sort_key=date_field, **days),
        Column("programme", label=_("Programme")),
        DayColumn("review_on", label=_("To be reviewed"), sort_key="review_on", **days),
        DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]


def of_one_list(columns):
    """Leave the language out where all rows have the same."""
    return [column for column in columns if not isinstance(column, LocaleColumn)]


NEWS_COLUMNS = story_columns("display_date", _("Date shown"))
WORKSHOP_COLUMNS = story_columns("starts_on", _("First day"))


class StoriesMixin:
    """A list whose rows show a programme and a language, read for all rows at once."""

    def annotate_queryset(self, pages):
        return super().annotate_queryset(pages).prefetch_related("programme")


class StoryExplorer(StoriesMixin, ExplorableIndexView):
    """The children of a list of news or workshops; a search of the whole tree finds all languages."""

    @property
    def show_locale_labels(self):
        return self.is_searching_whole_tree


class AllStories(StoriesMixin, IndexView):
    """News or workshops of the whole site."""

    #: The language has a column of its own here.
    show_locale_labels = False

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": capfirst(self.model._meta.verbose_name_plural)}]


class PageOfSiteViewSet(PageViewSet):
    """Every type of page that has no view set of its own."""

    model = Page
    filterset_class = AnyPageFilterSet
    add_subpage_view_class = AddFromPatternView


class StoryViewSet(PageViewSet):
    """The explorer of a list, and how an entry of the list is begun."""

    index_view_class = StoryExplorer
    add_subpage_view_class = AddFromPatternView


class NewsViewSet(StoryViewSet):
    model = NewsPage
    columns = of_one_list(NEWS_COLUMNS)
    filterset_class = NewsFilterSet


class WorkshopViewSet(StoryViewSet):
    model = WorkshopPage
    columns = of_one_list(WORKSHOP_COLUMNS)
    filterset_class = WorkshopFilterSet


class ListForBeginning(ChooseParentView):
    """Ask in which list a new page shall stand, then offer the patterns of that list."""

    def get(self, request, *args, **kwargs):
        parents = self.get_valid_parent_pages(request.user).values_list("pk", flat=True)[:2]
        if len(parents) == 1:
            return redirect("wagtailadmin_pages:add_subpage", parents[0])
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        return redirect("wagtailadmin_pages:add_subpage", form.cleaned_data["parent_page"].pk)


class ForWhoeverEditsPages(MenuItem):
    """Shown to those who may do something with some page."""

    def is_shown(self, request):
        actions = AllStories.any_permission_required
        return policy_registry.get_by_type(Page).user_has_any_permission(request.user, actions)


class AllStoriesViewSet(PageListingViewSet):
    index_view_class = AllStories
    choose_parent_view_class = ListForBeginning
    add_to_admin_menu = True
    menu_item_class = ForWhoeverEditsPages


class AllNews(AllStoriesViewSet):
    name = "all_news"
    model = NewsPage
    icon = "doc-full"
    menu_label = _("News articles")
    menu_order = 110
    columns = NEWS_COLUMNS
    filterset_class = NewsFilterSet


class AllWorkshops(AllStoriesViewSet):
    name = "all_workshops"
    model = WorkshopPage
    icon = "date"
    menu_label = _("Workshops")
    menu_order = 120
    columns = WORKSHOP_COLUMNS
    filterset_class = WorkshopFilterSet
