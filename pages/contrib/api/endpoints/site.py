"""What stands around every page: names, languages, menus, the law's links."""

from __future__ import annotations

from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import translation
from ninja import Query, Router
from pydantic import Field
from wagtail.models import Page

from pages.endpoints import Language, Told
from pages.navigation import Frame, MenuItem

from ..answers import answer
from ..finding import in_language
from ..page_types import any_page
from ..reading import Reading, readable
from ..references import References
from ..schemas import Image
from ..telling import specific, tell

router = Router()
InLanguage = Annotated[Language, Query(description="The language in which to tell it.")]


class MenuLink(Told):
    """A link of a menu; ``language`` is that of a title in another language, else empty."""

    label: str
    url: str
    language: str


class SiteLanguage(Told):
    """A language in which the site has a home page."""

    code: str
    name: str
    direction: str = Field(examples=["ltr", "rtl"])
    home_url: str


class SiteFooter(Told):
    """The foot of every page."""

    heading: str
    address: str = Field(description="HTML.")
    email: str
    links: list[MenuLink]


class SiteFrame(Told):
    """What stands around every page, in one language."""

    language: str
    direction: str
    name: str
    owner: str
    home_url: str
    languages: list[SiteLanguage]
    menu: list[MenuLink]
    footer: SiteFooter
    logo: Image | None
    hue: int = Field(description="The colour of the institution, 0 to 360.")
    hue_accent: int
    search_url: str
    accessibility_statement_url: str
    accessibility_email: str
    easy_read_url: str
    sign_language_url: str
    public_information_bulletin_url: str


class ApiLinks(Told):
    """Where the API explains itself."""

    openapi_url: str = Field(description="The contract.")
    docs_url: str = Field(description="The contract as a page to read.")
    site_url: str = Field(description="What stands around every page; it takes `language`.")
    pages_url: str


@router.get("/", response=ApiLinks, summary="Where to begin", operation_id="get_api", url_name="root")
def begin(request: HttpRequest) -> Any:
    """Return where the API explains itself, and where a client may begin."""
    names = {"openapi_url": "openapi-json", "docs_url": "docs", "site_url": "get_site", "pages_url": "list_pages"}
    return answer(request, {field: request.build_absolute_uri(reverse(f"api:{name}")) for field, name in names.items()})


@router.get("/site/", response=SiteFrame, summary="The site", operation_id="get_site")
def get_site(request: HttpRequest, language: InLanguage = settings.LANGUAGE_CODE) -> Any:
    """Return what stands around every page of a language."""
    with translation.override(language):
        return answer(request, _site(Frame(request), Reading(request, language)))


def _site(frame: Frame, reading: Reading) -> dict[str, Any]:
    site, absolute = frame.settings, reading.absolute
    references = References()
    references.add_of_html(frame.footer.address)
    reading.read_files(references)
    reading.read_pages(references.of(Page))
    reading.read_renditions([site.logo])
    return {
        "language": frame.language,
        "direction": frame.direction,
        "name": frame.header.site_name,
        "owner": frame.header.owner_name,
        "home_url": absolute(frame.home_url),
        "languages": [
            {"code": link.code, "name": link.name, "direction": link.direction, "home_url": absolute(link.home_url)}
            for link in frame.languages
        ],
        "menu": [_link(item, reading) for item in frame.menu],
        "footer": {
            "heading": frame.footer.heading,
            "address": reading.html(frame.footer.address),
            "email": frame.footer.email,
            "links": [_link(item, reading) for item in frame.footer_menu],
        },
        "logo": reading.image(site.logo),
        "hue": site.hue,
        "hue_accent": site.hue_accent,
        "search_url": absolute(f"/{frame.language}/search/"),
        "accessibility_statement_url": absolute(frame.statement_url),
        "accessibility_email": site.accessibility_email,
        "easy_read_url": absolute(frame.easy_read_url),
        "sign_language_url": absolute(frame.sign_language_url),
        "public_information_bulletin_url": site.bip_url,
    }


def _link(item: MenuItem, reading: Reading) -> dict[str, str]:
    return {"label": item.label, "url": reading.absolute(item.href), "language": item.language}


@router.get(
    "/accessibility-statement/",
    response=any_page(),
    summary="The accessibility statement",
    operation_id="get_accessibility_statement",
)
def get_statement(request: HttpRequest, language: InLanguage = settings.LANGUAGE_CODE) -> Any:
    """Return the accessibility statement of a language as a page."""
    chosen = Frame(request).settings.statement_page
    page = chosen and readable(Page.objects.filter(pk=chosen.pk), request).select_related("locale").first()
    if page is None:
        raise Http404("This site has no accessibility statement.")
    found, _is_fallback = in_language(request, page, language, has_fallback=False)
    return answer(request, tell(specific(found), request), changed_at=found.last_published_at)
