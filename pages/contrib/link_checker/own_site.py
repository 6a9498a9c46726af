"""Ask the site itself what stands at one of its addresses, as a reader who is not logged in would see it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO, StringIO
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http.request import validate_host
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

MOST_REDIRECTS = 5


@dataclass(frozen=True)
class Verdict:
    problem: str = ""
    moved_to: str = ""


@dataclass(frozen=True)
class Shown:
    """What a reader gets at a path: the status, the names of the places in the page, where a redirect leads."""

    status: int
    places: frozenset[str] = frozenset()
    location: str = ""


class OwnSite:
    """Answer for the addresses of this installation; each path is asked once for each object of this class."""

    def __init__(self):
        self._shown: dict[tuple[str, str], Shown] = {}
        self._handler = None
        self.sites = list(Site.objects.select_related("root_page"))

    def has(self, url: str) -> bool:
        """Tell whether an address belongs to this installation; a path without a host always does."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return True  # no address at all, so nobody else's
        return not parts.hostname or parts.hostname in self._hosts

    @property
    def _hosts(self) -> set[str]:
        base = urlsplit(getattr(settings, "WAGTAILADMIN_BASE_URL", "")).hostname
        return {site.hostname.lower() for site in self.sites} | ({base} if base else set())

    def verdict(self, href: str, page) -> Verdict:
        """Say what is wrong with an address of this site that stands on ``page`` (or on no page in particular)."""
        if not href:
            return Verdict("empty")
        if href.lower().startswith("www."):
            return Verdict("no_scheme")
        try:
            url, place = urldefrag(urljoin((page and page.get_full_url()) or self._root_url(), href))
            parts, typed = urlsplit(url), urlsplit(href)
        except ValueError:
            return Verdict("malformed")
        if parts.scheme not in {"http", "https"} or (typed.scheme and not typed.hostname) or not self.has(url):
            return Verdict("malformed")
        host, path = parts.hostname, self._path(url)
        if path.startswith(reverse("wagtailadmin_home")):
            return Verdict("in_admin")
        if path.startswith(settings.STATIC_URL):
            return Verdict("" if finders.find(unquote(path.removeprefix(settings.STATIC_URL))) else "not_found")
        return self._verdict_of(host, path, unquote(place))

    def _verdict_of(self, host: str, path: str, place: str) -> Verdict:
        moved, start = True, path
        for _step in range(MOST_REDIRECTS):
            shown = self.shown(host, path)
            if not shown.location:
                break
            target = urljoin(f"http://{host}{path}", shown.location)
            if not self.has(target):
                return Verdict()  # it leaves the house; the visitor of other sites does not follow from here
            moved, path = moved and shown.status in {301, 308}, self._path(target)
        if shown.status in {404, 410}:
            return Verdict("not_found")
        if shown.status >= 500:
            return Verdict("site_error")
        # Behind a redirect that may change again, a login for example, stands another page than the one meant.
        if moved and shown.status == 200 and place not in {"", "top", *shown.places} and shown.places:
            return Verdict("anchor_missing")
        return Verdict(moved_to=path if moved and path != start else "")

    def shown(self, host: str, path: str) -> Shown:
        """Return what a reader gets there, without the network."""
        if (host, path) not in self._shown:
            # The language of whoever runs the check must not change, nor decide what readers see.
            with translation.override(settings.LANGUAGE_CODE):
                self._shown[host, path] = self._ask(host, path)
        return self._shown[host, path]

    def _ask(self, host: str, path: str) -> Shown:
        if self._handler is None:
            self._handler = BaseHandler()
            self._handler.load_middleware()
        request = WSGIRequest(self._environment(host, path))
        # Wagtail's middlewares know it from previews: a request that nobody sent.
        request.is_dummy = True
        response = self._handler.get_response(request)
        location = response.headers.get("Location", "") if 300 <= response.status_code < 400 else ""
        return Shown(response.status_code, frozenset(_places(response)), location)

    def _environment(self, host: str, path: str) -> dict:
        path, _mark, query = path.partition("?")
        allowed = settings.ALLOWED_HOSTS or ["localhost"]
        known = next((name.lstrip(".") for name in allowed if name != "*"), "localhost")
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote(path, "iso-8859-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": host if validate_host(host, allowed) else known,
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_X_FORWARDED_PROTO": "https",
            "wsgi.url_scheme": "https",
            "wsgi.input": BytesIO(),
            "wsgi.errors": StringIO(),
        }

    def _root_url(self) -> str:
        default = next((site for site in self.sites if site.is_default_site), None)
        return default.root_url + "/" if default else "http://localhost/"

    @staticmethod
    def _path(url: str) -> str:
        parts = urlsplit(url)
        return quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{parts.query}" if parts.query else "")


def _places(response) -> set[str]:
    """Return the names that an address may point at with ``#…``; nothing for what is not a page."""
    # The page that asks for a password stands at the address of the page, and has none of its places.
    if "password_required" in str(getattr(response, "template_name", "")):
        return set()
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        response.close()
        return set()
    page = BeautifulSoup(response.content, "html.parser")
    return {tag["id"] for tag in page.find_all(id=True)} | {
        tag["name"] for tag in page.find_all("a", attrs={"name": True})
    }
