"""The admin of this room: reports of readers, and what waits on the dashboard."""

from django.contrib.auth.models import Permission
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from .models import ProblemReport
from .panels import ReportsPanel, StatementPanel


class ReportsPolicy(ModelPermissionPolicy):
    """Reports come from readers: nobody adds one in the admin."""

    def user_has_permission(self, user, action):
        return action != "add" and super().user_has_permission(user, action)


register_permission_policy(ProblemReport, ReportsPolicy(ProblemReport))


class ProblemReportViewSet(ModelViewSet):
    model = ProblemReport
    name = "problem_reports"
    icon = "warning"
    menu_label = _("Readers' reports")
    menu_hook = "register_reports_menu_item"
    menu_order = 900
    list_display = (
        "__str__",
        Column("address", label=_("Address")),
        Column("get_state_display", label=_("State"), sort_key="state"),
        DateColumn("created_at", label=_("Received"), sort_key="created_at"),
        Column("due_on", label=_("Answer by")),
    )
    list_filter = ("state", "language")
    search_fields = ("description", "email", "address")
    copy_view_enabled = False


@hooks.register("register_admin_viewset")
def register_reports():
    return ProblemReportViewSet()


@hooks.register("register_permissions")
def register_permissions_of_reports():
    return Permission.objects.filter(
        content_type__app_label="accessibility", codename__in=["change_problemreport", "delete_problemreport"]
    )


@hooks.register("construct_homepage_panels")
def say_what_waits(request, panels):
    panels += [ReportsPanel(), StatementPanel()]
