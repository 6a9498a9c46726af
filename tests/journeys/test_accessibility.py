"""Each kind of page is open to everybody, as far as a program can tell; ``make audit`` asks more, of every page."""

import pytest

from site_project.demo import words
from tests.accessibility import axe, keyboard, layers, modes, reflow, statement, structure, wire
from tests.accessibility.findings import FAIL
from tests.accessibility.visitor import PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def address(*keys):
    return f"/pl/{''.join(words.of_page(key, 'pl')['slug'] + '/' for key in keys)}"


HOME = "/pl/"
WORKSHOP = address("workshops", "workshop-2018-07")
PLACES = {
    "home": HOME,
    "list of news": address("news"),
    "list of workshops": address("workshops"),
    "article": address("news", "news-indicators"),
    "workshop": WORKSHOP,
    "section": address("about"),
    "search": "/pl/search/?q=rewitalizacja",
    "nothing found": "/pl/search/?q=qqqq",
    "no such page": "/pl/nie-ma/",
    "in Ukrainian": "/uk/",
}
each_place = pytest.mark.parametrize("path", PLACES.values(), ids=PLACES)


def failed(findings):
    return [f"{finding.check}: {finding.what}" for finding in findings if finding.level == FAIL]


@each_place
def test_axe_finds_nothing_in_the_light_on_a_desk_and_in_the_dark_on_a_phone(visitor, path):
    with visitor.at(path) as page:
        on_a_desk = axe.complaints(axe.run(page))
    with visitor.at(path, width=PHONE, color_scheme="dark") as page:
        on_a_phone = axe.complaints(axe.run(page))

    assert (on_a_desk, on_a_phone) == ([], [])


@each_place
def test_outline_landmarks_languages_and_targets_are_sound(visitor, path):
    assert failed(structure.check(visitor, path)) == []


@pytest.mark.parametrize("module", [keyboard, layers, modes, reflow, statement, wire])
def test_a_workshop_can_be_used_in_every_way(visitor, module):
    assert failed(module.check(visitor, WORKSHOP)) == []


def test_text_on_the_sky_of_the_home_page_can_be_read(visitor):
    assert failed(axe.check(visitor, HOME)) == []


BARRIERS = {
    "axe": (axe, "<img src='/static/images/mark.svg'>"),
    "a gap in the outline": (structure, "<h6>Za głęboko</h6>"),
    "a foreign part that is not marked": (structure, "<p>Ласкаво просимо до міста</p>"),
    "too wide": (reflow, "<div class='wide'><p>x</p></div>"),
    "a stranger": (wire, "<img src='http://127.0.0.2:9/x.png' alt=''>"),
    "no way in without scripts": (modes, "<a href='#'>Otwórz</a>"),
    "an end to the walk": (keyboard, "<button class='mute'>Bez ramki</button>"),
}
STYLE = (
    ".wide { inline-size: 2000px } .mute:focus { outline: none !important; box-shadow: none !important;"
    " border: 2px solid !important; background: none !important; color: black !important; transition: none }"
    ".mute { border: 2px solid !important; background: none !important; color: black !important; outline: none }"
)


@pytest.mark.parametrize(("module", "barrier"), BARRIERS.values(), ids=BARRIERS)
def test_a_barrier_is_found(module, barrier, visitor):
    places = Served(visitor, f"<style>{STYLE}</style>{barrier}")

    assert failed(module.check(places, HOME)) != []


class Served(Visitor):
    """A visitor who gets every page with a piece of HTML at the end of its text."""

    def __init__(self, visitor, html):
        super().__init__(visitor.browser, visitor.address)
        self.html = html

    def at(self, path, *, before=None, **options):
        def with_barrier(page):
            page.route(self.url(path), self._add)
            if before:
                before(page)

        return super().at(path, before=with_barrier, **options)

    def _add(self, route):
        answer = route.fetch()
        headers = {name: value for name, value in answer.headers.items() if name != "content-security-policy"}
        route.fulfill(response=answer, headers=headers, body=answer.text().replace("</main>", f"{self.html}</main>"))
