"""The people who work on the demo: groups, what each may do, and one account of each."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.users.models import UserProfile

from pages import models
from site_project.demo import pages

PASSWORD = "rynek-demo-2018"  # noqa: S105 -- printed on the screen; made on a developer's machine only
SHARED_SNIPPETS = (models.Organisation, models.Person, models.Programme, models.Topic)
SNIPPETS = (*SHARED_SNIPPETS, models.Header, models.Footer)

#: Account, group (none: everything is allowed), language of the editor's interface.
ACCOUNTS = (
    ("administrator", None, "pl"),
    ("editor", "Editors", "pl"),
    ("moderator", "Moderators", "pl"),
    ("translator", "Translators", "uk"),
)


def add_groups():
    """Make the three groups: editors write, moderators publish, translators work in their languages.

    All of them submit for translation: editors and moderators what they may change, translators what is
    published. Moderators publish what translators have written.
    """
    source = Page.objects.get(pk=pages.page_id("home"))
    targets = Page.objects.filter(translation_key=source.translation_key).exclude(pk=source.pk)
    writing = ("add_page", "change_page")
    publishing = (*writing, "publish_page", "lock_page", "unlock_page")
    submit = _permission("wagtail_localize", "submit_translation")
    _set_up(
        "Editors", {source: writing, **dict.fromkeys(targets, ("add_page",))}, [submit, *_rights_to(SHARED_SNIPPETS)]
    )
    answer = _permission("accessibility", "change_problemreport")
    _set_up(
        "Moderators",
        dict.fromkeys([source, *targets], publishing),
        [submit, answer, *_rights_to((*SNIPPETS, models.FundingSigns))],
    )
    terms = [_permission("translation", f"{action}_glossaryterm") for action in ("add", "change", "delete")]
    memory = [_permission("translation", f"{action}_memoryentry") for action in ("add", "view", "delete")]
    words = [submit, *_rights_to(SNIPPETS, actions=("change", "view")), *terms, *memory]
    _set_up("Translators", dict.fromkeys(targets, writing), words)


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


def _set_up(name, rights_by_page, permissions):
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.set([_permission("wagtailadmin", "access_admin"), *permissions])
    # Wagtail's own groups may work on every page; ours keep to the trees of their languages.
    GroupPagePermission.objects.filter(group=group).delete()
    for page, actions in rights_by_page.items():
        for action in actions:
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


def _rights_to(snippets, actions=("add", "change", "view")):
    names = [f"{action}_{model._meta.model_name}" for model in snippets for action in actions]
    return list(Permission.objects.filter(content_type__app_label="pages", codename__in=names))


def _permission(app, codename):
    return Permission.objects.get(content_type__app_label=app, codename=codename)
