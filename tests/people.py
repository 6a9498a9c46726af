"""People who work in the admin, each with rights to parts of the tree."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission
from wagtail.users.models import UserProfile


def person(name, rights=None, *, language="en", **fields):
    """Return somebody who may enter the admin; ``rights`` maps a page to actions such as ``("add", "publish")``."""
    user = get_user_model().objects.create_user(name, f"{name}@urzad.example", "pass", **fields)
    UserProfile.objects.create(user=user, preferred_language=language)
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    for page, actions in (rights or {}).items():
        for action in actions:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")
            GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    return user
