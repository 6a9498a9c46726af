"""Addresses of the files for translators, under those of the desk."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.files, name="exchange"),
    path("download/", views.download, name="exchange_download"),
    path("upload/", views.upload, name="exchange_upload"),
    path("report/<int:pk>/", views.report, name="exchange_report"),
    path("report/<int:pk>/csv/", views.report_as_csv, name="exchange_report_csv"),
]
