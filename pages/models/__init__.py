"""Page types, the rows that belong to them, snippets and settings."""

from .attachments import Attachment, AttachmentGroup
from .base import BasePage, StoryPage
from .funding import FundingSigns
from .galleries import Gallery, GalleryPhoto
from .home import HomePage
from .navigation import Footer, FooterLink, Header, HeaderLink
from .news import NewsIndexPage, NewsPage
from .people import Organisation, Person
from .programmes import PageTopic, Programme, RelatedPage, Topic
from .sections import SectionPage
from .shared_links import SharePicture
from .site_settings import SiteSettings
from .workshops import (
    Track,
    TrackOutcome,
    TrackPerson,
    WorkshopAudience,
    WorkshopIndexPage,
    WorkshopPage,
)

__all__ = [
    "Attachment",
    "AttachmentGroup",
    "BasePage",
    "Footer",
    "FooterLink",
    "FundingSigns",
    "Gallery",
    "GalleryPhoto",
    "Header",
    "HeaderLink",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "Organisation",
    "PageTopic",
    "Person",
    "Programme",
    "RelatedPage",
    "SectionPage",
    "SharePicture",
    "SiteSettings",
    "StoryPage",
    "Topic",
    "Track",
    "TrackOutcome",
    "TrackPerson",
    "WorkshopAudience",
    "WorkshopIndexPage",
    "WorkshopPage",
]
