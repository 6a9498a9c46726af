"""Plugins in the admin's Settings: what is installed, what is wrong with it, and what uses each. It changes nothing."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem

from . import plugin_report, plugins


def list_view(request):
    """Show every plugin that is installed, was left out or has gone."""
    _admit(request)
    context = {"reports": plugin_report.reports(), "socket": plugins.SOCKET_VERSION}
    return render(request, "pages/admin/plugins.html", context)


def use_view(request, label):
    """Show what would be missed if a plugin went."""
    _admit(request)
    report = next((report for report in plugin_report.reports() if report.label == label), None)
    if report is None:
        raise Http404
    return render(request, "pages/admin/plugin_use.html", {"report": report, "use": plugin_report.use_of(label)})


def _admit(request) -> None:
    if not request.user.is_superuser:
        raise PermissionDenied


class PluginsItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_superuser


def menu_item():
    return PluginsItem(gettext_lazy("Plugins"), reverse("plugins"), icon_name="plus-inverse", order=950)


def admin_addresses():
    return [
        path("plugins/", list_view, name="plugins"),
        path("plugins/<str:label>/", use_view, name="plugin_use"),
    ]
