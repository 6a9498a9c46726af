"""Load the demo step by step; what is done is recorded, so a second run touches nothing an editor has changed."""

import io
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, ModelLogEntry, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from media import privacy
from pages.models import Footer, Header, SiteSettings
from pages.plugins import taken
from site_project.demo import accounts, library, pages, patterns, snippets, statement, translations, words

#: The kind of entry in Wagtail's log that records a step; an editor cannot delete one.
ACTION = "demo.load"
PAGES_BETWEEN_LINES = 5


class NotEmpty(Exception):
    """The database holds pages that the demo did not bring."""


class Step(NamedTuple):
    """A part of the load: its name in the record, what it tells, what it does."""

    name: str
    title: str
    #: Does it; a step that takes long yields how far it is.
    run: Callable[[], Iterator[str] | None]
    #: Done in one transaction, or in several that can be continued after an interruption.
    is_one_transaction: bool = True


def steps(with_accounts: bool) -> list[Step]:
    """Return the steps in their order."""
    return [
        Step("pictures", _("pictures in all their sizes and formats"), library.add_pictures, is_one_transaction=False),
        Step("documents", _("documents"), library.add_documents),
        Step("pages", _("people, programmes and pages in Polish"), add_pages),
        *(
            Step(f"translations-{language}", title, translator(language), is_one_transaction=False)
            for language, title in zip(
                words.target_languages(),
                (_("translations into English"), _("translations into Ukrainian")),
                strict=True,
            )
        ),
        Step("statement", _("the accessibility statement"), statement.add_statements, is_one_transaction=False),
        Step("patterns", _("patterns that pages are started from"), patterns.add_patterns),
        Step("memory", _("translation memory"), remember_translations),
        Step("after-translation", _("a change that leaves a translation behind"), change_after_translation),
        Step("groups", _("groups and their rights"), accounts.add_groups),
        *([Step("accounts", _("accounts"), accounts.add_accounts)] if with_accounts else []),
        *plugin_steps(),
        Step("search", _("search index"), update_search, is_one_transaction=False),
        Step("privacy", _("which files are public"), refresh_privacy, is_one_transaction=False),
    ]


def plugin_steps() -> Iterator[Step]:
    """Yield what plugins add to the demo; it may build on everything before it."""
    for config, name, add in taken("demo_content"):
        title = _("content of the plugin “%(name)s”") % {"name": config.verbose_name}
        yield Step(f"plugin-{config.label}-{name}", title, add)


def load(say=lambda line: None, with_accounts=True):
    """Do the steps that are not done yet and return how many were done.

    Raises ``NotEmpty`` when other pages are there: the demo would take over their site.
    """
    missing = [step for step in steps(with_accounts) if not is_done(step.name)]
    if not is_begun() and _has_other_pages():
        raise NotEmpty(
            _("This database holds pages already. The demo loads only into a database without pages of its own.")
        )
    for step in missing:
        begun_at = time.monotonic()
        _do(step, say)
        say(f"{step.title} ({time.monotonic() - begun_at:.1f} s)")
    return len(missing)


#: Each row of a page would bring the index of the whole page up to date; the last step does it once.
indexed_at_the_end = disable_reference_index_auto_update()


def is_done(name: str) -> bool:
    return ModelLogEntry.objects.filter(action=ACTION, data__step=name).exists()


def is_begun() -> bool:
    return ModelLogEntry.objects.filter(action=ACTION).exists()


def _do(step, say):
    if not step.is_one_transaction:
        for progress in step.run() or ():
            say(f"{step.title}: {progress}")
    with transaction.atomic():
        if step.is_one_transaction:
            step.run()
        ModelLogEntry.objects.log_action(_default_site(), ACTION, data={"step": step.name})


def _default_site():
    return Site.objects.filter(is_default_site=True).first() or Site.objects.first()


def _has_other_pages():
    """Wagtail's welcome page is no content; neither is a database of which only the root is left."""
    return Page.objects.filter(depth__gt=1).exclude(depth=2, slug="home", content_type__model="page").exists()


@indexed_at_the_end
def add_pages():
    """Put the Polish tree in the place of Wagtail's welcome page and publish it."""
    for language in words.plan()["languages"]:
        Locale.objects.get_or_create(language_code=language)
    for kind in snippets.KINDS:
        for key in snippets.keys(kind):
            snippets.build(kind, key, words.source_language()).save()
    _plant()
    for plan in pages.plans():
        page = pages.fill(pages.find(plan["key"]), plan, words.source_language())
        page.first_published_at = _published_at(page)
        page.save_revision().publish()
    for build in (snippets.build_header, snippets.build_footer):
        build(words.source_language(), pages.page_id).save()
    SiteSettings.objects.update_or_create(site=_default_site(), defaults=words.plan()["settings"])


def _plant():
    """Make every page with its titles and let the site begin at the home page."""
    root = Page.get_first_root_node()
    for plan in pages.plans():
        parent = (
            Page.objects.get(pk=pages.page_id(plan["parent"])) if "parent" in plan else Page.objects.get(pk=root.pk)
        )
        parent.add_child(instance=pages.bare(plan))
    site = _default_site() or Site(is_default_site=True)
    welcome = site.root_page if site.pk else None
    site.site_name = words.shared(words.source_language())["header"]["site_name"]
    site.root_page_id = pages.page_id("home")
    site.save()
    if welcome and welcome.depth == 2:
        Page.objects.get(pk=welcome.pk).delete()


def _published_at(page):
    """Noon of the date that readers see; a date to come has not been published on."""
    day = getattr(page, "display_date", None)
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    return noon.replace(year=day.year, month=day.month, day=day.day) if day else None


def translator(language):
    """Return the step that translates everything into one language."""
    return lambda: _translate_all(language)


def _translate_all(language):
    """Translate what is not translated yet, each thing in a transaction of its own."""
    yield from _translate_snippets(language)
    planned = [plan for plan in pages.plans() if plan.get("only_in", language) == language]
    for number, plan in enumerate(planned, 1):
        _translate_page(plan, language)
        if number % PAGES_BETWEEN_LINES == 0:
            yield _("%(number)s of %(total)s pages") % {"number": number, "total": len(planned)}
    _translate_navigation(language)


def _translate_snippets(language):
    for kind in snippets.KINDS:
        for key in snippets.keys(kind):
            _translate_snippet(snippets.find(kind, key), snippets.build(kind, key, language), language)
    # Names are said as their language is; Localize leaves fields with choices out.
    _mark_transliterated_names(language)
    yield _("people, programmes, topics")


def _translate_navigation(language):
    for model, build in ((Header, snippets.build_header), (Footer, snippets.build_footer)):
        source = model.objects.get(locale__language_code=words.source_language())
        # The links of a menu lead where they say: to the pages of their own language.
        _translate_snippet(source, build(language, lambda key: pages.page_id(key, language)), language)


@indexed_at_the_end
def _translate_snippet(source, translated, language):
    if not type(source).objects.filter(translation_key=source.translation_key, locale__language_code=language).exists():
        with transaction.atomic():
            translations.translate(source, translated, language)


@indexed_at_the_end
def _translate_page(plan, language):
    source = pages.find(plan["key"])
    if Page.objects.filter(translation_key=source.translation_key, locale__language_code=language, live=True).exists():
        return
    twin = type(source)(translation_key=source.translation_key, locale=Locale.objects.get(language_code=language))
    # Localize publishes when the transaction is through.
    with transaction.atomic():
        translations.translate(source, pages.fill(twin, plan, language), language)


def _mark_transliterated_names(language):
    for key in snippets.keys("people"):
        names = [words.shared(code)["people"][key]["name"] for code in (words.source_language(), language)]
        if len(set(names)) > 1:
            person = snippets.find("people", key, Locale.objects.get(language_code=language))
            person.name_language = language
            person.save(update_fields=["name_language"])


def change_after_translation():
    """Add the paragraphs of ``[[later]]``: the translations of these pages are outdated from now on."""
    for plan in pages.plans():
        said = words.of_page(plan["key"], words.source_language())
        if "later" in said:
            page = pages.find(plan["key"])
            page.body = pages.body_of(plan, [*said["body"], *said["later"]], words.source_language())
            page.save_revision().publish()


def remember_translations():
    """Let the desk offer what the demo has translated; nothing if the room is switched off."""
    if not getattr(apps.get_app_config("translation"), "is_dormant", False):
        call_command("fill_translation_memory", stdout=io.StringIO())


def refresh_privacy():
    """Look at every file once more, also after an interruption between a page and what follows its publication."""
    call_command("rebuild_references_index", verbosity=0)
    privacy.refresh_all()


def update_search():
    call_command("update_index", verbosity=0)
    call_command("rebuild_search", verbosity=0)
