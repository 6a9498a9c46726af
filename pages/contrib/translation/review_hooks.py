"""Where requests and reviews stand in the admin, and where a review stands before Wagtail's own ways to publish."""

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from pages.translation_permissions import may, may_translate_from

from . import panels, readers, request_form
from .gate import held_back_by_review
from .machine.views import instead_of_localize
from .update_translations import Update


@hooks.register("before_publish_page")
def review_first(request, page):
    if held_back_by_review(request.user, [page]):
        messages.error(request, _refusal([page]))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_bulk_action")
def review_first_of_many(request, action_type, objects, action):
    if action_type != "publish":
        return None
    pages = list(objects)
    if action.cleaned_form and action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [page for root in objects for page in root.get_descendants().not_live()]
    held_back = held_back_by_review(request.user, pages)
    if not held_back:
        return None
    messages.error(request, _refusal(held_back))
    return redirect(action.next_url)


def _refusal(pages) -> str:
    titles = ", ".join(f"“{page.get_admin_display_title()}”" for page in pages[:5])
    return _("Not published, since these translations are to be reviewed first: %(titles)s.") % {"titles": titles}


@hooks.register("register_admin_urls", order=-2)
def our_answers_at_addresses_of_localize():
    return [
        path("localize/update/<int:translation_source_id>/", Update.as_view()),
        path("localize/translate/<int:translation_id>/machine_translate/", instead_of_localize),
        *request_form.admin_addresses(),
    ]


@hooks.register("register_page_header_buttons")
def ask_for_translations(page, user, view_name, next_url=None):
    """Lead to the form that Localize offers only while a language is missing."""
    if not user.has_perm("wagtail_localize.submit_translation") or page.is_root():
        return
    if request_form.unfinished_translations(page).exists() and may_translate_from(user, page):
        address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        yield Button(_("Ask for a translation"), url=address, icon_name="mail", priority=61)


@hooks.register("register_page_header_buttons")
def publish_with_its_translations(page, user, view_name, next_url=None):
    if not page.has_unpublished_changes or page.is_root() or not may(user, "publish", page):
        return
    if request_form.unfinished_translations(page).exists():
        address = reverse("translation:together", args=[page.pk])
        yield Button(_("Publish together"), url=address, icon_name="calendar-alt", priority=62)


@hooks.register("construct_homepage_panels", order=10)
def what_waits(request, waiting):
    panels.arrange(waiting)


hooks.register("find_newer_original", readers.newer_original)


@hooks.register("on_serve_page")
def mark_what_is_not_translated(next_serve_page):
    def serve(page, request, args, kwargs):
        response = next_serve_page(page, request, args, kwargs)
        if hasattr(response, "add_post_render_callback"):
            response.add_post_render_callback(lambda rendered: readers.mark_foreign_parts(page, rendered))
        return response

    return serve
