"""Every screen of the translators' desk, in one sitting: no barriers that a program finds, in light and dark."""

import datetime
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from pages.contrib.translation.exchange import xliff12
from pages.contrib.translation.exchange.package import State
from pages.contrib.translation.exchange.verdicts import Verdict
from pages.contrib.translation.jobs.running import make
from pages.contrib.translation.models import (
    FileImport,
    GlossaryTerm,
    Job,
    JobStep,
    LanguageSettings,
    MemoryEntry,
    SegmentComment,
)
from pages.contrib.translation.requests import ask
from pages.contrib.translation.review import submit
from pages.contrib.translation.segments import accept, propose, segments_of
from pages.models import NewsPage
from tests.accessibility import axe

from .exchange.returning import filled, packed, take

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("in_english")]

BODY = [("text", "<p>Rewitalizacja <b>rynku</b> trwa.</p><p>Miasto odnowiło 12 kamienic.</p><p>Zapraszamy!</p>")]
#: Where pictures of the screens go, for whoever wants to look at them.
PICTURES = os.environ.get("PICTURES")
DESKTOP, PHONE = 1280, 360
#: On the page of a language Localize puts a heading of the third level below one of the first, and a button without words.
OF_LOCALIZE = {"settings of a language": ("heading-order", "link-name")}
#: Screens with colours of our own; the others have Wagtail's.
COLOURED = {"desk", "editor", "review", "report on a file"}


@pytest.fixture
def screens(transactional_db, desk, admin_user):
    """The addresses of the room, with something in every state on them; into Arabic, from right to left."""
    arabic = Locale.objects.get_or_create(language_code="ar")[0]
    UserProfile.objects.update_or_create(user=admin_user, defaults={"preferred_language": "en", "theme": "system"})
    GlossaryTerm.objects.create(source_locale=desk.locale, target_locale=arabic, term="rewitalizacja", target="إحياء")
    desk.send(desk.home, arabic)
    desk.send(desk.news, arabic)
    open_one, handed_in = (
        desk.send(desk.add_news(title, body=BODY), arabic) for title in ("Rynek", "Rynek po raz drugi")
    )
    ask([open_one], admin_user, deadline=timezone.localdate() - datetime.timedelta(days=1), note="Na konferencję")
    work_on(open_one, admin_user)
    accept(handed_in, [(segment, f"ترجمة {segment.source}") for segment in segments_of(handed_in)], admin_user)
    LanguageSettings.objects.create(locale=arabic, requires_review=True)
    submit(handed_in, admin_user)
    report = report_on(open_one, admin_user)
    draft = desk.news.add_child(instance=NewsPage(title="Nowy rynek", live=False))
    draft.save_revision()
    desk.send(draft, arabic)
    call_command("refresh_translation_desk", verbosity=0)
    edit = reverse("wagtailadmin_pages:edit", args=[open_one.get_target_instance().pk])
    return {
        "desk": reverse("translation:desk"),
        "editor": f"{edit}?show=all",
        "review": reverse("translation:review", args=[handed_in.pk]) + "?all",
        "memory": reverse("translation_memory:index"),
        "entry of the memory": reverse("translation_memory:inspect", args=[MemoryEntry.objects.first().pk]),
        "glossary": reverse("glossary:index"),
        "term": reverse("glossary:edit", args=[GlossaryTerm.objects.get().pk]),
        "table of terms": reverse("glossary:import"),
        "files": reverse("translation:exchange") + f"?translation={open_one.pk}",
        "report on a file": reverse("translation:exchange_report", args=[report.pk]),
        "request": reverse("wagtail_localize:submit_page_translation", args=[draft.pk]),
        "together": reverse("translation:together", args=[draft.pk]),
        "estimate": reverse("translation:pretranslate") + f"?translation={open_one.pk}",
        "job": reverse("translation:job", args=[stopped_job(arabic, admin_user).pk]),
        "jobs": reverse("translation:jobs"),
        "many pages": reverse("wagtail_bulk_action", args=["wagtailcore", "page", "translation_submit"])
        + f"?id={draft.pk}&id={desk.news.pk}",
        "settings of a language": reverse("wagtaillocales:edit", args=[arabic.pk]),
    }


def work_on(translation, user):
    """Leave a segment in each state: changed, commented, proposed, with a finding, refused, open."""
    title, *_slug, first, second, _third = segments_of(translation)
    accept(translation, [(title, "السوق"), (first, "إحياء <b>السوق</b> مستمر.")], user)
    SegmentComment.objects.create(
        context=first.row.context,
        translation_of=first.row.string,
        locale=translation.target_locale,
        author=user,
        text="?",
    )
    propose(translation, [(second, "جددت المدينة 13 منزلا.")], "machine", detail="Engine", user=user)
    page = translation.source.get_source_instance()
    page.title = "Rynek i ratusz"
    page.save_revision().publish()


def stopped_job(locale, user):
    """Return a job that has everything to show: words from both sources, a page left out and a reason to stop."""
    counts = {"memory": 2, "machine": 3, "flagged": 1, "characters": 120}
    done = JobStep(subject=1, locale=locale, title="Rynek", size=5, done=5, state="done", counts=counts)
    left_out = JobStep(
        subject=2, locale=locale, title="Ratusz", done=1, state="left_out", note="You may not change it."
    )
    job = make(Job.Kind.PRETRANSLATE, [done, left_out, JobStep(subject=3, locale=locale, title="Park", size=9)], user)
    Job.objects.filter(pk=job.pk).update(trouble="Engine cannot be reached. Go on later.")
    return job


def report_on(translation, user):
    package = filled(packed(translation), {"Zapraszamy!": "x" * 20, "lead": "y"}, State.DRAFT)
    lines = take(xliff12, package, user)
    assert {line.verdict for line in lines} >= {Verdict.UNCHANGED, Verdict.DRAFT}
    return FileImport.objects.create(file_name="returned.xlf", made_by=user, lines=[vars(line) for line in lines])


def test_the_screens_of_the_room_have_no_barriers(admin_page, screens):
    found = {}
    for name, address in screens.items():
        admin_page.set_viewport_size({"width": DESKTOP, "height": 900})
        admin_page.goto(address)
        found[name, "light"] = complaints(admin_page, name, "light")
        if name in COLOURED:
            admin_page.emulate_media(color_scheme="dark")
            found[name, "dark"] = complaints(admin_page, name, "dark")
            admin_page.emulate_media(color_scheme="light")
        admin_page.set_viewport_size({"width": PHONE, "height": 900})
        wide = admin_page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found[name, "reflow"] = [f"{wide} px too wide"] if wide > 0 else []

    assert {where: said for where, said in found.items() if said} == {}
    assert admin_page.complaints == []


def complaints(page, name, scheme):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{scheme}.png", full_page=True)
    # The rest of an admin page is Wagtail's.
    found = axe.complaints(axe.run(page, "main"))
    return [said for said in found if not said.startswith(OF_LOCALIZE.get(name, ()))]
