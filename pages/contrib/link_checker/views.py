"""The report of links that lead nowhere, and the button to look again."""

from __future__ import annotations

import django_filters
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce
from django.forms import RadioSelect
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_tasks.backends.immediate import ImmediateBackend
from wagtail.admin.filters import LocaleFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, LocaleColumn
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from pages.reports import ButtonColumn, ToldReportView

from . import keeping, tasks
from .models import Address, Link, LinkCheckSettings, Progress
from .places import describe
from .problems import PROBLEMS

VERDICTS = [
    ("broken", gettext_lazy("Broken")),
    ("moved", gettext_lazy("Moved for good")),
    ("unsure", gettext_lazy("Cannot be told")),
]


def links_for(user):
    """Links with something to tell, on what this person may mend; pages, languages and addresses read with them."""
    pages = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, {"change", "publish"})
    types = [kind.pk for kind in _source_types() if _may_change(user, kind.model_class())]
    mine = Q(page__in=pages.values("pk")) | Q(page=None, source_type__in=types)
    return (
        Link.objects.wanting()
        .filter(mine)
        .select_related("page", "address", "source_type")
        .annotate(
            weight=Case(When(~Q(problem="") | Q(address__state="broken"), then=Value(0)), default=Value(1)),
            first_seen=Coalesce("broken_since", "address__failing_since", "address__asked_at"),
        )
    )


def _source_types() -> list[ContentType]:
    return list(ContentType.objects.get_for_models(*keeping.checked_models()).values())


def _may_change(user, model) -> bool:
    return bool(model) and user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")


def edit_url(link: Link) -> str:
    """Return the address of the editor, opened at the block where the link stands."""
    anchor = f"#{link.anchor}" if link.anchor else ""
    if link.page_id:
        return reverse("wagtailadmin_pages:edit", args=[link.page_id]) + anchor
    model = link.source_type.model_class()
    if model is None:
        return ""
    try:
        if issubclass(model, BaseSiteSetting | BaseGenericSetting):
            names = (model._meta.app_label, model._meta.model_name)
            key = (link.source_id,) if issubclass(model, BaseGenericSetting) else (_site_of(model, link),)
            return reverse("wagtailsettings:edit", args=[*names, *key]) + anchor
        return reverse(model.snippet_viewset.get_url_name("edit"), args=[link.source_id]) + anchor
    except (NoReverseMatch, AttributeError):
        return ""


def _site_of(model, link) -> int | None:
    return model._default_manager.filter(pk=link.source_id).values_list("site_id", flat=True).first()


class LinkFilterSet(WagtailFilterSet):
    verdict = django_filters.ChoiceFilter(
        label=gettext_lazy("Verdict"),
        choices=VERDICTS,
        method="by_verdict",
        widget=RadioSelect,
        empty_label=None,
        null_label=gettext_lazy("All"),
        null_value=None,
    )
    locale = LocaleFilter(
        label=gettext_lazy("Language"),
        choices=lambda: list(get_content_languages().items()),
        empty_label=None,
        null_label=gettext_lazy("All"),
        null_value=None,
        widget=RadioSelect,
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Leads to"),
        choices=Link.Kind.choices,
        widget=RadioSelect,
        empty_label=None,
        null_label=gettext_lazy("All"),
        null_value=None,
    )
    mine = django_filters.BooleanFilter(label=gettext_lazy("Only pages that I made"), method="by_owner")

    class Meta:
        model = Link
        fields = ["verdict", "kind", "locale", "mine"]

    def by_verdict(self, queryset, name, value):
        if value == "broken":
            return queryset.broken()
        if value == "moved":
            return queryset.filter(Q(address__state="moved") | ~Q(moved_to=""))
        return queryset.filter(problem="", address__state=value) if value else queryset

    def by_owner(self, queryset, name, value):
        return queryset.filter(page__owner=self.request.user) if value else queryset


class SourceColumn(Column):
    """The page or snippet, the place in it, and the way there."""

    cell_template_name = "link_checker/source_cell.html"


class LinkColumn(Column):
    """What the link says and where it leads."""

    cell_template_name = "link_checker/link_cell.html"


class AgainColumn(ButtonColumn):
    """The button to look again."""

    cell_template_name = "link_checker/again_cell.html"


class BrokenLinksView(ToldReportView):
    """Links that lead nowhere, moved ones, and those that nobody but a person can judge."""

    page_title = gettext_lazy("Broken links")
    header_icon = "link-external"
    index_url_name = "link_checker:report"
    index_results_url_name = "link_checker:report_results"
    results_template_name = "link_checker/report_results.html"
    filterset_class = LinkFilterSet
    model = Link
    verbose_name_plural = gettext_lazy("links")
    default_ordering = ("weight", "-first_seen", "pk")
    export_filename = "broken-links"
    list_export = [
        "source_name",
        "language",
        "place_words",
        "words",
        "target",
        "problem_words",
        "first_seen",
        "edit_url",
    ]
    export_headings = {
        "source_name": gettext_lazy("Page"),
        "language": gettext_lazy("Language"),
        "place_words": gettext_lazy("Place"),
        "words": gettext_lazy("Words of the link"),
        "target": gettext_lazy("Leads to"),
        "problem_words": gettext_lazy("What is wrong"),
        "first_seen": gettext_lazy("Since"),
        "edit_url": gettext_lazy("To the editor"),
    }
    columns = [
        SourceColumn("source_name", label=gettext_lazy("Page")),
        LocaleColumn(label=gettext_lazy("Language"), sort_key=None),
        LinkColumn("words", label=gettext_lazy("Link"), classname="told-report__words"),
        Column("problem_words", label=gettext_lazy("What is wrong"), classname="told-report__words"),
        DateColumn("first_seen", label=gettext_lazy("Since")),
        AgainColumn("again", label=gettext_lazy("Check again")),
    ]

    def dispatch(self, request, *args, **kwargs):
        if not may_see_report(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return links_for(self.request.user)

    def get_ordering(self):
        return self.default_ordering

    def tell(self, rows):
        return tell(rows)

    @cached_property
    def no_results_message(self):
        return _("No link matches.") if self.is_filtering else _("Every link leads somewhere.")

    def get_context_data(self, *args, **kwargs):
        return super().get_context_data(*args, **kwargs) | {
            "asks_other_sites": LinkCheckSettings.load(self.request).asks_other_sites,
            "progress": Progress.get(),
        }


def tell(links):
    """Give each link the words of the report, in the language of who reads it."""
    languages = {locale.pk: locale.get_display_name() for locale in Locale.objects.all()}
    for link in links:
        model = link.source_type.model_class()
        link.source_name = link.page.get_admin_display_title() if link.page else link.source_title
        link.source_kind = model._meta.verbose_name if model else ""
        link.language = languages.get(link.locale_id, "")
        link.place_words = describe(model, link.place) if model else ""
        link.edit_url = edit_url(link)
        link.target = link.href or (f"#{link.target_id}" if link.target_id else "")
        link.new_target = link.moved_to or (link.address.moved_to if link.address else "")
        link.problem_words = PROBLEMS.get(link.told_problem, "")
        link.status_code = link.address.http_status if link.address and not link.problem else None
        yield link


def may_see_report(user) -> bool:
    """Everybody who may change something that can hold a link."""
    policy = policy_registry.get_by_type(Page)
    return policy.user_has_any_permission(user, {"add", "change", "publish"}) or any(
        _may_change(user, model) for model in keeping.checked_models()
    )


@require_POST
def check_again(request, pk):
    """Look again at everything in the page or snippet of one link, and at its address elsewhere."""
    link = get_object_or_404(links_for(request.user), pk=pk)
    source, digest = _source(link), link.address and link.address.digest
    if source is not None:
        keeping.keep([source])
    if digest:
        _ask_again(request, digest)
    else:
        _say_result(request, link)
    return redirect(_back(request))


def _source(link: Link):
    if link.page_id:
        return keeping.checked_pages().filter(pk=link.page_id).specific().first()
    model = link.source_type.model_class()
    return model._default_manager.filter(pk=link.source_id).first() if model else None


def _say_result(request, link):
    left = Link.objects.wanting().filter(source_type=link.source_type, source_id=link.source_id, kind=link.kind)
    same = [each for each in left if (each.href, each.target_id) == (link.href, link.target_id)]
    if same:
        # Said now: a message is kept after Wagtail has left the language of the editor.
        messages.warning(request, str(PROBLEMS[same[0].told_problem]))
    else:
        messages.success(request, _("The link works now, or it is no longer there."))


def _ask_again(request, digest):
    address = Address.objects.filter(digest=digest).first()
    if address is None:
        messages.success(request, _("The link works now, or it is no longer there."))
    elif not LinkCheckSettings.load(request).asks_other_sites:
        messages.warning(request, _("Other sites are not asked: an administrator can switch it on."))
    elif _works_at_once():
        # A slow site elsewhere must not keep this editor, and with SQLite all others, waiting.
        Address.objects.filter(pk=address.pk).update(ask_after=timezone.now())
        messages.success(request, _("The other site will be asked in the next round."))
    else:
        tasks.ask_address.enqueue(address.pk)
        messages.success(request, _("The other site is being asked. Look again in a minute."))


def _works_at_once() -> bool:
    return isinstance(tasks.ask_address.get_backend(), ImmediateBackend)


def _back(request) -> str:
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else reverse("link_checker:report")
