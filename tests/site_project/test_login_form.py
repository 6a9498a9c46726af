"""The editors' door speaks the visitor's language to the last label."""

import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "label"), [("pl", "Hasło"), ("en", "Password"), ("uk", "Пароль")])
def test_the_password_is_asked_for_in_the_visitors_language(client, language, label):
    page = client.get("/admin/login/", headers={"accept-language": language}, secure=True)

    field = BeautifulSoup(page.content, "html.parser").select_one("label[for=id_password]")
    assert field.get_text(" ", strip=True).split()[0] == label
