"""Settings, Plugins: what administrators read there, and that nobody else does."""

import pytest
from django.contrib.auth.models import Group, User

from pages import plugin_report

pytestmark = pytest.mark.django_db


def test_an_administrator_sees_every_room_of_the_product_and_what_uses_it(admin_client):
    listed = admin_client.get("/admin/plugins/").content.decode()

    assert 'href="/admin/plugins/docx/"' in listed
    assert "część systemu" in listed
    assert "Żadna strona nie używa tej wtyczki" in admin_client.get("/admin/plugins/docx/").content.decode()
    assert admin_client.get("/admin/plugins/nothing/").status_code == 404


def test_where_nothing_is_installed_the_page_says_so(admin_client, monkeypatch):
    monkeypatch.setattr(plugin_report, "reports", list)

    assert "Nie zainstalowano żadnej wtyczki." in admin_client.get("/admin/plugins/").content.decode()


def test_an_editor_neither_sees_nor_opens_it(client):
    editor = User.objects.create_user("editor", password="x")
    editor.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(editor)

    assert "/admin/plugins/" not in client.get("/admin/").content.decode()
    assert client.get("/admin/plugins/").status_code == 302
