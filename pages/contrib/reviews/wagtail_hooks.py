"""Where reviews stand in the admin: a report, a setting, a panel on the first screen, a button at each page."""

from django.urls import include, path, reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.contrib.settings.registry import register_setting
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail.permissions import policy_registry

from . import urls
from .models import ReviewSettings
from .panels import PagesToReviewPanel
from .reviewing import ACTION
from .views import may_review

register_setting(ReviewSettings, icon="date")


class ReportMenuItem(MenuItem):
    def is_shown(self, request):
        policy = policy_registry.get_by_type(Page)
        return policy.user_has_any_permission(request.user, {"add", "change", "publish"})


@hooks.register("register_reports_menu_item")
def pages_to_review_report():
    return ReportMenuItem(
        gettext_lazy("Pages to review"),
        reverse("reviews:report"),
        name="pages-to-review",
        icon_name="date",
        order=1090,
    )


@hooks.register("register_admin_urls")
def addresses_of_the_report():
    return [path("reports/pages-to-review/", include(urls))]


@hooks.register("construct_homepage_panels")
def show_pages_to_review(request, panels):
    panels.append(PagesToReviewPanel())


@hooks.register("register_page_header_buttons")
def button_that_says_it_is_still_true(page, user, view_name, next_url=None):
    if page.live and not page.alias_of_id and may_review(page, user):
        address = reverse("reviews:reviewed", args=[page.pk])
        query = f"?{urlencode({'next': next_url})}" if next_url else ""
        yield Button(_("Reviewed: still true"), url=address + query, icon_name="check", priority=63)


@hooks.register("register_log_actions")
def words_for_the_history(actions):
    @actions.register_action(ACTION)
    class ReviewedFormatter(LogFormatter):
        label = gettext_lazy("Review")

        def format_message(self, log_entry):
            day = parse_date(str(log_entry.data.get("next_on", "")))
            if not day:
                return _("Reviewed: still true")
            return _("Reviewed: still true. Next review on %(day)s") % {"day": date_format(day, "DATE_FORMAT")}
