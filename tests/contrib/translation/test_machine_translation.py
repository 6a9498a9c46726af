"""Machine translation: off by default, the memory first, nothing accepted, and nothing lost when a service fails."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils.html import escape
from django.utils.module_loading import import_string
from wagtail_localize.models import StringTranslation

from pages.contrib.translation.machine import asking
from pages.contrib.translation.machine.deepl import DeepLTranslator
from pages.contrib.translation.machine.providers import choices
from pages.contrib.translation.memory import NewEntry, remember
from pages.contrib.translation.models import GlossaryTerm, Job, LanguageSettings, SegmentDraft
from pages.contrib.translation.segments import accept, segments_of
from site_project.settings.machine_translation import machine_translator

from .conftest import by_path
from .libretranslate import KEY, libretranslate

pytestmark = pytest.mark.usefixtures("in_english")
EXAMPLE_PLUGIN = Path(__file__).parents[2] / "plugins/example_plugin"
BACKEND = "wagtail_localize.machine_translators.libretranslate.LibreTranslator"


@pytest.fixture
def service(settings, monkeypatch):
    """A LibreTranslate that Localize is configured with; no attempt waits for the next one."""
    monkeypatch.setattr(asking, "PAUSES_SECONDS", (0, 0))
    with libretranslate() as behaviour:
        options = {"LIBRETRANSLATE_URL": behaviour.url, "API_KEY": KEY, "TIMEOUT": 5}
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": BACKEND, "OPTIONS": options}
        yield behaviour


@pytest.fixture
def switched_on(desk, service):
    return LanguageSettings.objects.create(locale=desk.english, machine_translator="localize")


@pytest.fixture
def post(django_capture_on_commit_callbacks):
    """Send a form, and do what waits for the end of its transaction."""

    def send(client, address, data=None):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, data or {}, follow=True)

    return send


def estimate_of(*translations):
    return reverse("translation:pretranslate") + "?translation=" + "-".join(str(one.pk) for one in translations)


def begin(post, client, *translations):
    """Agree to what the estimate says."""
    characters = client.get(estimate_of(*translations)).context["characters"]
    post(client, estimate_of(*translations), {"characters": characters})
    job = Job.objects.first()
    return job and client.get(reverse("translation:job", args=[job.pk]))


def drafts(origin):
    return {draft.translation_of.data: draft.data for draft in SegmentDraft.objects.filter(origin=origin)}


def test_nothing_is_sent_unless_an_administrator_switched_it_on(desk, service, admin_client, post):
    translation = desk.send(desk.add_news("Nowe domy"))

    page = admin_client.get(estimate_of(translation))
    begin(post, admin_client, translation)

    assert "No text leaves the house" in page.content.decode()
    assert (service.requests, SegmentDraft.objects.count()) == ([], 0)


def test_an_administrator_switches_it_on_with_the_language(desk, service, admin_client):
    LanguageSettings.objects.create(locale=desk.english)
    address = reverse("wagtaillocales:edit", args=[desk.english.pk])
    form = admin_client.get(address)
    prefix = LanguageSettings._meta.db_table
    assert choices() == [("", choices()[0][1]), ("localize", "LibreTranslate")]
    assert 'value="localize"' in form.content.decode()

    data = {
        "language_code": "en",
        f"component-{prefix}-machine_translator": "localize",
        f"component-{LanguageSettings._meta.db_table}-reviewers": "",
    }
    admin_client.post(address, data)

    assert LanguageSettings.of(desk.english).machine_translator == "localize"


def test_the_estimate_tells_what_comes_from_the_memory_and_what_is_sent(desk, service, switched_on, admin_client):
    remember([NewEntry("Nowe domy", "New houses", "pl", "en", "Other page")])
    translation = desk.send(desk.add_news("Nowe domy", lead="Trzy miasta budują."))
    sent = [one.source for one in segments_of(translation) if one.source != "Nowe domy" and one.path != "slug"]

    response = admin_client.get(estimate_of(translation))
    words = " ".join(response.content.decode().split())

    assert response.context["characters"] == sum(map(len, dict.fromkeys(sent))) > 0
    assert "1 segment comes from the memory" in words
    assert f"({response.context['characters']} characters) goes to LibreTranslate." in words
    assert service.requests == []


def test_the_memory_comes_first_and_everything_is_a_proposal(desk, switched_on, service, admin_client, post):
    remember([NewEntry("Nowe domy", "New houses", "pl", "en", "Other page")])
    translation = desk.send(desk.add_news("Nowe domy", lead="Trzy miasta budują."))

    response = begin(post, admin_client, translation)

    job = Job.objects.get()
    assert response.context["job"] == job
    assert job.state == Job.State.FINISHED
    assert drafts("memory")["Nowe domy"] == "New houses"
    assert drafts("machine") == {"Trzy miasta budują.": "EN Trzy miasta budują."}
    assert service.sent == ["Trzy miasta budują."]
    assert not StringTranslation.objects.exists()
    detail = SegmentDraft.objects.get(origin="machine")
    assert (detail.detail, detail.made_by) == ("LibreTranslate", job.made_by)


def test_words_of_people_stay_and_are_not_paid_for(desk, switched_on, service, admin_client, post):
    news = desk.add_news("Nowe domy", lead="Trzy miasta budują.")
    translation = desk.send(news)
    accept(translation, [(by_path(translation, "lead"), "Three cities build.")], None)
    desk.change(news, lead="Cztery miasta budują.", title="Nowsze domy")

    begin(post, admin_client, translation)

    # The lead has a former translation: a person sees what changed in it.
    assert service.sent == ["Nowsze domy"]
    assert StringTranslation.objects.get().data == "Three cities build."


@pytest.mark.parametrize(
    ("answer", "flag"),
    [
        ("This is a <b>house of culture</b>.", "look at: Glossary"),
        ("A cultural centre.", "look at: Formatting"),
        ("A <b>cultural centre</b> <script>x</script>.", "look at: Formatting"),
    ],
)
def test_words_that_break_the_glossary_or_lose_a_tag_are_flagged(
    desk, switched_on, service, admin_client, post, answer, flag
):
    term = {"term": "dom kultury", "target": "cultural centre"}
    GlossaryTerm.objects.create(source_locale=desk.home.locale, target_locale=desk.english, **term)
    body = "<p>To jest <b>dom kultury</b>.</p>"
    translation = desk.send(desk.add_news("Tytuł", body=[("text", body)]))
    service.words = {one.source: answer for one in segments_of(translation) if "kultury" in one.source}
    assert service.words

    page = begin(post, admin_client, translation)

    draft = SegmentDraft.objects.get(translation_of__data__contains="kultury")
    assert flag in draft.detail
    assert "Of these, 1 has to be looked at" in " ".join(page.content.decode().split())
    editor = admin_client.get(reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk]))
    assert escape(answer) in editor.content.decode()
    assert "<script>x" not in editor.content.decode()
    assert not StringTranslation.objects.exists()


def test_names_that_stay_as_they_are_go_out_marked_and_come_back_as_they_were(
    desk, switched_on, service, admin_client, post
):
    languages = {"source_locale": desk.home.locale, "target_locale": desk.english}
    GlossaryTerm.objects.create(**languages, term="Dobra Ulica", do_not_translate=True)
    GlossaryTerm.objects.create(**languages, term="ulica", target="street")
    body = "<p>Nasz projekt Dobra Ulica i <b>Dobra</b> Ulica to ulica. Na Dobrej Ulicy rośnie drzewo.</p>"
    translation = desk.send(desk.add_news("Tytuł", body=[("text", body)]))

    told = admin_client.get(estimate_of(translation)).context["characters"]
    begin(post, admin_client, translation)

    (sent,) = [text for text in service.sent if "projekt" in text]
    assert sent.count('<span translate="no">Dobra Ulica</span>') == 1
    assert sent.count("<span") == 1
    assert told == sum(map(len, service.sent))
    draft = SegmentDraft.objects.get(translation_of__data__contains="projekt")
    assert draft.data == f"EN {draft.translation_of.data}"


def test_texts_go_in_batches_each_once(desk, switched_on, service, admin_client, post, monkeypatch):
    monkeypatch.setattr(asking, "MOST_STRINGS", 3)
    body = [("text", "".join(f"<p>Zdanie {name}.</p>" for name in "abcdefg")), ("text", "<p>Zdanie a.</p>")]
    translation = desk.send(desk.add_news("Nowe domy", body=body))

    begin(post, admin_client, translation)

    assert [len(request["q"]) for request in service.requests] == [3, 3, 2]
    assert len(service.sent) == len(set(service.sent))
    assert all(one.draft for one in segments_of(translation) if one.path != "slug")


@pytest.mark.parametrize("failure", [500, 429, "short", "nonsense"])
def test_what_fails_for_a_moment_is_asked_again(desk, switched_on, service, admin_client, post, failure):
    service.failures = [failure, failure]
    translation = desk.send(desk.add_news("Nowe domy"))

    begin(post, admin_client, translation)

    assert Job.objects.get().state == Job.State.FINISHED
    assert drafts("machine") == {"Nowe domy": "EN Nowe domy"}
    assert len(service.requests) == 3


@pytest.mark.parametrize(
    ("failures", "said", "asked"),
    [
        ([500] * 3, "does not work at the moment (error 500)", 4),
        (["short"] * 3, "gave an answer that cannot be used", 4),
        (["late"] * 3, "did not answer in time", 4),
        ([403], "refused the key", 2),
    ],
)
def test_what_was_done_before_a_failure_stays_and_the_rest_is_gone_on_with(
    desk, switched_on, service, settings, admin_client, post, monkeypatch, failures, said, asked
):
    monkeypatch.setattr(asking, "MOST_STRINGS", 1)
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR["OPTIONS"]["TIMEOUT"] = 0.3
    service.failures = [None, *failures]
    translation = desk.send(desk.add_news("Nowe domy", lead="Trzy miasta budują."))

    page = begin(post, admin_client, translation)
    service.may_answer.set()

    job = Job.objects.get()
    assert (job.state, len(service.requests)) == (Job.State.STOPPED, asked)
    assert f"LibreTranslate {said}" in page.content.decode()
    assert len(drafts("machine")) == 1

    post(admin_client, reverse("translation:job_go_on", args=[job.pk]))

    assert Job.objects.get().state == Job.State.FINISHED
    assert len(drafts("machine")) == 2
    assert len(service.requests) == asked + 1


@pytest.mark.parametrize(
    ("status", "said"), [(403, "refused the key"), (456, "takes no more texts"), (413, "refused the texts (error 413)")]
)
def test_refusals_of_deepl_are_told_apart_and_not_asked_again(
    desk, switched_on, service, settings, admin_client, post, monkeypatch, status, said
):
    monkeypatch.setattr(DeepLTranslator, "get_api_endpoint", lambda self: f"{service.url}/v2/translate")
    path = f"{DeepLTranslator.__module__}.{DeepLTranslator.__qualname__}"
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": path, "OPTIONS": {"AUTH_KEY": KEY}}
    service.failures = [status]

    page = begin(post, admin_client, desk.send(desk.add_news("Nowe domy")))
    assert f"DeepL {said}" in page.content.decode()
    assert len(service.requests) == 1

    post(admin_client, reverse("translation:job_go_on", args=[Job.objects.get().pk]))
    assert drafts("machine") == {"Nowe domy": "EN Nowe domy"}


def test_the_environment_chooses_the_service(monkeypatch):
    assert machine_translator() is None

    monkeypatch.setenv("MACHINE_TRANSLATOR", "DeepL")
    with pytest.raises(ImproperlyConfigured, match="MACHINE_TRANSLATOR_KEY"):
        machine_translator()
    monkeypatch.setenv("MACHINE_TRANSLATOR_KEY", KEY)
    assert import_string(machine_translator()["CLASS"])(machine_translator()["OPTIONS"]).get_headers() == {
        "Authorization": f"DeepL-Auth-Key {KEY}"
    }

    monkeypatch.setenv("MACHINE_TRANSLATOR", "babelfish")
    with pytest.raises(ImproperlyConfigured, match="one of deepl, libretranslate, google"):
        machine_translator()


def test_what_changed_since_the_estimate_is_not_sent(desk, switched_on, service, admin_client, post):
    news = desk.add_news("Nowe domy")
    translation = desk.send(news)

    page = post(admin_client, estimate_of(translation), {"characters": 3})
    assert "There is more to send than you were told." in page.content.decode()
    assert service.requests == []


@pytest.mark.parametrize("query", ["", "translation=x", "translation=1-", "translation=99999999", "section=%00"])
def test_an_address_that_names_nothing_is_not_found(desk, admin_client, query):
    assert admin_client.get(f"{reverse('translation:pretranslate')}?{query}").status_code == 404


def test_the_ways_of_localize_lead_to_the_estimate(desk, switched_on, service, admin_client, post):
    translation = desk.send(desk.add_news("Nowe domy"))
    update = reverse("wagtail_localize:update_translations", args=[translation.source_id])

    page = post(admin_client, reverse("wagtail_localize:machine_translate", args=[translation.pk]))
    form = admin_client.get(update)
    post(admin_client, update, {"use_machine_translation": "on", "publish_translations": "on"})

    assert page.redirect_chain[-1][0] == estimate_of(translation)
    assert "use_machine_translation" not in form.content.decode()
    assert (service.requests, StringTranslation.objects.count()) == ([], 0)


def test_a_plugin_brings_a_machine_translator(desk, admin_client, post, monkeypatch):
    monkeypatch.syspath_prepend(EXAMPLE_PLUGIN)
    offer = {"whispering": "example_plugin.machine.Whispering"}
    monkeypatch.setattr(apps.get_app_config("translation"), "machine_translators", offer)
    LanguageSettings.objects.create(locale=desk.english, machine_translator="translation.whispering")

    begin(post, admin_client, desk.send(desk.add_news("Nowe domy")))

    assert drafts("machine") == {"Nowe domy": "nowe domy"}


def test_a_machine_translator_that_is_not_there_is_named_at_the_start(settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": "nowhere.Translator"}

    assert [error.id for error in checks.run_checks()] == ["translation.E001"]


def test_an_estimate_of_three_asks_no_more_than_one_of_one(
    desk, switched_on, admin_client, django_assert_max_num_queries
):
    translations = [desk.send(desk.add_news(f"Nowe domy {number}", lead=f"{number} miast.")) for number in range(3)]
    admin_client.get(estimate_of(*translations))

    with django_assert_max_num_queries(30) as of_one:
        admin_client.get(estimate_of(translations[0]))
    with django_assert_max_num_queries(len(of_one)):
        admin_client.get(estimate_of(*translations))
