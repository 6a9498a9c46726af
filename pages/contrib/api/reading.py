"""Read what an answer needs in few queries, and write it as data: addresses absolute, nothing private."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import escape
from wagtail.models import Page, Site
from wagtail.rich_text.rewriters import EmbedRewriter, LinkRewriter

from media import api as files
from media import renditions
from media.models import SiteDocument, SiteImage
from pages.attached_texts import address_of_text
from pages.models.reading import open_to_all, types_with
from pages.navigation import menu_titles

from . import shapes
from .prepared import prepared
from .references import References
from .rows import Rows

Data = dict[str, Any]


def homes(request: HttpRequest) -> list[Any]:
    """Return the trees of the site that is asked: ``root_path`` and ``language_code`` of each language."""
    site = Site.find_for_request(request)
    return [root for root in Site.get_site_root_paths() if site and root.site_id == site.pk]


class AllLinks(LinkRewriter):
    """Wagtail's own leaves alone what is no address of another site, so it would stay relative."""

    def get_tag_type_from_attrs(self, attrs: dict[str, str]) -> str | None:
        return super().get_tag_type_from_attrs(attrs) or ("external" if attrs.get("href") else None)


def readable(pages: QuerySet, request: HttpRequest) -> QuerySet:
    """Keep what everybody may read on this site; an alias counts as its source."""
    return readable_below(roots(request), pages)


def roots(request: HttpRequest) -> tuple[str, ...]:
    """Return where the trees of the site that is asked begin."""
    return tuple(home.root_path for home in homes(request))


def readable_below(roots: tuple[str, ...], pages: QuerySet) -> QuerySet:
    inside = Q(pk__in=[])
    for root in roots:
        inside |= Q(url_path__startswith=root)
    source = open_to_all(Page.objects.filter(live=True, pk=OuterRef("alias_of_id")))
    return open_to_all(pages.filter(inside, live=True)).filter(Q(alias_of=None) | Exists(source))


def _leads() -> Coalesce:
    """Return an expression of the lead, which most page types have."""
    return Coalesce(*(F(f"{name}__lead") for name in types_with("lead")), Value(""), output_field=TextField())


def as_cards(pages: QuerySet) -> QuerySet:
    """Read pages of any type with all that a card tells, in one query."""
    stories = types_with("lead_image")
    joined = [f"{name}__{relation}" for name in stories for relation in ("lead_image", "programme")]
    return (
        pages.select_related("locale", "content_type", *stories, *joined)
        .defer(*(f"{name}__body" for name in stories))
        .annotate(card_short_title=menu_titles(), card_lead=_leads())
    )


@prepared
def _cards(roots: tuple[str, ...], *, ids: Iterable[int], language: str) -> QuerySet:
    """Select pages and their versions in a language."""
    keys = Page.objects.filter(pk__in=ids).values("translation_key")
    wanted = Q(pk__in=ids) | Q(translation_key__in=keys, locale__language_code=language)
    return as_cards(readable_below(roots, Page.objects.filter(wanted)))


def story_of(page: Page) -> Any:
    """Return the row of a page's own type that ``as_cards`` read, if it has a lead picture and a date."""
    known = page._state.fields_cache
    return next((known[name] for name in types_with("lead_image") if known.get(name) is not None), None)


class Reading:
    """One answer in the making: what it refers to, what was read of that, and how it is written."""

    def __init__(self, request: HttpRequest, language: str, *, is_preview: bool = False):
        self.request = request
        self.language = language
        self.is_preview = is_preview
        self.rows = Rows()
        self.pages: dict[int, Page] = {}
        self._here: dict[int, Page] = {}
        self._others: dict[tuple[type[Model], Any], Model] = {}
        self._said: dict[int, Data | None] = {}

    # --- reading ----------------------------------------------------------------------------

    def read_pages(self, ids: Iterable[int]) -> None:
        """Read pages that are linked, and their versions in this language, as cards."""
        ids = set(ids)
        if not ids:
            return
        found = _cards(roots(self.request), ids=sorted(ids), language=self.language)
        here = {page.translation_key: page for page in found if page.locale.language_code == self.language}
        self.pages = {page.pk: page for page in found}
        # A link leads to the version in the page's own language, where there is one.
        self._here = {pk: here.get(page.translation_key, page) for pk, page in self.pages.items()}

    def read_files(self, references: References) -> None:
        """Read the files that the rows did not bring along."""
        for model in (SiteImage, SiteDocument):
            missing = [pk for pk in references.of(model) if (model, pk) not in self.rows.files]
            if missing:
                self.rows.files |= {(model, file.pk): file for file in model.objects.filter(pk__in=missing)}

    def read_others(self, references: References) -> None:
        for model in references.others():
            found = model._default_manager.in_bulk(references.of(model))
            self._others |= {(model, pk): instance for pk, instance in found.items()}

    def read_renditions(self, more: Iterable[SiteImage | None] = ()) -> None:
        """Read the renditions of every picture of this answer, in one query."""
        stories = filter(None, map(story_of, self.pages.values()))
        images = [file for (model, _pk), file in self.rows.files.items() if model is SiteImage]
        renditions.prefetch_renditions([*images, *more, *(story.lead_image for story in stories)])

    # --- writing ----------------------------------------------------------------------------

    def absolute(self, address: str) -> str:
        return self.request.build_absolute_uri(address) if address else ""

    def url(self, page: Page) -> str:
        return self.absolute(page.get_url(self.request) or "")

    def here(self, pk: int | None) -> Page | None:
        """Return a page that was read, in this language where it is translated."""
        return self._here.get(pk) if pk else None

    def link(self, pk: int | None) -> Data | None:
        """Return a page that something leads to; None if readers cannot read it."""
        page = self.here(pk)
        if page is None:
            return None
        return {
            "id": page.pk,
            "type": type_of(page),
            "title": page.title,
            "url": self.url(page),
            "language": page.locale.language_code,
        }

    def image(self, image: SiteImage | None) -> Data | None:
        """Return a picture; None for one that readers may not see."""
        if image is None or not (image.is_public or self.is_preview):
            return None
        if image.pk not in self._said:
            said = files.image_data(image, request=self.request) or {}
            self._said[image.pk] = {name: value for name, value in said.items() if name != "decorative"}
        return dict(self._said[image.pk] or {})

    def document(self, document: SiteDocument | None) -> Data | None:
        """Return a document; None for one that readers may not fetch."""
        if document is None or not (document.is_public or self.is_preview):
            return None
        address = address_of_text(document)
        text_url = self.request.build_absolute_uri(address) if address else None
        return {**files.document_data(document, request=self.request), "text_url": text_url}

    def image_by_id(self, pk: Any) -> Data | None:
        return self.image(self.rows.files.get((SiteImage, pk)))

    def document_by_id(self, pk: Any) -> Data | None:
        return self.document(self.rows.files.get((SiteDocument, pk)))

    def other(self, model: type[Model], pk: Any) -> Data | None:
        instance = self._others.get((model, pk))
        return shapes.tell(instance, self) if instance else None

    def card(self, page: Page) -> Data:
        """Return a page that ``as_cards`` read as it stands in a list."""
        story = story_of(page)
        image = self.image(story.lead_image) if story else None
        programme = story.programme if story else None
        return {
            "id": page.pk,
            "type": type_of(page),
            "url": self.url(page),
            "slug": page.slug,
            "language": page.locale.language_code,
            "translation_key": str(page.translation_key),
            "parent_id": getattr(story, "list_id", None),
            "title": page.title,
            "short_title": page.card_short_title or page.title,
            "lead": page.card_lead,
            "first_published_at": page.first_published_at,
            "last_published_at": page.last_published_at,
            "date": getattr(story, "display_date", None),
            "starts_on": getattr(story, "starts_on", None),
            "ends_on": getattr(story, "ends_on", None),
            "city": getattr(story, "city", ""),
            "event_status": getattr(story, "event_status", ""),
            "programme": {"id": programme.pk, "name": programme.name} if programme else None,
            "lead_image": image and image | {"alt": story.lead_image_alt_text, "caption": story.lead_image_caption},
        }

    def html(self, stored: str) -> str:
        """Return stored rich text as clean HTML: every address absolute, links in this language, pictures sized."""
        return self._pictures(self._links(stored)) if stored else ""

    @property
    def _links(self) -> LinkRewriter:
        return AllLinks({"page": self._page_link, "document": self._document_link, "external": self._other_link})

    @property
    def _pictures(self) -> EmbedRewriter:
        return EmbedRewriter({"image": self._picture, "media": self._recording})

    def _page_link(self, attributes: dict[str, str]) -> str:
        page = self.link(_number(attributes.get("id")))
        return _tag("a", href=page["url"]) if page else "<a>"

    def _document_link(self, attributes: dict[str, str]) -> str:
        document = self.document_by_id(_number(attributes.get("id")))
        return _tag("a", href=document["url"]) if document else "<a>"

    def _other_link(self, attributes: dict[str, str]) -> str:
        return _tag("a", href=urljoin(self.request.build_absolute_uri("/"), attributes.get("href", "")))

    def _picture(self, attributes: dict[str, str]) -> str:
        image = self.image_by_id(_number(attributes.get("id")))
        fit = [one for one in image["renditions"] if one["format"] in {"jpeg", "png"}] if image else []
        if not fit:
            return ""
        shown = max((one for one in fit if one["width"] <= 960), key=lambda one: one["width"], default=fit[0])
        size = {"width": shown["width"], "height": shown["height"]}
        return _tag("img", src=shown["url"], **size, alt=attributes.get("alt") or image["alt"])

    def _recording(self, attributes: dict[str, str]) -> str:
        address = attributes.get("url", "")
        return f"{_tag('a', href=address)}{escape(address)}</a>" if address else ""


def type_of(page: Page) -> str:
    """Return a page's type as the contract names it, for example ``pages.NewsPage``."""
    model = page.cached_content_type.model_class() if type(page) is Page else type(page)
    return model._meta.label if model else "wagtailcore.Page"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


def _tag(name: str, **attributes: Any) -> str:
    said = "".join(f' {key}="{escape(str(value))}"' for key, value in attributes.items())
    return f"<{name}{said}>"
