"""What a page may cost a reader on a phone: bytes, shifts, waiting. Measured on the demo as it is served."""

import gzip
import re
from collections import Counter

import pytest

from media.renditions import WIDTHS
from site_project.demo import words
from tests.accessibility import wire
from tests.accessibility.visitor import Visitor
from tests.journeys.test_accessibility import PLACES, WORKSHOP
from tests.run import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KB = 1024
PAGE_BYTES, STYLE_BYTES, SCRIPT_BYTES = 300 * KB, 25 * KB, 10 * KB
LONGEST_TASK_MS = 50
STATIC = ROOT / "site_project" / "static"
#: Pages where readers come in.
PAGES = {name: PLACES[name] for name in ("home", "list of workshops", "article", "workshop")}
#: All of it fits on the first screen, so whatever moves at its end counts.
SHORT_IN_UKRAINIAN = f"/uk/{words.of_page('contact', 'uk')['slug']}/"
#: A phone of today, a tablet, a desk, a desk with a fine screen.
SCREENS = [(360, 3), (360, 2), (768, 2), (1280, 1), (1280, 2)]
OBSERVE = """
  window.tasks = []; window.largest = null; window.shift = 0;
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((entry) => entry.duration)))
    .observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => { window.largest = list.getEntries().at(-1); })
    .observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shift += entry.value; }))
    .observe({ type: 'layout-shift', buffered: true });
"""
LARGEST = """() => { const element = window.largest?.element;
  return [element?.localName, element?.fetchPriority ?? '', element?.textContent.trim().slice(0, 30) ?? '']; }"""
CHOSEN = """() => [...document.images].filter((image) => image.checkVisibility() && /width-/.test(image.currentSrc))
  .map((image) => [image.currentSrc.split('/').pop(), image.getBoundingClientRect().width * devicePixelRatio])"""

each_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)


def compressed(folder, suffix):
    return sum(len(gzip.compress(file.read_bytes())) for file in (STATIC / folder).rglob(f"*{suffix}"))


def test_styles_and_scripts_are_light():
    assert 0 < compressed("css", ".css") <= STYLE_BYTES
    assert 0 < compressed("js", ".js") <= SCRIPT_BYTES


@each_page
def test_a_page_is_light_on_a_phone_read_to_its_end(visitor, path):
    got = []

    def listen(page):
        page.on("requestfinished", lambda request: got.append(request.response()))

    with visitor.at(path, width=360, height=740, device_scale_factor=3, is_mobile=True, before=listen) as page:
        page.evaluate(wire.SCROLL)
        page.wait_for_load_state("networkidle")
        weights = Counter({response.url: weight(response) for response in got})

    assert 50 * KB < weights.total() <= PAGE_BYTES, weights.most_common(8)


def weight(response) -> int:
    """Return the bytes of an answer as a server for the public sends it: text compressed, the rest as it is."""
    content = response.body()
    is_text = re.match(r"text/|image/svg|application/(javascript|json)", response.headers.get("content-type", ""))
    return len(gzip.compress(content)) if is_text else len(content)


@pytest.mark.parametrize("path", [*PAGES.values(), SHORT_IN_UKRAINIAN], ids=[*PAGES, "short and in Ukrainian"])
def test_nothing_shifts_and_the_largest_thing_is_text_or_the_lead_picture(visitor, path):
    for width, height in ((360, 740), (1280, 900)):
        with visitor.at(path, width=width, height=height, before=observe) as page:
            page.wait_for_load_state("networkidle")
            element, priority, text = page.evaluate(LARGEST)
            shift = page.evaluate("window.shift")

        assert shift == 0
        assert text or (element, priority) == ("img", "high")


def test_text_that_stands_is_not_set_anew_when_its_letters_come_late(visitor):
    def hold_back(page):
        observe(page)
        page.route("**/*.woff2", lambda route: (page.wait_for_timeout(1_500), route.continue_()))

    with visitor.at(WORKSHOP, width=360, height=740, before=hold_back) as page:
        page.wait_for_load_state("networkidle")

        assert page.evaluate("window.shift") == 0


@each_page
def test_no_task_keeps_a_reader_waiting(visitor, path):
    """The machine may be busy with other things, so the calmest of several visits counts."""
    assert min(longest_task(visitor, path) for _visit in range(5)) <= LONGEST_TASK_MS


def longest_task(visitor: Visitor, path) -> float:
    with visitor.at(path, width=360, height=740, before=observe) as page:
        page.wait_for_load_state("networkidle")
        return max(page.evaluate("window.tasks"), default=0)


def observe(page):
    page.add_init_script(OBSERVE)


@pytest.mark.parametrize(("width", "density"), SCREENS)
@pytest.mark.parametrize("path", [WORKSHOP, PLACES["home"], PLACES["list of news"]])
def test_each_picture_comes_in_the_smallest_size_that_is_sharp(visitor, path, width, density):
    with visitor.at(path, width=width, device_scale_factor=density) as page:
        page.evaluate(wire.SCROLL)
        page.wait_for_load_state("networkidle")
        chosen = page.evaluate(CHOSEN)

    assert chosen != []
    assert [picture for picture in chosen if not fits(*picture)] == []


def fits(name, needed) -> bool:
    """Tell whether the width in a file’s name is right for so many pixels; a tenth more or less is nothing to see."""
    got = int(re.search(r"width-(\d+)", name)[1])
    smallest_sharp = {next((width for width in WIDTHS if width >= needed * part), WIDTHS[-1]) for part in (0.9, 1, 1.1)}
    return got in smallest_sharp
