"""The doors, Wagtail's last: it answers every address that nothing before it took."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from media.views import serve_document, serve_file
from pages import routing
from pages.brand import brand_css
from pages.interchange import download_urls
from pages.plugins import plugin_configs, taken
from pages.search.views import search
from pages.share_picture_files import share_picture

from . import languages, page_password
from .llms import llms_txt
from .robots import robots_txt
from .security_txt import security_txt
from .sitemaps import sitemap, sitemap_part

handler500 = "site_project.errors.server_error"

# Doors of Wagtail that are opened differently here; each must stand before Wagtail's own.
_own_page_doors = [
    path("_util/login/", RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True)),
    path("_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/", page_password.page_password),
]
_own_document_doors = [
    path("<int:document_id>/<path:document_filename>", serve_document),
    path("authenticate_with_password/<int:restriction_id>/", page_password.document_password),
]
_plugin_doors = [path(f"{config.label}/", include(urlconf)) for config, _name, urlconf in taken("public_urls")]

# The API has an address of its own, since other programs keep it; switched off it is nowhere.
_api_doors = [path("api/", include("pages.contrib.api.doors")) for config in plugin_configs() if config.label == "api"]

urlpatterns = [
    path("", languages.front_door, name="front_door"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(_own_document_doors)),
    path("documents/", include(wagtaildocs_urls)),
    *_api_doors,
    path("media/share/<str:name>", share_picture, name="share_picture"),
    path("media/<path:path>", serve_file, name="serve_file"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", sitemap_part, name="sitemap_part"),
    path("robots.txt", robots_txt),
    path("llms.txt", llms_txt),
    path(".well-known/security.txt", security_txt),
    path("-/language/<str:code>/", languages.choose_language, name="choose_language"),
    path("-/brand/<int:hue>-<int:accent>.css", brand_css, name="brand"),
    path("-/download/", include(download_urls)),
    path("-/", include(_plugin_doors)),
    *i18n_patterns(
        path("search/", search, name="search"),
        path("", include(_own_page_doors)),
        re_path(routing.FILE_PATTERN, routing.serve),
        re_path(wagtail_urls.serve_pattern, routing.serve, name="wagtail_serve"),
        path("", include(wagtail_urls)),
    ),
]
