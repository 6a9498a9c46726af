"""The addresses below ``word/`` in the admin."""

from django.urls import path

from . import document_views, return_views, returned_pictures, template_views, views

app_name = "word_files"
urlpatterns = [
    path("new/<int:parent_id>/", views.upload, name="upload"),
    path("<uuid:file_id>/", views.preview, name="preview"),
    path("<uuid:file_id>/picture/", views.picture, name="picture"),
    path("<uuid:file_id>/back/", return_views.bring_back, name="bring_back"),
    path("<uuid:file_id>/discard/", views.discard, name="discard"),
    path("pages/<int:page_id>/back/", return_views.upload, name="return"),
    path("pages/<int:page_id>/back/<uuid:file_id>/", return_views.compare, name="compare"),
    path("pages/<int:page_id>/back/<uuid:file_id>/picture/", returned_pictures.picture, name="returned_picture"),
    path("pages/<int:page_id>/back/<uuid:file_id>/away/", return_views.put_away, name="put_away"),
    path("pages/<int:page_id>/documents/<slug:kind>/", document_views.document, name="document"),
    path("templates/", template_views.listing, name="templates"),
    path("templates/new/<slug:purpose>/", template_views.add, name="add_template"),
    path("templates/fields/", template_views.fields, name="template_fields"),
    path("templates/ours/<slug:kind>-<str:language>.docx", template_views.our_own, name="own_template"),
    path("templates/<int:pk>/try/", template_views.try_it, name="try_template"),
    path("templates/<int:pk>/file/", template_views.file, name="template_file"),
    path("templates/<int:pk>/remove/", template_views.remove, name="remove_template"),
]
