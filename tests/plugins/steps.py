"""Steps of the plugin tests; each runs in a process of its own, since plugins are found when Django starts.

``python -m tests.plugins.steps NAME …`` prints what each step saw as one line of JSON.
"""

import html
import io
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_project.settings.test")
django.setup()

from django.apps import apps  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.staticfiles import finders  # noqa: E402
from django.core.checks import run_checks  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from wagtail.blocks import StructBlock  # noqa: E402
from wagtail.models import APIToken, Locale, Page, Site  # noqa: E402
from wagtail_localize.models import Translation  # noqa: E402
from wagtail_localize.segments.extract import extract_segments  # noqa: E402

from pages.interchange.bodies import body_of  # noqa: E402
from pages.interchange.importers import open_file  # noqa: E402
from pages.models import HomePage, SectionPage  # noqa: E402
from site_project.demo import loading  # noqa: E402
from tests import site_tree  # noqa: E402
from tests.plugins import walk as walking  # noqa: E402

POLL = {"question": "Który dzień?", "options": ["poniedziałek", "piątek"]}


def visitor():
    return Client(SERVER_NAME="localhost")


def administrator():
    client = visitor()
    client.force_login(get_user_model().objects.get(username="admin"))
    return client


def section():
    return SectionPage.objects.get(slug="o-nas", locale__language_code="pl")


def stored_body():
    """The body as it lies in the database, without the keys that the editor adds to paragraphs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM pages_sectionpage WHERE page_ptr_id = %s", [section().pk])
        value = cursor.fetchone()[0]
    return json.loads(value) if isinstance(value, str) else value


def create():
    """A site whose section page holds a heading, a block of the plugin and a text; and a page of the plugin's type."""
    from example_plugin.models import PollPage, Vote  # noqa: PLC0415 -- only where the plugin is on

    get_user_model().objects.create_superuser("admin", "admin@example.org", "x")
    Locale.objects.get_or_create(language_code="en")
    Page.objects.filter(depth=2).delete()
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Start", slug="start"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    body = [
        ("heading", {"text": "Nagłówek", "level": "2", "language": ""}),
        ("example_plugin_poll", POLL),
        ("text", "<p>Koniec.</p>"),
    ]
    page = home.add_child(instance=SectionPage(title="O nas", slug="o-nas", body=body))
    page.save_revision().publish()
    home.add_child(instance=PollPage(title="Ankieta", slug="ankieta"))
    Vote.objects.create(page=page, choice="piątek")
    return [block["type"] for block in stored_body()]


def read():
    """What a reader and an editor see of the page with the plugin's block."""
    page = visitor().get("/pl/o-nas/")
    text = page.content.decode()
    return {
        "status": page.status_code,
        "polls": text.count('class="example-poll"'),
        "slots": text.count('class="example-slot"'),
        "has_end": "Koniec." in text,
        "editor": administrator().get(f"/admin/pages/{section().pk}/edit/").status_code,
        "vote_page": visitor().get("/-/example_plugin/thanks/").status_code,
        "poll_page": visitor().get("/pl/ankieta/").status_code,
        "plugins_page": html.unescape(administrator().get("/admin/plugins/").content.decode()),
        "menu": "Polls of the example plugin" in administrator().get("/admin/").content.decode(),
    }


def walk():
    """What a walk over the site and its admin meets."""
    return walking.walk(get_user_model().objects.get(username="admin"))


def check():
    """What the system checks say, as they print it."""
    return "\n".join(str(message) for message in run_checks(include_deployment_checks=True))


def edit():
    """Save and publish the page through the editor's form, as its script would."""
    page = section().get_latest_revision_as_object()
    block = SectionPage._meta.get_field("body").stream_block
    data = {"body-count": str(len(page.body))}
    for index, child in enumerate(block.get_form_state(page.body)):
        prefix = f"body-{index}"
        data |= {
            f"{prefix}-deleted": "",
            f"{prefix}-order": index,
            f"{prefix}-type": child["type"],
            f"{prefix}-id": child["id"],
        }
        data |= form_data(block.child_blocks[child["type"]], child["value"], f"{prefix}-value")
    data |= {"title": "O nas wszystkich", "slug": "o-nas", "action-publish": "1", "comment_notifications": ""}
    for formset in ("galleries", "attachment_groups", "comments"):
        data |= {
            f"{formset}-TOTAL_FORMS": 0,
            f"{formset}-INITIAL_FORMS": 0,
            f"{formset}-MIN_NUM_FORMS": 0,
            f"{formset}-MAX_NUM_FORMS": 1000,
        }
    before = stored_body()
    response = administrator().post(f"/admin/pages/{page.pk}/edit/", data)
    return {
        "status": response.status_code,
        "title": section().title,
        "kept": without_keys(stored_body()) == without_keys(before),
    }


def form_data(block, state, prefix):
    """The fields of a block's form: a struct is spread out, a choice is its one value."""
    if isinstance(block, StructBlock):
        fields = (form_data(child, state[name], f"{prefix}-{name}") for name, child in block.child_blocks.items())
        return {key: value for part in fields for key, value in part.items()}
    if isinstance(state, list):
        return {prefix: state[0]}
    return {prefix: "" if state is None else state}


def without_keys(body):
    """The body without the random keys of paragraphs."""
    return json.loads(json.dumps([{**block, "value": plain(block["value"])} for block in body]))


def plain(value):
    return "<p>Koniec.</p>" if isinstance(value, str) and "Koniec." in value else value


def save_and_copy():
    """Save the page from code, as a data migration would, and copy it."""
    before = stored_body()
    page = section()
    page.title = "O nas"
    page.save()
    page.save_revision().publish()
    copy = page.copy(update_attrs={"slug": "kopia"})
    types = [block.block_type for block in copy.body]
    copy.delete()
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
    return {"kept": without_keys(stored_body()) == without_keys(before), "copied": types}


def translate():
    """Translate the page with Localize, whatever is on; return what its source and its English version hold."""
    home = HomePage.objects.get(locale__language_code="pl")
    if not home.has_translation(Locale.objects.get(language_code="en")):
        site_tree.translate(home, "en")
    site_tree.translate(section(), "en")
    return english()


def publish_translation():
    """Publish the translation anew from the source as Localize read it last, as a translator would."""
    translation = Translation.objects.get(
        source__object_id=section().translation_key, target_locale__language_code="en"
    )
    translation.save_target(publish=True)
    return english()


def english():
    """What the English page holds of the plugin's block, as stored, and how many polls a reader sees."""
    page = section().get_translation(Locale.objects.get(language_code="en"))
    stored = page.body.stream_block.get_prep_value(page.body)
    polls = [block["value"]["question"] for block in stored if block["type"] == "example_plugin_poll"]
    return [polls, visitor().get(page.url).content.decode().count('class="example-poll"')]


def extension_points():
    """What the site makes of everything that the example plugin offers, by the name of the extension point."""
    return {name: told() for name, told in EXTENSION_POINTS.items()}


def _text(url, client=None, **headers):
    response = (client or visitor()).get(url, headers=headers, follow=True)
    return f"{response.status_code} {response.content.decode()}"


def _preview_of_block():
    block = SectionPage._meta.get_field("body").stream_block.child_blocks["example_plugin_poll"]
    return _text(f"/admin/block-preview/?id={block.definition_prefix}", administrator())


def _strings_to_translate():
    segments = extract_segments(section())
    return [segment.string.data for segment in segments if hasattr(segment, "string")]


def _page_type():
    form = administrator().get(f"/admin/pages/add/example_plugin/pollpage/{section().get_parent().pk}/")
    return [form.status_code, _text("/pl/ankieta/")]


def _imported_file():
    read = open_file("poll.TXT", "Który dzień?\n\nPiątek.".encode())
    return [read.outline.title, [block["type"] for block in body_of(read.outline, lambda url: None).blocks]]


def _exported_file():
    page = section()
    return {
        "readers": f"/-/download/{page.pk}/{page.slug}.txt" in _text(page.url),
        "editors": f"/admin/download/{page.pk}/draft.txt" in _text(f"/admin/pages/{page.pk}/edit/", administrator()),
        "file": _text(f"/-/download/{page.pk}/{page.slug}.txt"),
        "unknown": visitor().get(f"/-/download/{page.pk}/{page.slug}.odt").status_code,
    }


def _demo_content():
    added = [step for step in loading.steps(with_accounts=False) if step.name.startswith("plugin-")]
    for each in added:
        loading._do(each, lambda line: None)
    return [[each.name for each in added], loading.is_done(added[0].name), _text("/pl/example-poll/")]


def _machine_translators():
    from pages.contrib.translation.machine.providers import providers  # noqa: PLC0415 -- the room may be off

    return list(providers())


def _said_by_the_command():
    said = io.StringIO()
    call_command("example_plugin_hello", stdout=said)
    return said.getvalue()


def _written_through_the_api():
    """Vote with a token and without one; the vote goes away again, since other steps count."""
    user = get_user_model().objects.get(username="admin")
    token = APIToken.create_token(user=user, name="robot")[1]
    vote = {"page": section().pk, "choice": "czwartek"}
    answers = [
        visitor().post("/api/v1/example-plugin/votes/", vote, content_type="application/json", headers=headers)
        for headers in ({}, {"Authorization": f"Bearer {token}"})
    ]
    apps.get_model("example_plugin", "Vote").objects.filter(choice="czwartek").delete()
    return [f"{answer.status_code} {answer.content.decode()}" for answer in answers]


EXTENSION_POINTS = {
    "body block": lambda: _text(section().url),
    "preview of the block": _preview_of_block,
    "translation of the block": _strings_to_translate,
    "page type": _page_type,
    "importer": _imported_file,
    "exporter": _exported_file,
    "machine translator": _machine_translators,
    "API endpoint": lambda: _text("/api/v1/example-plugin/votes/"),
    "API endpoint that writes": _written_through_the_api,
    "API document": lambda: _text("/api/v1/openapi.json"),
    "block in the API": lambda: _text(f"/api/v1/pages/{section().pk}/"),
    "public address": lambda: _text("/-/example_plugin/thanks/", accept_language="en"),
    "translations": lambda: _text("/-/example_plugin/thanks/", accept_language="pl"),
    "slot": lambda: _text(section().url),
    "admin menu": lambda: _text("/admin/", administrator()),
    "settings panel": lambda: _text("/admin/settings/example_plugin/pollsettings/", administrator()),
    "static files": lambda: finders.find("example_plugin/poll.css"),
    "demo content": _demo_content,
    "management command": _said_by_the_command,
    "system check": check,
}


def delete():
    """Delete the plugin's page, and a page of ours that a row of the plugin points at."""
    client = administrator()
    poll = Page.objects.get(slug="ankieta")
    statuses = [
        client.get(f"/admin/pages/{poll.pk}/edit/").status_code,
        client.get(f"/admin/pages/{poll.get_parent().pk}/").status_code,
        client.post(f"/admin/pages/{poll.pk}/delete/").status_code,
        client.post(f"/admin/pages/{section().pk}/delete/").status_code,
    ]
    return {
        "statuses": statuses,
        "left": Page.objects.filter(slug__in=["ankieta", "o-nas"], locale__language_code="pl").count(),
    }


if __name__ == "__main__":
    setup_test_environment()
    for name in sys.argv[1:]:
        print(json.dumps(globals()[name]()))
