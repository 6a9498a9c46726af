"""The addresses of the three steps, below ``word/`` in the admin."""

from django.urls import path

from . import views

app_name = "word_files"
urlpatterns = [
    path("new/<int:parent_id>/", views.upload, name="upload"),
    path("<uuid:file_id>/", views.preview, name="preview"),
    path("<uuid:file_id>/picture/", views.picture, name="picture"),
    path("<uuid:file_id>/discard/", views.discard, name="discard"),
]
