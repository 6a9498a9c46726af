"""What waits on the dashboard: a missing statement, its yearly review, reports of readers."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Site

from pages import formats
from pages.dashboard import WaitingPanel, WaitingRow

from . import reviews
from .models import AccessibilityStatement, ProblemReport


class StatementPanel(WaitingPanel):
    """Statements that are missing or due for their yearly review, for those who may write them."""

    name = "accessibility_statement"
    heading = gettext_lazy("Accessibility statement")
    order = 215

    def rows(self, request: HttpRequest) -> list[WaitingRow]:
        homes = list(_published_homes())
        statements = AccessibilityStatement.objects.select_related("locale")
        by_home = {statement.path[: -Page.steplen]: statement for statement in statements}
        rows = (_row(request, home, by_home.get(home.path)) for home in homes)
        return [row for row in rows if row]


def _published_homes():
    """The live home pages of all sites, in the order of the languages."""
    keys = Site.objects.values("root_page__translation_key")
    homes = Page.objects.live().filter(translation_key__in=keys, depth__gt=1).select_related("locale")
    order = [code for code, _name in settings.LANGUAGES]
    return sorted(homes, key=lambda home: (order.index(home.locale.language_code), home.pk))


def _row(request: HttpRequest, home: Page, statement: AccessibilityStatement | None) -> WaitingRow | None:
    language = formats.language_name(home.locale.language_code)
    if statement is None:
        return _missing(request, home, language)
    if not statement.permissions_for_user(request.user).can_edit():
        return None
    edit = reverse("wagtailadmin_pages:edit", args=[statement.pk])
    if not statement.live:
        return WaitingRow(
            _("Publish the statement (%(language)s)") % {"language": language}, edit, _("It is still a draft.")
        )
    if reviews.is_due(statement.last_looked_at, timezone.localdate()):
        return WaitingRow(
            _("Review the statement (%(language)s)") % {"language": language}, edit, _review_note(statement)
        )
    return None


def _missing(request: HttpRequest, home: Page, language: str) -> WaitingRow | None:
    if not home.permissions_for_user(request.user).can_add_subpage():
        return None
    add = reverse("wagtailadmin_pages:add", args=["accessibility", "accessibilitystatement", home.pk])
    return WaitingRow(
        _("Write the statement (%(language)s)") % {"language": language},
        add,
        _("The law asks for one in each language."),
    )


def _review_note(statement: AccessibilityStatement) -> str:
    today = timezone.localdate()
    days = {
        "last": formats.long_date(statement.last_looked_at),
        "deadline": formats.long_date(reviews.deadline(today)),
    }
    if statement.last_looked_at.year < today.year and today <= reviews.deadline(today):
        return _("By %(deadline)s; looked at last on %(last)s.") % days
    return _("Overdue: looked at last on %(last)s.") % days


class ReportsPanel(WaitingPanel):
    """Reports of readers that wait for an answer, the most urgent first."""

    name = "problem_reports"
    heading = gettext_lazy("Readers' reports")
    order = 212

    def rows(self, request: HttpRequest) -> list[WaitingRow]:
        if not request.user.has_perm("accessibility.change_problemreport"):
            return []
        waiting = ProblemReport.objects.filter(state=ProblemReport.State.NEW).order_by("created_at", "pk")
        return [_report_row(report) for report in waiting]

    def all_url(self, request: HttpRequest) -> str:
        return reverse("problem_reports:index")


def _report_row(report: ProblemReport) -> WaitingRow:
    day = formats.long_date(report.due_on)
    late = report.due_on < timezone.localdate()
    note = _("Overdue since %(day)s") if late else _("Answer by %(day)s")
    edit = reverse("problem_reports:edit", args=[report.pk])
    return WaitingRow(str(report), edit, note % {"day": day}, report.language)
