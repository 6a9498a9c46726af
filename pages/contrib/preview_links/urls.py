"""The addresses of preview links, below ``/-/preview_links/``; a token is 43 letters long."""

from django.urls import re_path

from . import views

_LINK = r"^(?P<token>[\w-]{43})/"
_SIGNED = rf"{_LINK}(?P<signature>[0-9a-f]{{32}})/"

urlpatterns = [
    re_path(rf"{_LINK}$", views.show, name="preview_link"),
    re_path(rf"{_SIGNED}picture/(?P<name>[^\0]+)$", views.picture, name="preview_link_picture"),
    re_path(
        rf"{_SIGNED}document/(?P<number>\d{{1,18}})/(?P<filename>[^\0]*)$", views.document, name="preview_link_document"
    ),
]
