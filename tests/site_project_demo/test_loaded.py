"""The facts of the July 2018 workshop stand on the loaded demo in three languages; its files and states are real."""

import io
import re
import zipfile

import pytest
import requests
from bs4 import BeautifulSoup
from docx import Document
from pypdf import PdfReader

from site_project.demo import accounts, words

pytestmark = pytest.mark.slow

LANGUAGES = ("pl", "en", "uk")
UNTRANSLATED = "news-rain"
OUTDATED = "news-indicators"


def address(key, language):
    """Return the address of a page of the demo."""
    sections = {"news": "news", "workshop": "workshops"}
    section = sections.get(key.split("-")[0]) if "-" in key else None
    slugs = [words.of_page(part, language)["slug"] for part in (section, key) if part]
    return f"/{language}/{'/'.join(slugs)}/"


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def said(language):
    return words.of_page("workshop-2018-07", language)


@pytest.fixture(scope="module")
def workshop(demo, language):
    return demo.page(address("workshop-2018-07", language))


def texts(soup, selector):
    return [" ".join(element.get_text().split()) for element in soup.select(selector)]


def test_the_workshop_says_its_title_lead_dates_and_organiser(workshop, said, language):
    assert workshop.html["lang"] == language
    assert texts(workshop, "h1") == [said["title"]]
    assert texts(workshop, "main .lead") == [said["lead"].strip()]
    assert [time["datetime"] for time in workshop.select("h1 ~ * time, .plate time")] == ["2018-07-18", "2018-07-20"]
    assert words.shared(language)["organisations"]["department"]["name"] in workshop.select_one("aside").get_text()
    assert all(group in workshop.get_text() for group in said["audiences"])


def test_its_three_galleries_hold_one_three_and_one_photo_each_with_its_own_words(workshop, said):
    pictures = workshop.select("#photos img")

    assert texts(workshop, "#photos h3") == [gallery["title"] for gallery in said["galleries"]]
    assert [len(gallery["photos"]) for gallery in said["galleries"]] == [1, 3, 1]
    assert [picture["alt"] for picture in pictures] == [p["alt"] for g in said["galleries"] for p in g["photos"]]


def test_its_three_tracks_are_led_by_three_people_two_of_them_doctors(workshop, said, language):
    people = words.shared(language)["people"]
    named = [f"{person['prefix']} {person['name']}".strip() for person in list(people.values())[:3]]

    assert texts(workshop, ".track h3") == [track["title"] for track in said["tracks"]]
    assert texts(workshop, ".expert__name") == named
    assert sum(bool(person["prefix"]) for person in list(people.values())[:3]) == 2
    assert texts(workshop, ".outcomes li") == said["tracks"][2]["outcomes"]


def test_its_summary_is_labelled_by_the_program_and_its_presentations_are_expected(workshop, said, language):
    label = {"pl": "DOCX, 24 KB", "en": "DOCX, 24 KB", "uk": "DOCX, 24 КБ"}[language]

    assert texts(workshop, "#documents .doc__meta") == [label]
    assert texts(workshop, "#documents h3") == [group["title"] for group in said["attachments"]]
    assert len(workshop.select("#documents .empty")) == 1
    assert said["attachments"][1]["expected_note"] in workshop.select_one("#documents .empty").get_text()


def test_its_abbreviations_are_explained_where_they_stand(workshop, said):
    explained = {element.get_text(): element["title"] for element in workshop.select(".track abbr")}

    assert explained == dict(said["body"][-1]["items"])


def test_it_has_a_workshop_before_and_one_after_it(workshop, language):
    targets = [link["href"] for link in workshop.select("main a[href]")]

    assert address("workshop-2018-03", language) in targets
    assert address("workshop-upcoming", language) in targets


@pytest.fixture(scope="module")
def whole_site(demo):
    """Every page that can be reached from the three home pages, by its path."""
    pages, waiting = {}, [f"/{code}/" for code in LANGUAGES]
    while waiting:
        path = waiting.pop()
        if path not in pages:
            pages[path] = demo.page(path)
            # Pages end with a slash; calendars are files, which other tests read.
            links = (link["href"].split("?")[0].split("#")[0] for link in pages[path].select("a[href]"))
            waiting += [link for link in links if re.match(r"^/(pl|en|uk)/(.*/)?$", link) and "/search/" not in link]
    return pages


def test_no_link_of_the_site_is_dead_and_every_page_can_be_reached(whole_site):
    planned = {
        address(plan["key"], code)
        for code in LANGUAGES
        for plan in words.plan()["pages"]
        if plan["key"] != "home" and plan.get("only_in", code) == code
    }

    statements = {address("accessibility", code) for code in LANGUAGES}
    assert set(whole_site) == planned | statements | {f"/{code}/" for code in LANGUAGES}


def test_every_picture_has_an_alternative_text_and_is_made_in_every_format(whole_site):
    pictures = [(path, picture) for path, page in whole_site.items() for picture in page.select("main picture")]

    assert len(pictures) > 60
    for path, picture in pictures:
        assert picture.img.has_attr("alt"), path
        assert [source["type"] for source in picture.select("source")] == ["image/avif", "image/webp"], path
    # Beside a title that says the same, a picture of a card may be silent.
    articles = [picture for path, picture in pictures if len(path.split("/")) == 5]
    assert all(picture.img["alt"] for picture in articles if not picture.find_parent(class_=["card", "teaser"]))


def test_the_pictures_are_served(demo, whole_site):
    page = whole_site[address("news-courtyard", "en")]
    wanted = {source["srcset"].split()[0] for source in page.select("main picture source")}

    answers = {path: demo.get(path) for path in wanted}

    assert {answer.status_code for answer in answers.values()} == {200}
    assert {answer.headers["Content-Type"] for answer in answers.values()} == {"image/avif", "image/webp"}


def test_every_document_opens_and_is_what_its_label_says(demo, whole_site):
    labels = {}
    for page in whole_site.values():
        for link in page.select(".doc__title a"):
            labels[link["href"]] = (
                page.html["lang"],
                link.find("span").get_text(),
                link.select_one(".doc__meta").get_text(),
            )
    assert len(labels) == 9

    for path, (language, title, label) in labels.items():
        file = demo.get(path)
        suffix = path.rpartition(".")[2]
        size = f"{round(len(file.content) / 1024)}\u00a0{'КБ' if language == 'uk' else 'KB'}"
        assert label.startswith(f"{suffix.upper()}, {size}"), (path, label)
        assert title_of(file.content, suffix) == title


def title_of(content, suffix):
    """Open a document with what its format asks for and return the title it says of itself."""
    file = io.BytesIO(content)
    if suffix == "docx":
        return Document(file).core_properties.title
    if suffix == "pdf":
        reader = PdfReader(file)
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        return reader.metadata.title
    name = {"pptx": "docProps/core.xml", "odt": "meta.xml"}[suffix]
    with zipfile.ZipFile(file) as package:
        assert package.testzip() is None
        return re.search(r"<dc:title>([^<]+)</dc:title>", package.read(name).decode())[1]


@pytest.mark.parametrize("code", ["en", "uk"])
def test_the_untranslated_page_is_missing_in_other_languages_and_its_menu_says_so(demo, code):
    slug = words.of_page(UNTRANSLATED, "pl")["slug"]
    index = address("news", code)

    assert demo.get(f"{index}{slug}/").status_code == 404
    assert words.of_page(UNTRANSLATED, "pl")["title"] not in demo.page(index).get_text()
    link = demo.page(address(UNTRANSLATED, "pl")).select_one(f'.site-langs a[hreflang="{code}"]')
    assert link["href"] == f"/{code}/"
    assert link.select_one(".lang-list__note")


def test_the_outdated_translation_lacks_what_the_polish_page_says_by_now(whole_site):
    later = words.of_page(OUTDATED, "pl")["later"][0]["text"]

    assert later in whole_site[address(OUTDATED, "pl")].get_text()
    counts = [len(whole_site[address(OUTDATED, code)].select(".prose > p")) for code in LANGUAGES]
    assert counts[0] == counts[1] + 1 == counts[2] + 1


def test_everything_is_translated_through_localize_and_exactly_one_translation_is_behind(demo):
    answer = demo.ask(
        "from wagtail.models import Page\n"
        "from wagtail_localize.models import StringTranslation, Translation, TranslationSource\n"
        "from pages.contrib.translation.models import DeskCell\n"
        "progress = [translation.get_progress() for translation in Translation.objects.all()]\n"
        "sources = {str(source.object_id) for source in TranslationSource.objects.all()}\n"
        "pages = Page.objects.live().filter(locale__language_code='pl', depth__gt=1)\n"
        "answer = {\n"
        "  'missing': sum(total - done for total, done in progress),\n"
        "  'strings': sum(total for total, done in progress),\n"
        "  'errors': StringTranslation.objects.filter(has_error=True).count(),\n"
        "  'without a source': [p.slug for p in pages if str(p.translation_key) not in sources],\n"
        "  'outdated': sorted(DeskCell.objects.filter(state='outdated')\n"
        "                     .values_list('source__page__slug', 'locale__language_code')),\n"
        "}"
    )

    assert answer.pop("strings") > 500
    outdated = words.of_page(OUTDATED, "pl")["slug"]
    assert answer == {
        # The paragraph that was added later, in each of the two languages.
        "missing": 2,
        "errors": 0,
        "without a source": [words.of_page(UNTRANSLATED, "pl")["slug"]],
        "outdated": [[outdated, "en"], [outdated, "uk"]],
    }


def test_the_load_shows_its_steps_and_tells_addresses_and_accounts(demo):
    assert "pictures" in demo.load_output
    assert "translations into Ukrainian: 10 of 17 pages" in demo.load_output
    assert all(f"{demo.address}/{code}/" in demo.serve_output for code in LANGUAGES)
    assert f"{demo.address}/admin/" in demo.serve_output
    assert accounts.PASSWORD in demo.serve_output


def test_the_full_address_of_a_page_is_right_for_the_port(demo):
    canonical = demo.page("/en/").select_one('link[rel="canonical"]')["href"]

    assert canonical == f"{demo.address}/en/"


@pytest.mark.parametrize("account", [account for account, _group, _language in accounts.ACCOUNTS])
def test_each_account_enters_the_admin_in_its_language(demo, account):
    session = requests.Session()
    door = f"{demo.address}/admin/login/"
    token = BeautifulSoup(session.get(door).content, "html.parser").select_one("[name=csrfmiddlewaretoken]")["value"]
    form = {"username": account, "password": accounts.PASSWORD, "csrfmiddlewaretoken": token}

    answer = session.post(door, form, headers={"Referer": door})

    languages = {name: language for name, _group, language in accounts.ACCOUNTS}
    assert answer.url == f"{demo.address}/admin/"
    assert BeautifulSoup(answer.content, "html.parser").html["lang"] == languages[account]


def test_editors_write_moderators_publish_translators_keep_to_their_languages(demo):
    answer = demo.ask(
        "from django.contrib.auth import get_user_model\n"
        "from wagtail.models import Locale\n"
        "from pages.translation_permissions import may_add_translation\n"
        "from site_project.demo import pages\n"
        "def rights(name, language):\n"
        "    rule = pages.find('news-call', language).permissions_for_user(get_user_model().objects.get(username=name))\n"
        "    return [rule.can_edit(), rule.can_publish()]\n"
        "def submits(name):\n"
        "    user = get_user_model().objects.get(username=name)\n"
        "    return sorted(locale.language_code for locale in Locale.objects.exclude(language_code='pl')\n"
        "                  if may_add_translation(user, pages.find('news-rain'), locale))\n"
        "answer = {name: [rights(name, language) for language in ('pl', 'en', 'uk')]\n"
        "          for name in ('editor', 'moderator', 'translator')}\n"
        "answer['submits'] = {name: submits(name) for name in ('editor', 'moderator')}\n"
        "answer['workflow'] = pages.find('news-call', 'uk').get_workflow().name\n"
    )

    assert answer == {
        "editor": [[True, False], [False, False], [False, False]],
        "moderator": [[True, True], [True, True], [True, True]],
        "translator": [[False, False], [True, False], [True, False]],
        "submits": {"editor": ["en", "uk"], "moderator": ["en", "uk"]},
        "workflow": "Moderators approval",
    }


def test_a_second_load_is_quick_and_keeps_what_editors_changed_and_deleted(demo):
    demo.ask(
        "from site_project.demo import pages\n"
        "page = pages.find('news-shops')\n"
        "page.lead = 'Zmienione przez redakcję.'\n"
        "page.save_revision().publish()\n"
        "answer = pages.find('privacy', 'uk').delete()[0]\n"
    )

    output = demo.command("demo", "--no-serve", timeout=60)

    assert "loaded already" in output
    assert "Zmienione przez redakcję." in demo.page(address("news-shops", "pl")).get_text()
    assert demo.get(address("privacy", "uk")).status_code == 404
