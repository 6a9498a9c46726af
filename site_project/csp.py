"""What a browser may load: one strict policy for the public, the narrowest that works for the admin."""

from csp.constants import NONCE, NONE, SELF, UNSAFE_HASHES, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

#: Players that a reader may open with a click; nothing is loaded from them before.
EMBED_SOURCES = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]

PUBLIC = {
    "default-src": [NONE],
    "script-src": [SELF, NONCE],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "frame-src": EMBED_SOURCES,
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    "object-src": [NONE],
}

# "return;": how the tool for the focal point of a picture asks whether there is a touch screen.
_TOUCH_PROBE = "'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='"

# Wagtail 8 writes <script> elements without a nonce (date pickers, choosers, InlinePanel), and some
# arrive later inside fragments whose nonce would be another request's. Other inline handlers stay forbidden.
ADMIN = PUBLIC | {
    "script-src": [SELF],
    "script-src-elem": [SELF, UNSAFE_INLINE],
    "script-src-attr": [UNSAFE_HASHES, _TOUCH_PROBE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    # The preview panel.
    "frame-src": [SELF],
    "worker-src": [SELF, "blob:"],
}

#: Addresses in the admin whose answer is not an admin page: doors for strangers, and a block as readers see it.
_PUBLIC_VIEWS = {
    "wagtailadmin_login",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_block_preview",
}


class ContentSecurityPolicy(CSPMiddleware):
    """Give admin pages their own policy.

    A page preview is rendered by an inner request for the page's public address, so it
    arrives here with the public policy, which is kept.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and _is_admin_page(request):
            parts.config = ADMIN
        return parts


def _is_admin_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.path_info.startswith("/admin/") and not (match and match.url_name in _PUBLIC_VIEWS)
