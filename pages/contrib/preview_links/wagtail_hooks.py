"""What preview links add to the admin: a button at each page, a list among the reports, lines in the log."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import policy_registry

from . import desk


@hooks.register("register_admin_urls")
def addresses():
    return desk.admin_addresses()


@hooks.register("register_page_header_buttons")
def share_button(page, user, view_name, next_url=None):
    if page.permissions_for_user(user).can_edit() and page.is_previewable():
        url = reverse("preview_links_of_page", args=[page.pk])
        yield Button(_("Share a preview…"), url=url, icon_name="link", priority=32)


class LinksMenuItem(MenuItem):
    def is_shown(self, request):
        return policy_registry.get_by_type(Page).user_has_any_permission(request.user, {"add", "change", "publish"})


@hooks.register("register_reports_menu_item")
def list_of_links():
    return LinksMenuItem(gettext_lazy("Preview links"), reverse("preview_links"), icon_name="link", order=800)


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(
        "preview_links.make", gettext_lazy("Share a preview"), gettext_lazy("A preview link was made")
    )
    actions.register_action(
        "preview_links.withdraw", gettext_lazy("Withdraw a preview"), gettext_lazy("A preview link was withdrawn")
    )
