"""What the API adds to the admin: tokens and front ends in the settings, front ends in the preview panel."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.users.views.api_tokens import APITokenViewSet

from .front_ends import front_end_viewset, modes_for

hooks.register("find_preview_modes", modes_for)


class Tokens(APITokenViewSet):
    """Wagtail's own, which it offers only where its third API is an installed app."""

    menu_label = _("API tokens")


@hooks.register("register_admin_viewset")
def front_ends_and_tokens():
    return [front_end_viewset, Tokens("wagtailusers_api_tokens", url_prefix="api-tokens")]
