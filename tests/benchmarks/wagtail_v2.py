"""Our addresses, and beside them version 2 of Wagtail's own API as Wagtail's documentation mounts it."""

from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet

from site_project import urls

router = WagtailAPIRouter("wagtails_own")
router.register_endpoint("pages", PagesAPIViewSet)
router.register_endpoint("images", ImagesAPIViewSet)
router.register_endpoint("documents", DocumentsAPIViewSet)

handler500 = urls.handler500
urlpatterns = [path("wagtail/v2/", router.urls), *urls.urlpatterns]
