"""What the templates of readers' pages ask of translations."""

from django import template

from ..readers import versions_elsewhere

register = template.Library()


@register.simple_tag(takes_context=True)
def other_versions(context):
    """Return the versions in other languages of a page that is missing in this one."""
    request = context.get("request")
    return versions_elsewhere(request) if request else []
