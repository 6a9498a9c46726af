"""What the content adds to Wagtail's admin and to the serving of pages."""

from django.apps import apps
from django.http import Http404
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from . import (
    autosave,
    explorer,
    foreign_words,
    list_numbers,
    patterns,
    plugin_desk,
    po_files,
    schedule,
    translation_permissions,
    waiting,
)
from .content_checks import with_our_checks
from .interchange import downloads
from .rich_text import PageLinks


@hooks.register("before_serve_page")
def hide_pages_of_dormant_plugins(page, request, serve_args, serve_kwargs):
    """Answer 404 for a page type whose plugin is switched off: its templates are not there."""
    if getattr(apps.get_app_config(page._meta.app_label), "is_dormant", False):
        raise Http404


@hooks.register("before_serve_page")
def keep_each_language_under_its_prefix(page, request, serve_args, serve_kwargs):
    """Answer 404 below the prefix of a language without a home page: Wagtail shows another language there."""
    if page.locale.language_code != get_language():
        raise Http404


@hooks.register("before_create_page")
def go_on_with_the_page_of_an_autosave(request, parent, page_class):
    return autosave.go_on(request)


@hooks.register("before_move_page")
def refuse_a_wrong_parent(request, page, destination):
    """Say why a page cannot stand there, and let the editor choose again; Wagtail speaks of missing rights."""
    if page.can_move_to(destination) and not destination.is_descendant_of(page):
        return None
    names = {"page": page.get_admin_display_title(), "parent": destination.get_admin_display_title()}
    message = _("“%(page)s” cannot be moved below “%(parent)s”: pages of its kind have another place. Choose again.")
    messages.error(request, message % names)
    return redirect("wagtailadmin_pages:move", page.pk)


@hooks.register("register_admin_urls", order=-1)
def our_answers_at_addresses_of_localize():
    return [*translation_permissions.admin_addresses(), *po_files.admin_addresses()]


@hooks.register("register_admin_urls")
def our_own_addresses():
    return [
        *patterns.admin_addresses(),
        *schedule.admin_addresses(),
        *plugin_desk.admin_addresses(),
        *downloads.admin_addresses(),
    ]


@hooks.register("construct_homepage_panels")
def what_waits(request, panels):
    waiting.arrange(panels)


@hooks.register("register_admin_menu_item")
def calendar_item():
    return schedule.menu_item()


@hooks.register("register_settings_menu_item")
def plugins_item():
    return plugin_desk.menu_item()


@hooks.register("register_page_header_buttons")
def offer_patterns(page, user, view_name, next_url=None):
    yield from patterns.header_buttons(page, user)


@hooks.register("register_page_header_buttons")
def offer_files(page, user, view_name, next_url=None):
    yield from downloads.header_buttons(page, user)


@hooks.register("register_admin_viewset")
def lists_of_pages():
    return [
        explorer.PageOfSiteViewSet(),
        explorer.NewsViewSet(),
        explorer.WorkshopViewSet(),
        explorer.AllNews(),
        explorer.AllWorkshops(),
    ]


# After Wagtail's own handler for the same links, which it replaces.
@hooks.register("register_rich_text_features", order=10)
def register_page_links(features):
    features.register_link_type(PageLinks)


@hooks.register("register_rich_text_features")
def register_marks_of_languages(features):
    foreign_words.register(features)


@hooks.register("register_rich_text_features")
def register_numbers_of_items(features):
    list_numbers.register(features)


# Late, so that a checker which another app puts in is kept and gets our rules too.
@hooks.register("construct_wagtail_userbar", order=100)
def add_our_content_checks(request, items, page):
    items[:] = [with_our_checks(item) for item in items]


@hooks.register("insert_editor_js")
def dialogs_of_the_editor():
    return foreign_words.dialog() + list_numbers.dialog()


@hooks.register("insert_editor_js")
def scripts_of_the_editor():
    scripts = (
        "pages/gallery-rows.js",
        "pages/one-save-at-a-time.js",
        "pages/open-at-block.js",
        "pages/written-while-saving.js",
    )
    return format_html_join("\n", '<script type="module" src="{}"></script>', ((static(name),) for name in scripts))
