"""The people who work on the demo: groups, what each may do, and one account of each."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.users.models import UserProfile

from pages import models
from site_project.demo import pages, words

PASSWORD = "rynek-demo-2018"  # noqa: S105 -- printed on the screen; made on a developer's machine only
SHARED_SNIPPETS = (models.Organisation, models.Person, models.Programme, models.Topic)
NAVIGATION = (models.Header, models.Footer)

#: Account, group (none: everything is allowed), language of the editor's interface.
ACCOUNTS = (
    ("administrator", None, "pl"),
    ("editor", "Editors", "pl"),
    ("moderator", "Moderators", "pl"),
    ("translator", "Translators", "uk"),
)


def add_groups():
    """Make the three groups: editors write, moderators publish, translators work in their languages."""
    source = Page.objects.filter(pk=pages.page_id("home"))
    targets = Page.objects.filter(translation_key=words.identity("page", "home")).exclude(pk__in=source)
    _set_up("Editors", source, ("add_page", "change_page"), _change(SHARED_SNIPPETS))
    everything = [*source, *targets]
    moderating = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
    _set_up("Moderators", everything, moderating, _change(SHARED_SNIPPETS + NAVIGATION))
    _set_up("Translators", targets, ("change_page",), _translate())


def add_accounts():
    """Make the accounts that do not exist yet, all with the demo's password."""
    for name, group, language in ACCOUNTS:
        user, is_new = get_user_model().objects.get_or_create(
            username=name, defaults={"email": f"{name}@urzad.example", "is_superuser": group is None}
        )
        if is_new:
            user.set_password(PASSWORD)
            user.save()
            user.groups.set(Group.objects.filter(name=group))
            UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})


def _set_up(name, home_pages, page_actions, permissions):
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.set([_permission("wagtailadmin", "access_admin"), *permissions])
    # Wagtail's own groups may work on every page; ours keep to the trees of their languages.
    GroupPagePermission.objects.filter(group=group).delete()
    for page in home_pages:
        for action in page_actions:
            GroupPagePermission.objects.create(group=group, page=page, permission=_permission("wagtailcore", action))
    _open_library(group)


def _open_library(group):
    """Let a group choose, add and change the pictures and documents of the whole library."""
    root = Collection.get_first_root_node()
    # Wagtail asks for the rights to its own models, whichever models the site uses.
    actions = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"],
        codename__regex="^(add|change|choose)_(image|document)$",
    )
    for permission in actions:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _change(snippets):
    names = [f"{action}_{model._meta.model_name}" for model in snippets for action in ("add", "change", "view")]
    return list(Permission.objects.filter(content_type__app_label="pages", codename__in=names))


def _translate():
    names = [
        f"{action}_{model._meta.model_name}" for model in SHARED_SNIPPETS + NAVIGATION for action in ("change", "view")
    ]
    return [
        _permission("wagtail_localize", "submit_translation"),
        *Permission.objects.filter(content_type__app_label="pages", codename__in=names),
    ]


def _permission(app, codename):
    return Permission.objects.get(content_type__app_label=app, codename=codename)
