from django.utils import translation
from wagtail.documents.forms import get_document_form

from media.models import SiteDocument


def languages(code):
    """What the form for a document in this language offers, by code."""
    with translation.override("en"):
        widget = (
            get_document_form(SiteDocument)(instance=SiteDocument(language=code), user=None).fields["language"].widget
        )
    return {code: name for _group, some, _index in widget.optgroups("language", [code]) for code, name in pairs(some)}


def pairs(options):
    return [(option["value"], option["label"]) for option in options]


def test_the_language_of_a_document_is_chosen_from_a_list(db):
    offered = languages("")

    assert [offered[code] for code in ("pl", "uk", "yi")] == ["Polish", "Ukrainian", "Yiddish"]
    assert next(iter(offered)) == ""


def test_what_a_file_said_of_its_language_stays_a_choice(db):
    assert languages("pl-PL")["pl-PL"] == "Polish (pl-PL)"
    assert "pl-PL" not in languages("pl")
