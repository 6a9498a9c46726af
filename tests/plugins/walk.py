"""Walks the main pages of a site and of its admin, and tells what of the product's rooms shows there."""

import re
import sys
import tempfile

from django.db import transaction
from django.test import Client, override_settings
from django.urls import Resolver404, resolve

from pages import plugins
from tests.site_tree import SiteTree, full_workshop

ADMIN = (
    "/admin/",
    "/admin/pages/",
    "/admin/pages/{home}/",
    "/admin/pages/{workshop}/edit/",
    "/admin/pages/{workshop}/history/",
    "/admin/images/",
    "/admin/documents/",
    "/admin/account/",
    "/admin/plugins/docx/",
)
PUBLIC = ("/pl/search/?query=rewitalizacja", "/pl/nie-ma-takiej/", "/sitemap.xml", "/robots.txt", "/llms.txt")
#: Addresses of the site itself; files and what ends the session are not asked for.
LINK = re.compile(r'(?:href|action|"url"|&quot;url&quot;)(?:=|: )(?:"|&quot;)(/(?!/)[^"#?&]*)')
NOT_FOLLOWED = re.compile(
    r"/static/|/media/|/documents/|/admin/logout/|/admin/bulk/|/-/language/|/admin/.*/(delete|unpublish)/"
)


def rooms():
    """The labels of the plugins that come with the product."""
    return [entry_point.name for entry_point in plugins.own_plugins()]


def traces(html):
    """What in a page leads to a room: its public addresses, files and API."""
    return sorted(set(re.findall(rf"/(?:-|static)/(?:{'|'.join(rooms())})/|/api/v\d", html)))


def loaded():
    """The modules of rooms that are loaded; announcements are read of a plugin that is off, too."""
    return {name for name in sys.modules if name.startswith("pages.contrib.") and not name.endswith(".apps")}


def walk(user):
    """Visit the main pages, and once whatever they link to; leave the database as it was."""
    models_only = loaded()
    with tempfile.TemporaryDirectory() as media, override_settings(MEDIA_ROOT=media), transaction.atomic():
        site = SiteTree()
        workshop = full_workshop(site, photos=1, tracks=1, documents=1)
        pages = [site.home, site.news, site.add_news(), site.workshops, workshop]
        readers, editors = Client(raise_request_exception=False), Client(raise_request_exception=False)
        editors.force_login(user)
        names = {"home": site.home.pk, "workshop": workshop.pk}
        seen = _visit(readers, [*(page.url for page in pages), *PUBLIC])
        seen |= _visit(editors, [address.format(**names) for address in ADMIN])
        transaction.set_rollback(True)
    return {
        "visited": len(seen),
        "failed": {address: status for address, (status, _traces) in seen.items() if status >= 400},
        "traces": {address: found for address, (_status, found) in seen.items() if found},
        "code": sorted(loaded() - models_only),
    }


def _visit(client, addresses):
    seen, links = {}, set()
    for address in addresses:
        seen[address], found = _ask(client, address)
        links |= found
    asked = set(map(_view, seen))
    for address in sorted(links):
        if (view := _view(address)) not in asked:
            asked.add(view)
            seen[address], _found = _ask(client, address)
    return seen


def _view(address):
    """What answers an address: of many pages with one kind of view, one is enough. An address of nobody stands alone."""
    try:
        found = resolve(address.partition("?")[0])
    except Resolver404:
        return address
    return address if found.view_name == "wagtail_serve" else found.view_name or address


def _ask(client, address):
    response = client.get(address, follow=True)
    html = "" if response.streaming else response.content.decode(errors="replace")
    return (response.status_code, traces(html)), {link for link in LINK.findall(html) if not NOT_FOLLOWED.search(link)}
