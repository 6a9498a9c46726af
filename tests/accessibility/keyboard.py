"""Everything can be reached with the Tab key, seen when reached, and left: WCAG 2.2, 2.1.1, 2.1.2, 2.4.1, 2.4.7, 2.4.11."""

from .findings import failures
from .visitor import DESKTOP, PHONE

#: Numbers what Tab should reach: visible, not inert, one radio button for each group.
REACHABLE = """() => {
  const groups = new Set();
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex], iframe')]
    .filter((element) => element.tabIndex >= 0 && !element.disabled && element.type !== 'hidden'
      && !element.closest('[inert]') && element.getClientRects().length
      && element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }))
    .filter((element) => element.type !== 'radio' || (!groups.has(element.name) && groups.add(element.name)))
    .map((element, number) => { element.dataset.stop = number; return [String(number), element.outerHTML.slice(0, 100)]; });
}"""
LOOK = """number => {
  const element = document.querySelector(`[data-stop="${number}"]`);
  const look = (node, part) => { const style = getComputedStyle(node, part);
    return [style.outline, style.boxShadow, style.background, style.border, style.textDecoration, style.color].join(); };
  return [element, element.parentElement, element.closest('article, li, label')].filter(Boolean)
    .map((node) => look(node) + look(node, '::before') + look(node, '::after')).join();
}"""
WHERE = """() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const box = element.getBoundingClientRect(), at = (x, y) => document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
  const seen = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].map(([x, y]) => at(x, y)).filter(Boolean);
  const label = element.labels?.[0];
  return { stop: element.dataset.stop ?? '?', html: element.outerHTML.slice(0, 100),
    covered: seen.length > 0 && !seen.some((top) => element.contains(top) || top.contains(element) || label?.contains(top)) };
}"""
SKIPS = """() => document.activeElement.matches('a[href^="#"]')
  && !!document.getElementById(document.activeElement.hash.slice(1))"""
ARRIVED = "() => document.getElementById(location.hash.slice(1))?.contains(document.activeElement) ?? false"


def check(visitor, path):
    for width in (DESKTOP, PHONE):
        with visitor.at(path, width=width) as page:
            yield from _walk(page, width)
    with visitor.at(path) as page:
        yield from failures("way past the navigation", _skip_link(page))


def _walk(page, width):
    stops = dict(page.evaluate(REACHABLE))
    at_rest = {stop: page.evaluate(LOOK, stop) for stop in stops}
    reached = list(_stops(page, at_most=len(stops) + 10))
    names = [stop["stop"] for stop in reached]
    unseen = [stop for stop in reached if stop["changed"] == at_rest.get(stop["stop"])]
    trapped = len(reached) > len(stops) + 5
    yield from failures(f"reached with Tab, {width} px", [html for stop, html in stops.items() if stop not in names])
    yield from failures(f"focus seen, {width} px", [stop["html"] for stop in unseen])
    yield from failures(f"focus not covered, {width} px", [stop["html"] for stop in reached if stop["covered"]])
    yield from failures(f"no trap, {width} px", ["Tab never leaves the page"] if trapped else [])


def _stops(page, at_most):
    seen = set()
    for _press in range(at_most):
        page.keyboard.press("Tab")
        stop = page.evaluate(WHERE)
        if stop is None or stop["stop"] in seen:
            return
        seen.add(stop["stop"])
        stop["changed"] = page.evaluate(LOOK, stop["stop"]) if stop["stop"] != "?" else ""
        yield stop


def _skip_link(page):
    page.keyboard.press("Tab")
    if not page.evaluate(SKIPS):
        yield "the first stop is no link to the content"
        return
    page.keyboard.press("Enter")
    if not page.evaluate(ARRIVED):
        yield "the link leaves the focus where it was"
