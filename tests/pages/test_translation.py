"""Every word of a page reaches the translator, and comes back to its place."""

import polib
import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from pages.models import Attachment, NewsPage, WorkshopPage
from tests.factories import SiteImageFactory
from tests.site_tree import full_workshop, translate

TABLE = {
    "has_row_headings": True,
    "table": {
        "caption": "Miasta w programie",
        "columns": [{"type": "text", "heading": "Miasto"}, {"type": "number", "heading": "Projekty"}],
        "rows": [{"values": ["Łódź", "12.5"]}, {"values": ["Wałbrzych", "7"]}],
    },
}


@pytest.fixture
def workshop(site):
    picture = {"image": SiteImageFactory(), "alt": "Plansze z wnioskami", "is_decorative": False, "caption": "Wnioski"}
    body = [
        ("heading", {"text": "Ustalenia", "level": "2"}),
        ("text", "<p>Miasta <b>wymieniły</b> doświadczenia.</p>"),
        ("quote", {"text": "Zaczęliśmy od podwórek.", "author": "Uczestniczka", "language": ""}),
        ("picture", picture),
        ("gallery", {"title": "Prace grup", "pictures": [picture | {"caption": "Grupa druga"}]}),
        ("table", TABLE),
        ("accordion", {"title": "Pytania", "items": [{"title": "Dla kogo?", "text": "<p>Dla miast.</p>"}]}),
        ("callout", {"kind": "info", "title": "Uwaga", "text": "<p>Zapisy trwają.</p>"}),
        ("contact", {"name": "Biuro programu", "role": "", "email": "biuro@example.org", "phone": "", "address": ""}),
        ("embed", {"title": "Nagranie debaty", "url": "https://vimeo.com/123456789", "transcript": "<p>Zapis.</p>"}),
        ("links", {"title": "Zobacz też", "items": [{"page": None, "url": "https://example.org", "text": "Przykład"}]}),
        ("abbreviations", {"title": "", "items": [{"abbreviation": "TBS", "expansion": "budownictwo społeczne"}]}),
    ]
    workshop = full_workshop(site, photos=1, tracks=1, documents=1, body=body)
    Attachment.objects.update(title="Szczegółowe podsumowanie")
    return WorkshopPage.objects.get(pk=workshop.pk)


@pytest.fixture
def english(workshop, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        related = [workshop.organiser, workshop.programme, *workshop.topics]
        for owner in (workshop.get_parent().get_parent().specific, workshop.get_parent().specific, *related):
            translate(owner, "en")
        translate(workshop, "en")
    return workshop.get_translation(Locale.objects.get(language_code="en"))


def test_titles_tracks_roles_outcomes_captions_and_alternative_texts_go_to_the_translator(workshop):
    source, _created = TranslationSource.update_or_create_from_instance(workshop)
    texts = set(StringSegment.objects.filter(source=source).values_list("string__data", flat=True))

    assert texts >= {
        "Warsztaty dla miast",
        "Obszar 0",
        "O czym rozmawiano.",
        "opieka ekspercka",
        "Minikatalog porad",
        "Uczestnicy słuchają, zdjęcie 0",
        "Podsumowanie",
        "Prezentacje",
        "Szczegółowe podsumowanie",
        "miasta modelowe",
        "Ustalenia",
        "Miasta <b>wymieniły</b> doświadczenia.",
        "Zaczęliśmy od podwórek.",
        "Plansze z wnioskami",
        "Wnioski",
        "Grupa druga",
        "Miasta w programie",
        "Miasto",
        "Wałbrzych",
        "Dla kogo?",
        "Zapisy trwają.",
        "Biuro programu",
        "Nagranie debaty",
        "Przykład",
        "budownictwo społeczne",
    }


def test_a_translated_page_has_every_text_in_its_place(english):
    body = {block.block_type: block.value for block in english.body}

    assert english.live
    assert english.title == "[en] Warsztaty dla miast"
    assert english.galleries.get().photos.get().alt == "[en] Uczestnicy słuchają, zdjęcie 0"
    assert english.tracks.get().outcomes.get().name == "[en] Minikatalog porad"
    assert english.organiser.name == "[en] Departament Programów Pomocowych"
    assert [topic.name for topic in english.topics] == ["[en] Mieszkalnictwo"]
    assert body["gallery"]["pictures"][0]["alt"] == "[en] Plansze z wnioskami"
    assert body["table"]["table"].caption == "[en] Miasta w programie"
    assert body["table"]["table"].row_data[0]["values"][0] == "[en] Łódź"
    assert body["accordion"]["items"][0]["title"] == "[en] Dla kogo?"


def test_dates_pictures_and_documents_stay_in_step_with_the_source(workshop, english):
    assert (english.starts_on, english.ends_on) == (workshop.starts_on, workshop.ends_on)
    assert english.galleries.get().photos.get().image == workshop.galleries.get().photos.get().image
    assert english.attachment_groups.first().attachments.get().document.format == "DOCX"


def test_a_person_keeps_the_name_and_says_its_language(english):
    person = english.tracks.get().people.get().person

    assert (person.name, person.name_language) == ("Anna Nowak-Kowalska 0", "pl")


def test_an_update_keeps_what_is_translated_and_offers_what_is_new(
    workshop, english, django_capture_on_commit_callbacks
):
    workshop.lead = "Zupełnie nowy lead."
    workshop.save_revision().publish()
    source = TranslationSource.objects.get_for_instance(workshop)
    source.update_from_db()
    translation = Translation.objects.get(source=source, target_locale=english.locale)

    total, done = translation.get_progress()
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    english.refresh_from_db()

    assert (total - done, english.title, english.lead) == (1, "[en] Warsztaty dla miast", "Zupełnie nowy lead.")


def test_a_po_file_goes_down_and_comes_up_translated(workshop, admin_client, site):
    translate(workshop.get_parent().get_parent().specific, "uk", publish=False)
    translate(workshop.get_parent().specific, "uk", publish=False)
    source, _created = TranslationSource.update_or_create_from_instance(workshop)
    ukrainian = Locale.objects.get(language_code="uk")
    translation = Translation.objects.create(source=source, target_locale=ukrainian)
    translation.save_target(publish=False)

    po = polib.pofile(admin_client.get(f"/admin/localize/translate/{translation.pk}/pofile/download/").content.decode())
    for entry in po:
        entry.msgstr = f"УКР {entry.msgid}"
    translation.import_po(po)

    total, done = translation.get_progress()
    assert done == total > 20


@pytest.mark.parametrize(
    ("translated", "language"),
    [("Wir haben mit den Höfen begonnen.", "de"), ("We began with the courtyards.", ""), (None, "de")],
)
def test_a_translated_quote_is_in_the_language_of_its_page(site, translated, language):
    words = "Wir haben mit den Höfen begonnen."
    page = site.add_news(body=[("quote", {"text": words, "author": "Uczestniczka", "language": "de"})])
    translate(page, "en", publish=False)
    translation = Translation.objects.get(source__object_id=page.translation_key)
    written = StringTranslation.objects.filter(context__path__endswith=".text")
    written.update(data=translated) if translated else written.delete()

    translation.save_target(publish=True)

    quote = NewsPage.objects.get(locale__language_code="en").body[0].value
    assert quote == {"text": translated or words, "author": "[en] Uczestniczka", "language": language}
