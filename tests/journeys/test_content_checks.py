"""The checks in the editor name what an editor can mend, and are silent on a page that is right."""

import pytest
from wagtail.models import Page

from media.models import SiteDocument
from pages.content_checks import OURS
from pages.models import AttachmentGroup, NewsPage
from tests.factories import SiteDocumentFactory, SiteImageFactory
from tests.site_tree import full_workshop

pytestmark = pytest.mark.browser

LONG = " ".join(["Miasta rozmawiały o podwórkach i ulicach"] * 6)


def faults(page, address) -> dict[str, list[str]]:
    """Open the page's draft as an editor sees it and return what the checker says: the words found under each rule."""
    page.goto(address)
    page.wait_for_function("window.axe && document.querySelector('wagtail-userbar').axeConfig")
    return page.evaluate(
        """async () => {
            const {context, options} = document.querySelector("wagtail-userbar").axeConfig;
            while (true) {
                try {
                    const found = (await axe.run(context, options)).violations;
                    return Object.fromEntries(found.map((rule) => [rule.id, rule.nodes.map((node) => node.html)]));
                } catch (error) {
                    // The userbar's own run is under way.
                    await new Promise((done) => setTimeout(done, 50));
                }
            }
        }"""
    )


@pytest.fixture
def editor(town, work_as):
    return work_as("administrator")


def draft_address(page: Page) -> str:
    return f"/admin/pages/{page.pk}/view_draft/"


def text(html):
    return ("text", html)


def spoilt_article(town) -> NewsPage:
    """An article in which every fault that our rules name is made once."""
    document: SiteDocument = SiteDocumentFactory(title="Regulamin")
    body = [
        ("heading", {"text": "Co dalej", "level": "4"}),
        ("heading", {"text": LONG[:150], "level": "2"}),
        text(f'<p>Regulamin jest <a linktype="document" id="{document.pk}">w pliku</a>, a wyniki <a href="https://example.org/wyniki">tutaj</a>.</p>'),
        text("<p>Nabór: 18.07.2018-20.07.2018.</p>"),
        text("<p>Гасло зустрічі українською мовою.</p>"),
        text("<p>UWAGA WAŻNE zmiany.</p>"),
        text(f"<p>{LONG}.</p>"),
        ("table", {"has_row_headings": True, "table": {"caption": "", "columns": [{"type": "text", "heading": "Miasto"}], "rows": [{"values": ["Łódź"]}]}}),
        ("picture", {"image": SiteImageFactory(), "alt": "Sala plenarna.", "is_decorative": False, "caption": "Sala plenarna"}),
        ("picture", {"image": SiteImageFactory(), "alt": "DSC 0042", "is_decorative": False, "caption": ""}),
        ("picture", {"image": SiteImageFactory(), "alt": "Uczestnicy słuchają. " * 12 + ".", "is_decorative": False, "caption": ""}),
    ]  # fmt: skip
    rows = {"attachment_groups": [AttachmentGroup(title="Prezentacje", sort_order=0)]}
    return town.add_news("Zapowiedź", lead="", body=body, **rows)


def test_each_fault_is_found_and_told_in_words(town, editor):
    found = faults(editor, draft_address(spoilt_article(town)))

    assert {name: len(places) for name, places in found.items()} == dict.fromkeys(OURS, 1) | {"alt-text-quality": 1}


def test_a_full_workshop_page_is_without_fault(town, editor):
    workshop = full_workshop(town)

    assert faults(editor, draft_address(workshop)) == {}
