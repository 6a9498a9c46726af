from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.contrib.settings.models import register_setting

from .models import PollSettings

register_setting(PollSettings, icon="help")


@hooks.register("register_admin_menu_item")
def polls_menu_item():
    return MenuItem("Polls of the example plugin", "/admin/polls/", name="example-polls", icon_name="help")
