"""Facts about a page as JSON-LD in the words of schema.org, for search engines and calendars.

Nothing here asks the database for more than the page shows: see ``tests/pages/test_queries.py``.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.html import strip_tags

from media import renditions

from .models import HomePage, NewsPage, WorkshopPage
from .models.listings import ListingPage
from .models.workshops import EventStatus

if TYPE_CHECKING:
    from .sharing import SharedPage

Facts = dict[str, Any]

EVENT_STATES = {
    EventStatus.PLANNED: "EventScheduled",
    EventStatus.POSTPONED: "EventPostponed",
    EventStatus.CANCELLED: "EventCancelled",
}
#: How editors say that there is no place to go to, in the languages of the site.
ONLINE = ("online", "on-line", "internet", "webinar", "zdaln", "онлайн", "інтернет", "إنترنت")


def of_page(shared: SharedPage) -> Facts:
    """Return all that is known about a page as one graph, without empty values."""
    return _Graph(shared).whole()


class _Graph:
    def __init__(self, shared: SharedPage):
        self.shared = shared
        self.page = shared.page
        self.frame = shared.frame
        self.home = shared.absolute(self.frame.home_url)
        self.publisher_id = f"{shared.absolute('/')}#publisher"
        self.site_id = f"{self.home}#site"

    def whole(self) -> Facts:
        facts = [self.publisher(), self.site(), self.web_page()]
        if isinstance(self.page, NewsPage):
            facts.append(self.article())
        if isinstance(self.page, WorkshopPage):
            facts.append(self.event())
        if len(self.frame.trail) > 1:
            facts.append(self.breadcrumbs())
        return {"@context": "https://schema.org", "@graph": [_told(fact) for fact in facts]}

    # --- around the page --------------------------------------------------------------------

    def publisher(self) -> Facts:
        header, logo = self.frame.header, self.frame.settings.logo
        full = renditions.full_url(logo) if logo else None
        return {
            "@type": "Organization",
            "@id": self.publisher_id,
            "name": header.owner_name or self.shared.site_name,
            "url": self.home,
            "logo": full and self.picture(full),
        }

    def site(self) -> Facts:
        return {
            "@type": "WebSite",
            "@id": self.site_id,
            "name": self.shared.site_name,
            "url": self.home,
            "inLanguage": self.frame.language,
            "publisher": {"@id": self.publisher_id},
        }

    def web_page(self) -> Facts:
        is_list = isinstance(self.page, ListingPage | HomePage)
        return {
            "@type": "CollectionPage" if is_list else "WebPage",
            "@id": self.shared.address,
            "url": self.shared.address,
            "name": self.shared.title,
            "description": self.shared.description,
            "inLanguage": self.frame.language,
            "isPartOf": {"@id": self.site_id},
            "datePublished": _moment(self.page.first_published_at),
            "dateModified": _moment(self.page.last_published_at),
            "primaryImageOfPage": self.shared.picture and {"@type": "ImageObject", "url": self.shared.picture},
        }

    def breadcrumbs(self) -> Facts:
        *above, here = self.frame.trail
        steps = [(step.label, self.shared.absolute(step.href)) for step in above]
        steps.append((here.label, self.page.full_url or self.shared.address))
        items = [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, start=1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": items}

    # --- news -------------------------------------------------------------------------------

    def article(self) -> Facts:
        return {
            "@type": "NewsArticle",
            "@id": f"{self.shared.address}#article",
            "headline": self.page.title,
            "description": self.shared.description,
            "datePublished": self.published(),
            "dateModified": _moment(self.page.last_published_at),
            "inLanguage": self.frame.language,
            "image": self.images(),
            "author": self.organisation(self.page.author_unit) or {"@id": self.publisher_id},
            "publisher": {"@id": self.publisher_id},
            "mainEntityOfPage": {"@id": self.shared.address},
        }

    def published(self) -> str:
        """The date that readers see; with its hour where it is the day when the page went live."""
        moment = self.page.first_published_at
        is_same_day = moment and timezone.localdate(moment) == self.page.display_date
        return _moment(moment) if is_same_day else self.page.display_date.isoformat()

    # --- workshops --------------------------------------------------------------------------

    def event(self) -> Facts:
        page, place = self.page, self.place()
        return {
            "@type": "Event",
            "@id": f"{self.shared.address}#event",
            "name": page.title,
            "description": self.shared.description,
            "url": self.shared.address,
            **self.times(),
            "eventStatus": f"https://schema.org/{EVENT_STATES[page.event_status]}",
            "eventAttendanceMode": self.attendance(place),
            "location": place,
            "organizer": self.organisation(page.organiser) or {"@id": self.publisher_id},
            "performer": self.performers(page.tracks_with_people),
            "superEvent": page.programme and {"@type": "EventSeries", "name": page.programme.name},
            "image": self.images(),
            "inLanguage": self.frame.language,
            "subEvent": [self.track(track, place) for track in page.tracks_with_people],
        }

    def times(self) -> Facts:
        """Moments with their offset from UTC; days where no hour is known, for midnight would be a lie."""
        page = self.page
        if not page.starts_at:
            return {"startDate": page.starts_on.isoformat(), "endDate": page.last_day.isoformat()}
        end = page.ends.isoformat(timespec="minutes") if page.ends_at else page.last_day.isoformat()
        is_known = page.ends_at or page.is_over_days
        return {"startDate": page.starts.isoformat(timespec="minutes"), "endDate": end if is_known else None}

    def place(self) -> Facts | None:
        page = self.page
        if self.is_online:
            return {"@type": "VirtualLocation", "name": page.venue, "url": self.shared.address}
        if not (page.venue or page.city):
            return None
        address = {"@type": "PostalAddress", "streetAddress": page.venue, "addressLocality": page.city}
        return {"@type": "Place", "name": page.venue or page.city, "address": _told(address)}

    @property
    def is_online(self) -> bool:
        venue = self.page.venue.casefold()
        return not self.page.city and any(word in venue for word in ONLINE)

    def attendance(self, place: Facts | None) -> str | None:
        mode = "Online" if self.is_online else "Offline"
        return f"https://schema.org/{mode}EventAttendanceMode" if place else None

    def track(self, track, place: Facts | None) -> Facts:
        return _told(
            {
                "@type": "Event",
                "name": track.title,
                "description": _plain(track.summary),
                **self.times(),
                "eventStatus": f"https://schema.org/{EVENT_STATES[self.page.event_status]}",
                "eventAttendanceMode": self.attendance(place),
                "location": place,
                "performer": self.performers([track]),
            }
        )

    def performers(self, tracks) -> list[Facts]:
        people = {row.person_id: row.person for track in tracks for row in track.people.all()}
        return [
            _told({"@type": "Person", "name": person.full_name, "jobTitle": person.position})
            for person in people.values()
        ]

    # --- what several of them have ----------------------------------------------------------

    def organisation(self, organisation) -> Facts | None:
        if organisation is None:
            return None
        return _told({"@type": "Organization", "name": organisation.name, "url": organisation.url})

    def images(self) -> list[Any]:
        """The lead picture in its largest size, then the share picture."""
        full = renditions.full_url(self.page.lead_image) if self.page.lead_image else None
        return [image for image in (full and self.picture(full), self.shared.picture) if image]

    def picture(self, full: renditions.FullSize) -> Facts:
        url = self.shared.absolute(full.url)
        return {"@type": "ImageObject", "url": url, "width": full.width, "height": full.height}


def _told(facts: Facts) -> Facts:
    """Leave out what is not known."""
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def _moment(moment: datetime.datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None


def _plain(rich_text: str) -> str:
    return " ".join(strip_tags(rich_text.replace("<", " <")).split())
