"""What the API adds to the admin: front ends in the settings and in the preview panel."""

from wagtail import hooks

from .front_ends import front_end_viewset, modes_for

hooks.register("find_preview_modes", modes_for)


@hooks.register("register_admin_viewset")
def front_ends():
    return front_end_viewset
