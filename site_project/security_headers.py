"""Headers that Django and django-csp leave out: device permissions and who may embed our answers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from .csp import EMBED_SOURCES

_REFUSED = [
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "usb", "xr-spatial-tracking",
]  # fmt: skip
_FULLSCREEN = " ".join(["self", *(f'"{source}"' for source in EMBED_SOURCES)])

PERMISSIONS_POLICY = ", ".join([*(f"{feature}=()" for feature in _REFUSED), f"fullscreen=({_FULLSCREEN})"])


class SecurityHeaders:
    """Add ``Permissions-Policy`` and ``Cross-Origin-Resource-Policy`` where a view has not set its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # Pictures are shown by newsletters in webmail and by other front ends; pages are ours alone.
        policy = "cross-origin" if request.path_info.startswith("/media/") else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", policy)
        return response
