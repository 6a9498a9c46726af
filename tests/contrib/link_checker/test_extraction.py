import datetime

from pages.contrib.link_checker.extraction import links_of
from pages.models import Footer, FooterLink, NewsPage, Programme, RelatedPage, Track
from tests.factories import SiteDocumentFactory

TABLE = {
    "has_row_headings": True,
    "table": {
        "caption": "Miasta",
        "columns": [{"type": "text", "heading": "Miasto"}],
        "rows": [{"values": ["https://in-a-cell.example.org"]}],
    },
}


def told(instance):
    return [
        (found.kind, found.href if found.target_id is None else found.target_id, found.words)
        for found in links_of(instance)
    ]


def test_links_of_every_sort_of_block_are_found(site):
    document = SiteDocumentFactory()
    rich = (
        f'<p><a linktype="page" id="{site.news.pk}">Lista <b>wiadomości</b></a> '
        f'<a linktype="document" id="{document.pk}">Program</a> <a href="https://example.org/a?b=1&amp;c=2">Tam</a> '
        '<a href="mailto:a@example.org">Pisz</a> <a href="tel:+48221234567">Dzwoń</a> <a href="">Nic</a></p>'
    )
    page = site.add_news(
        body=[
            ("text", rich),
            ("callout", {"kind": "info", "title": "", "text": '<p><a href="/pl/x/">X</a></p>'}),
            ("accordion", {"title": "", "items": [{"title": "P", "text": '<p><a href="#dol">Dół</a></p>'}]}),
            ("links", {"title": "", "items": [{"page": site.home, "url": "", "text": "Start"}]}),
            ("links", {"title": "", "items": [{"page": None, "url": "https://example.org/b", "text": "B"}]}),
            ("embed", {"title": "Film", "url": "https://vimeo.com/123456", "transcript": ""}),
            ("contact", {"name": "Biuro", "role": "", "email": "b@example.org", "phone": "22 123", "address": ""}),
            ("attachments", {"title": "", "is_expected": False, "documents": [{"document": document, "title": "D"}]}),
            ("table", TABLE),
        ]
    )

    assert told(page) == [
        ("page", site.news.pk, "Lista wiadomości"),
        ("document", document.pk, "Program"),
        ("address", "https://example.org/a?b=1&c=2", "Tam"),
        ("mail", "mailto:a@example.org", "Pisz"),
        ("phone", "tel:+48221234567", "Dzwoń"),
        ("address", "", "Nic"),
        ("address", "/pl/x/", "X"),
        ("address", "#dol", "Dół"),
        ("page", site.home.pk, "Start"),
        ("address", "https://example.org/b", "B"),
        ("address", "https://vimeo.com/123456", "Film"),
        ("mail", "b@example.org", "Biuro"),
        ("phone", "22 123", "Biuro"),
        ("document", document.pk, "D"),
    ]


def test_a_link_is_placed_at_its_block_in_the_editor(site):
    page = site.add_news(
        body=[
            ("heading", {"text": "Wstęp", "level": "2"}),
            ("text", '<p><a href="https://example.org/">Tam</a></p>'),
            ("links", {"title": "", "items": [{"page": None, "url": "https://example.org/b", "text": "B"}]}),
        ]
    )
    _heading, text, links = page.body

    found = list(links_of(page))

    assert [each.anchor for each in found] == [
        f"block-{text.id}-section",
        f"block-{links.value['items'].bound_blocks[0].id}-section",
    ]
    assert found[0].place == (("field", "body"), ("block", "text", 2))


def test_links_of_rows_are_found_with_their_place(site):
    other = site.add_news("Inna")
    page = site.add_workshop(
        starts_on=datetime.date(2026, 12, 1),
        tracks=[
            Track(title="Jeden", summary="<p>nic</p>", sort_order=0),
            Track(title="Dwa", summary='<p><a href="https://example.org/t">T</a></p>', sort_order=1),
        ],
        related_links=[RelatedPage(target=other, sort_order=0)],
        contact_email="biuro@example.org",
    )

    found = {each.href or each.target_id: each for each in links_of(page)}

    assert set(found) == {"https://example.org/t", other.pk, "biuro@example.org"}
    assert found["https://example.org/t"].place == (("row", "tracks", 2), ("field", "summary"))
    assert found["https://example.org/t"].anchor == "inline_child_tracks-1-panel-section"


def test_links_of_snippets_are_found(site):
    programme = Programme.objects.create(name="MRM", url="https://mrm.example.org/")
    footer = Footer.objects.get()
    footer.address = '<p><a href="https://map.example.org/">Mapa</a></p>'
    footer.links = [FooterLink(page=site.news, sort_order=0)]
    footer.save()

    assert told(programme) == [("address", "https://mrm.example.org/", "MRM")]
    assert told(Footer.objects.get()) == [
        ("address", "https://map.example.org/", "Mapa"),
        ("page", site.news.pk, ""),
    ]


def test_a_parked_block_is_left_out(site):
    page = site.add_news(body=[("text", '<p><a href="https://example.org/">Tam</a></p>')])
    raw = [*page.body.raw_data, {"type": "gone_link", "value": {"url": "https://example.org/parked"}, "id": "x"}]
    page.body = raw
    NewsPage.objects.filter(pk=page.pk).update(body=raw)

    assert [href for _kind, href, _words in told(NewsPage.objects.get(pk=page.pk))] == ["https://example.org/"]


def test_a_chosen_page_that_is_gone_is_still_seen(site):
    gone = site.add_news("Zniknie")
    page = site.add_news(
        "Zostaje",
        body=[("links", {"title": "", "items": [{"page": gone, "url": "", "text": "Zniknie"}]})],
    )
    gone_id = gone.pk
    gone.delete()

    assert told(NewsPage.objects.get(pk=page.pk)) == [("page", gone_id, "Zniknie")]


def test_a_number_that_is_none_leads_nowhere_and_does_no_harm(site):
    html = f'<p><a linktype="page" id="{"9" * 30}">A</a> <a linktype="page" id="x">B</a></p>'
    page = site.add_news(body=[("text", html)])

    assert told(page) == [("page", 0, "A"), ("page", 0, "B")]
