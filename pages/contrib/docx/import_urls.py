"""The addresses of the three steps, below ``word/`` in the admin."""

from django.urls import path

from . import return_views, views

app_name = "word_files"
urlpatterns = [
    path("new/<int:parent_id>/", views.upload, name="upload"),
    path("<uuid:file_id>/", views.preview, name="preview"),
    path("<uuid:file_id>/picture/", views.picture, name="picture"),
    path("<uuid:file_id>/discard/", views.discard, name="discard"),
    path("pages/<int:page_id>/back/", return_views.upload, name="return"),
    path("pages/<int:page_id>/back/<uuid:file_id>/", return_views.compare, name="compare"),
    path("pages/<int:page_id>/back/<uuid:file_id>/away/", return_views.put_away, name="put_away"),
]
