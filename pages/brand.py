"""The institution's own colours as a style sheet: the policy of the site allows no inline styles."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control


@cache_control(public=True, max_age=31_536_000, immutable=True)
def brand_css(request: HttpRequest, hue: int, accent: int) -> HttpResponse:
    """Return two tokens; every other colour follows from them. The address changes with the colours."""
    if hue > 360 or accent > 360:
        raise Http404
    css = f"@layer client {{ :root {{ --hue: {hue}; --hue-accent: {accent}; }} }}\n"
    return HttpResponse(css, content_type="text/css; charset=utf-8")
