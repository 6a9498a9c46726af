"""The accessibility statement of the demo, in every language."""

from django.apps import apps
from django.db import transaction
from wagtail.models import Locale

from pages.contrib.accessibility.models import AccessibilityStatement, InaccessibleContent
from site_project.demo import pages, translations, words
from site_project.demo.richtext import rich_text

KEY = "accessibility"
RICH = ("facilities", "architecture", "communication")


def add_statements():
    """Publish the statement and its translations; nothing if the room is switched off."""
    if getattr(apps.get_app_config("accessibility"), "is_dormant", False):
        return
    if not AccessibilityStatement.objects.filter(translation_key=words.identity("page", KEY)).exists():
        _publish()
    for language in words.target_languages():
        source = pages.find(KEY)
        if not source.has_translation(Locale.objects.get(language_code=language)):
            # Localize publishes when the transaction is through.
            with transaction.atomic():
                translations.translate(source, _build(language), language)


@transaction.atomic
def _publish():
    statement = pages.find("home").add_child(instance=_build(words.source_language()))
    statement.save_revision().publish()


def _build(language) -> AccessibilityStatement:
    """Return an unsaved statement with the words of one language; rows have one identity in all of them."""
    said = dict(words.of_page(KEY, language))
    locale = Locale.objects.get(language_code=language)
    items = [
        InaccessibleContent(
            translation_key=words.identity("row", KEY, number), locale=locale, sort_order=number, **item
        )
        for number, item in enumerate(said.pop("inaccessible"))
    ]
    for name in RICH:
        said[name] = rich_text(said[name], pages.page_id)
    facts = words.plan()["statement"]
    return AccessibilityStatement(
        translation_key=words.identity("page", KEY), locale=locale, inaccessible=items, **facts, **said
    )
