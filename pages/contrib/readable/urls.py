"""Addresses below ``/-/readable/``."""

from django.urls import path

from . import views

app_name = "readable"
urlpatterns = [
    path("<int:document_id>/", views.page, name="page"),
    path("<int:document_id>/<slug:checksum>/<int:number>.webp", views.picture, name="picture"),
]
