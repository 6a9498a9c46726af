"""Build people, organisations, programmes, topics, header and footer from their words."""

from wagtail.models import Locale

from pages.models import (
    Footer,
    FooterLink,
    FundingSigns,
    Header,
    HeaderLink,
    Organisation,
    Person,
    Programme,
    Topic,
)
from site_project.demo import words
from site_project.demo.richtext import rich_text

#: In the order in which they are made: programmes and people name organisations.
KINDS = {"organisations": Organisation, "programmes": Programme, "people": Person, "topics": Topic}


def find(kind, key, locale=None):
    """Return a snippet of the demo in one language, the source language if none is named."""
    locale = locale or Locale.objects.get(language_code=words.source_language())
    return KINDS[kind].objects.get(translation_key=words.identity(kind, key), locale=locale)


def keys(kind):
    return list(words.shared(words.source_language())[kind])


def build(kind, key, language):
    """Return an unsaved snippet with the words of ``language`` and the relations of the source."""
    said = words.shared(language)[kind][key]
    fields = {"name": said} if isinstance(said, str) else dict(said)
    facts = words.plan().get(kind, {}).get(key, {})
    if "organisation" in facts:
        fields["organisation"] = find("organisations", facts["organisation"])
    if "funding" in facts:
        fields["funding"] = _funding(facts["funding"])
    if "url" in facts:
        fields["url"] = facts["url"]
    return KINDS[kind](translation_key=words.identity(kind, key), locale=_locale(language), **fields)


def _funding(key):
    """Return the signs of a funding, which are the same in every language."""
    facts = dict(words.plan()["funding"][key])
    return FundingSigns.objects.get_or_create(name=facts.pop("name"), defaults=facts)[0]


def build_header(language, page_id):
    links = _links(HeaderLink, "header", page_id, language)
    said = words.shared(language)["header"]
    return Header(translation_key=words.identity("header"), locale=_locale(language), links=links, **said)


def build_footer(language, page_id):
    links = _links(FooterLink, "footer", page_id, language)
    said = dict(words.shared(language)["footer"])
    said["address"] = rich_text(said["address"], page_id)
    return Footer(translation_key=words.identity("footer"), locale=_locale(language), links=links, **said)


def _links(model, kind, page_id, language):
    """Links without words of their own: they take the short title of their page."""
    return [
        model(
            page_id=page_id(key),
            translation_key=words.identity(kind, "link", key),
            locale=_locale(language),
            sort_order=n,
        )
        for n, key in enumerate(words.plan()[kind]["links"])
    ]


def _locale(language):
    return Locale.objects.get(language_code=language)
