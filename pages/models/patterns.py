"""Patterns: pages that are never published, and that new pages are started from."""

from django.db.models import Q
from wagtail.models import PagePermissionTester

from .reading import types_with


def is_pattern() -> Q:
    """What a ``Page`` of any type meets when it is a pattern."""
    return Q(*((f"{name}__is_pattern", True) for name in types_with("is_pattern")), _connector=Q.OR)


class PatternStaysDraft(ValueError):
    """Somebody tried to publish a pattern."""


class PatternPermissions(PagePermissionTester):
    """What a person may do with a page: publishing a pattern is not offered to anybody."""

    def can_publish(self):
        return super().can_publish() and not self.page.is_pattern

    def can_submit_for_moderation(self):
        return not self.page.is_pattern and super().can_submit_for_moderation()
