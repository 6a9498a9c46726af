"""Files for translators in the admin."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from pages.contrib.translation.exchange import formats, tmx, xliff12
from pages.contrib.translation.exchange.package import State
from pages.contrib.translation.models import FileImport, MemoryEntry
from pages.contrib.translation.segments import accept

from ..conftest import by_path
from .returning import filled, packed

FRENCH = b'<tu><tuv xml:lang="pl"><seg>Dom</seg></tuv><tuv xml:lang="fr"><seg>Maison</seg></tuv></tu>'

pytestmark = pytest.mark.usefixtures("in_english")


def address(name, *args, query=""):
    return reverse(f"translation:{name}", args=args) + (f"?{query}" if query else "")


def returned(content, name="returned.xlf"):
    return {"file": SimpleUploadedFile(name, content)}


@pytest.mark.parametrize("kind", formats.FORMATS)
def test_a_translation_is_downloaded_in_each_format(desk, admin_client, kind):
    translation = desk.send(desk.add_news("Nowe domy"))

    response = admin_client.post(address("exchange_download", query=f"translation={translation.pk}"), {"format": kind})

    assert f'filename="nowe-domy-pl-en{formats.FORMATS[kind].suffix}"' in response["Content-Disposition"]
    if formats.FORMATS[kind].read:
        units = formats.read(response.content).units
        assert [unit.source for unit in units] == [unit.source for unit in packed(translation).units]


def test_a_queue_and_a_section_fit_into_one_file(desk, admin_client):
    one, two = desk.send(desk.add_news("Pierwsza")), desk.send(desk.add_news("Druga"))
    desk.send(desk.add_workshop("Warsztat"))
    queue = address("exchange_download", query=f"translation={two.pk}&translation={one.pk}&format=xliff12")
    section = address("exchange_download", query=f"section={desk.news.pk}&language=en&format=xliff20")

    queued = {unit.source for unit in formats.read(admin_client.get(queue).content).units}
    within = {unit.source for unit in formats.read(admin_client.get(section).content).units}

    assert {"Pierwsza", "Druga"} <= queued & within
    assert "Warsztat" not in queued | within


def test_an_upload_leads_to_a_report_with_every_verdict(desk, admin_client):
    translation = desk.send(desk.add_news("Nowe domy", lead="Trzy miasta."))
    words = {"title": "New houses", "lead": "x" * 5000}
    content = xliff12.write(filled(packed(translation), words, State.ACCEPTED))

    response = admin_client.post(
        address("exchange_upload", query=f"translation={translation.pk}"), returned(content), follow=True
    )

    text = response.content.decode()
    assert by_path(translation, "title").target == "New houses"
    assert "accepted: 1" in text
    assert "New houses" in text
    narrowed = admin_client.get(response.request["PATH_INFO"] + "?verdict=accepted&p=x").content.decode()
    assert "New houses" in narrowed
    assert "Trzy miasta." not in narrowed


def test_a_report_is_a_table_whose_cells_are_no_formulas(desk, admin_client):
    translation = desk.send(desk.add_news("=SUM(A1)"))
    content = xliff12.write(filled(packed(translation), {"title": "=1+1"}, State.ACCEPTED))
    admin_client.post(address("exchange_upload"), returned(content))

    response = admin_client.get(address("exchange_report_csv", FileImport.objects.get().pk))

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][0] == "Verdict"
    assert ["'=SUM(A1)", "'=1+1"] in [row[3:5] for row in rows]


@pytest.mark.parametrize(
    "content", [b"hello", b"<a><b></a>", b"PK\x03\x04", b"", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>']
)
def test_a_damaged_file_changes_nothing_and_is_told_at_its_field(desk, admin_client, content):
    translation = desk.send(desk.add_news("Nowe domy"))

    response = admin_client.post(address("exchange_upload", query=f"translation={translation.pk}"), returned(content))

    assert response.status_code == 400
    assert response.context["upload_form"].errors["file"]
    assert not FileImport.objects.exists()
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize(
    "query", ["translation=x", "translation=99999999", "section=x", "section=999999", "section=1&language=%00"]
)
def test_what_does_not_exist_is_not_found(desk, admin_client, query):
    assert admin_client.get(address("exchange", query=query)).status_code == 404
    assert admin_client.get(address("exchange_download", query=f"{query}&format=po")).status_code == 404


def test_two_languages_do_not_fit_into_one_file(desk, admin_client):
    news = desk.add_news("Nowe domy")
    english, german = desk.send(news), desk.send(news, Locale.objects.create(language_code="de"))

    response = admin_client.get(
        address("exchange_download", query=f"translation={english.pk}&translation={german.pk}&format=po")
    )

    assert response.status_code == 400
    assert "one pair of languages" in response.content.decode()


def test_whoever_may_not_change_a_translation_gets_no_file_and_no_report(desk, client, admin_user):
    translation = desk.send(desk.add_news("Nowe domy"))
    report = FileImport.objects.create(file_name="a.po", made_by=admin_user)
    anna = User.objects.create_user("anna")
    anna.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(anna)

    refused = [
        client.get(address("exchange", query=f"translation={translation.pk}")),
        client.get(address("exchange_download", query=f"translation={translation.pk}&format=po")),
        client.get(address("exchange_report", report.pk)),
        client.get(address("exchange_report_csv", report.pk)),
    ]

    assert all(response.status_code in {302, 403} for response in refused)
    assert not any(response.headers.get("Content-Disposition") for response in refused)


def test_a_memory_goes_to_the_memory_in_the_languages_of_the_site(desk, admin_client):
    translation = desk.send(desk.add_news("Nowe domy"))
    accept(translation, [(by_path(translation, "title"), "New <b>houses</b>")], None)
    content = tmx.write(packed(translation))
    MemoryEntry.objects.all().delete()
    elsewhere = content.replace(b'xml:lang="pl"', b'xml:lang="PL-pl"').replace(b"</body>", FRENCH + b"</body>")

    response = admin_client.post(address("exchange_upload"), returned(elsewhere, "memory.tmx"), follow=True)

    (entry,) = MemoryEntry.objects.all()
    assert (entry.source, entry.target, entry.origin) == ("Nowe domy", "New <b>houses</b>", "memory.tmx")
    assert (entry.source_language, entry.target_language, entry.is_imported) == ("pl", "en", True)
    text = response.content.decode()
    assert "The memory took 1 pair." in text
    assert "1 pair was left out" in text


def test_only_whoever_may_add_to_the_memory_uploads_one(desk, client):
    anna = User.objects.create_user("anna")
    anna.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(anna)

    response = client.post(address("exchange_upload"), returned(tmx.write(packed(desk.send(desk.add_news())))))

    assert response.status_code == 400
    assert not MemoryEntry.objects.exists()
