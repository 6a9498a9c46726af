"""What the head of a page needs to be found and shared."""

from django import template

from pages.sharing import SharedPage

register = template.Library()


@register.simple_tag(takes_context=True)
def shared_page(context):
    """Return the page as search engines and social networks should know it: ``{% shared_page as shared %}``."""
    return SharedPage(context["frame"], context.get("canonical_query", ""))
