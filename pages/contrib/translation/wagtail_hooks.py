"""Where the translators' desk stands in the admin."""

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from . import review_hooks, urls  # noqa: F401 -- review_hooks registers its own
from .bulk.actions import BULK_ACTIONS
from .editor.opening import instead_of_localize
from .glossary_desk import glossary_viewset
from .memory_desk import memory_viewset

#: Every page of this room announces itself with ``@hooks.register("register_translation_menu_item")``.
translation_menu = Menu(register_hook_name="register_translation_menu_item")


@hooks.register("register_admin_menu_item")
def translations_menu():
    return SubmenuMenuItem(
        _("Translations"), translation_menu, name="translations", icon_name="wagtail-localize-language", order=350
    )


@hooks.register("register_translation_menu_item")
def desk_menu_item():
    return MenuItem(_("Desk"), reverse_lazy("translation:desk"), name="translation-desk", icon_name="table", order=10)


@hooks.register("register_translation_menu_item")
def files_menu_item():
    address = reverse_lazy("translation:exchange")
    return MenuItem(_("Upload a file"), address, name="translation-files", icon_name="upload", order=80)


@hooks.register("register_translation_menu_item")
def jobs_menu_item():
    return MenuItem(_("Jobs"), reverse_lazy("translation:jobs"), name="translation-jobs", icon_name="tasks", order=90)


@hooks.register("register_permissions")
def permission_to_send_texts():
    return Permission.objects.filter(content_type__app_label="translation", codename="use_machine_translation")


@hooks.register("register_admin_viewset")
def glossary_and_memory():
    return [glossary_viewset, memory_viewset]


@hooks.register("register_translation_menu_item")
def glossary_menu_item():
    return glossary_viewset.get_menu_item(order=60)


@hooks.register("register_translation_menu_item")
def memory_menu_item():
    return memory_viewset.get_menu_item(order=70)


@hooks.register("register_admin_urls")
def addresses():
    return [path("translations/", include(urls))]


# Before Localize's own hooks, which open its editor.
hooks.register("before_edit_page", instead_of_localize, order=-10)
hooks.register("before_edit_snippet", instead_of_localize, order=-10)

for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)
