"""Where the link checker stands in the admin: a report, a setting, a panel on the first screen."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.contrib.settings.registry import register_setting

from . import urls
from .models import LinkCheckSettings
from .panels import BrokenLinksPanel
from .views import may_see_report

register_setting(LinkCheckSettings, icon="link-external")


class ReportMenuItem(MenuItem):
    def is_shown(self, request):
        return may_see_report(request.user)


@hooks.register("register_reports_menu_item")
def broken_links_report():
    return ReportMenuItem(
        _("Broken links"), reverse("link_checker:report"), name="broken-links", icon_name="link-external", order=1110
    )


@hooks.register("register_admin_urls")
def addresses_of_the_report():
    return [path("reports/broken-links/", include(urls))]


@hooks.register("construct_homepage_panels")
def show_broken_links(request, panels):
    panels.append(BrokenLinksPanel())
