"""Addresses below ``/-/accessibility/``."""

from django.urls import path

from . import reporting

app_name = "accessibility"
urlpatterns = [
    path("report/", reporting.report, name="report"),
    path("report/sent/", reporting.sent, name="report_sent"),
]
