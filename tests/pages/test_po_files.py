"""A PO file that cannot be read is refused with a sentence and changes nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from tests.site_tree import translate

ENTRY = '\nmsgctxt "title"\nmsgid "Nowe domy"\nmsgstr "New homes"\n'


@pytest.fixture
def translation(site):
    article = site.add_news("Nowe domy")
    for page in (site.home, site.news):
        translate(page, "en", publish=False)
    source, _created = TranslationSource.update_or_create_from_instance(article)
    translation = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="en"))
    translation.save_target(publish=False)
    StringTranslation.objects.all().delete()
    return translation


def upload(client, translation, content):
    address = f"/admin/localize/translate/{translation.pk}/pofile/upload/"
    files = {"file": SimpleUploadedFile("en.po", content)} if content is not None else {}
    return client.post(address, files | {"next": "/admin/"}, follow=True)


def header(translation_id, charset="utf-8"):
    lines = [
        'msgid ""',
        'msgstr ""',
        f'"Content-Type: text/plain; charset={charset}\\n"',
        f'"X-WagtailLocalize-TranslationID: {translation_id}\\n"',
    ]
    return "\n".join(lines) + "\n"


def test_a_file_of_this_translation_is_taken(admin_client, translation):
    upload(admin_client, translation, (header(translation.uuid) + ENTRY).encode())

    assert StringTranslation.objects.get().data == "New homes"


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"\x89PNG\r\n\x1a\n\x00\xff",
        b"not a PO file at all",
        ENTRY.encode(),
        (header("00000000-0000-0000-0000-000000000000") + ENTRY).encode(),
        (header("0", charset="no-such-charset") + ENTRY).encode(),
        (header("0") + 'msgid "\xff').encode("latin-1"),
    ],
)
def test_any_other_file_is_refused_with_a_sentence(admin_client, translation, content):
    response = upload(admin_client, translation, content)

    assert response.status_code == 200
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert not StringTranslation.objects.exists()
