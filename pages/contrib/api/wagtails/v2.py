"""Version 2 of Wagtail's API, which reads only: nothing private, every page in its own language."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import translation
from rest_framework.renderers import JSONRenderer
from wagtail.api.v2 import serializers
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.documents.api.v2.serializers import DocumentSerializer
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.serializers import ImageSerializer
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Page

from media.models import SiteDocument, SiteImage

from ..answers import SECONDS
from ..finding import page_at
from ..reading import readable

NAMESPACE = "wagtailapi_v2"


def patterns() -> list[Any]:
    router = WagtailAPIRouter(NAMESPACE)
    router.register_endpoint("pages", Pages)
    router.register_endpoint("images", Images)
    router.register_endpoint("documents", Documents)
    return router.get_urlpatterns()


class Public:
    """What every list of this API has in common: JSON, no cookie, and caches may keep it."""

    # Without the pages for browsers, which need scripts that no page here may have.
    renderer_classes = [JSONRenderer]
    # Who is logged in sees nothing more, so nothing depends on a cookie.
    authentication_classes = ()

    def find_object(self, queryset: QuerySet, request: HttpRequest) -> Model | None:
        number = request.GET.get("id", "")
        if number and not (number.isascii() and number.isdecimal()):
            raise BadRequestError("id must be a number")
        return queryset.get(id=number) if number else None

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        if response.status_code == 200:
            response.headers.setdefault("Cache-Control", f"public, max-age={SECONDS}")
        return response


class ShownSource(serializers.PageAliasOfField):
    """The page that an alias stands for, if readers can open that."""

    def get_attribute(self, page: Page) -> Page | None:
        source = super().get_attribute(page)
        return source if source and _is_shown(self, source) else None


class PageSerializer(serializers.PageSerializer):
    """A page told in its own language; one that readers cannot open is not told of where another names it."""

    alias_of = ShownSource(read_only=True)

    def to_representation(self, page: Page) -> Any:
        if _is_nested(self) and not _is_shown(self, page):
            return None
        # Links in rich text lead to the version of a page in the language that is active.
        with translation.override(page.locale.language_code):
            return super().to_representation(page)


def _is_shown(field: Any, page: Page) -> bool:
    return field.context["base_queryset"].filter(pk=page.pk).exists()


def _is_nested(serializer: Any) -> bool:
    """Say whether an object is told where another one names it, rather than by itself or in a list."""
    return serializer.instance is None and serializer.parent is None


class _PublicFile:
    """A file that another object names is told only if readers may see it."""

    def to_representation(self, file: Model) -> Any:
        if _is_nested(self) and not file.is_public:  # type: ignore[attr-defined]
            return None
        return super().to_representation(file)  # type: ignore[misc]


class PublicImage(_PublicFile, ImageSerializer):
    """A picture that a published page shows."""


class PublicDocument(_PublicFile, DocumentSerializer):
    """A document that a published page shows."""


class Pages(Public, PagesAPIViewSet):
    """Published pages of the site that is asked, in all languages."""

    base_serializer_class = PageSerializer
    known_query_parameters = PagesAPIViewSet.known_query_parameters - {"site"}

    def get_base_queryset(self) -> QuerySet:
        return readable(Page.objects.all(), self.request)

    def find_object(self, queryset: QuerySet, request: HttpRequest) -> Page | None:
        """Find a page by its address in any language, as a path or in full, or by its number."""
        if "html_path" in request.GET:
            page = page_at(request, request.GET["html_path"])
            return page if page and queryset.filter(pk=page.pk).exists() else None
        return super().find_object(queryset, request)


class Images(Public, ImagesAPIViewSet):
    """Pictures that published pages show."""

    base_serializer_class = PublicImage

    def get_queryset(self) -> QuerySet:
        return SiteImage.objects.public().order_by("id")


class Documents(Public, DocumentsAPIViewSet):
    """Documents that published pages show."""

    base_serializer_class = PublicDocument

    def get_queryset(self) -> QuerySet:
        return SiteDocument.objects.public().order_by("id")
