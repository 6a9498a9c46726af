"""axe-core's rules for WCAG 2.2 A and AA and its best practices, in both themes and two widths."""

from functools import cache
from importlib.resources import files
from io import BytesIO

from PIL import Image

from pages.contrast import contrast

from .findings import WARN, failures
from .visitor import DESKTOP, PHONE

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN = """([where, tags]) => axe.run(where || document, {
  runOnly: { type: 'tag', values: tags }, resultTypes: ['violations', 'incomplete'] })"""
#: What is still fading in has colours that nobody reads. What moves for long is not waited for: a badge of Wagtail's
#: admin pulses for half a minute.
SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter(animation => animation.effect.getComputedTiming().endTime < 5000)
  .map(animation => animation.finished))"""
LARGE_TEXT, TEXT = 3.0, 4.5
COLOURS = """selector => {
  const text = document.querySelector(selector), style = getComputedStyle(text);
  text.scrollIntoView({ block: 'center' });
  const pen = document.createElement('canvas').getContext('2d');
  pen.fillStyle = style.color; pen.fillRect(0, 0, 1, 1);
  const size = parseFloat(style.fontSize), box = text.getBoundingClientRect();
  return { colour: [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3),
           large: size >= 24 || (size >= 18.66 && style.fontWeight >= 700),
           clip: { x: box.x, y: box.y, width: Math.max(1, box.width), height: Math.max(1, box.height) } };
}"""
HIDDEN = "{selector}, {selector} *, {selector}::placeholder {{ color: transparent !important; transition: none !important; }}"
#: Of the ground under the letters this part may be worse: the soft edges of what lies there.
EDGE = 0.02


@cache
def source():
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def run(page, within=None, tags=TAGS):
    """Return axe's answer for a page or for what one selector finds on it."""
    page.evaluate(source())
    page.evaluate(SETTLED)
    return page.evaluate(RUN, [within, tags])


def complaints(answer):
    """Return in words what an answer of axe refuses."""
    return [
        f"{rule['id']}: {rule['help']} – {node['html'][:120]}"
        for rule in answer["violations"]
        for node in rule["nodes"]
    ]


def check(visitor, path):
    """Ask axe about a page in light and dark, on a desk and on a phone."""
    for scheme in ("light", "dark"):
        for width in (DESKTOP, PHONE):
            # Our measuring hides texts by a style of its own, which the policy of the site would refuse.
            with visitor.at(path, width=width, color_scheme=scheme, bypass_csp=True) as page:
                answer = run(page)
                yield from failures(f"axe, {scheme}, {width} px", complaints(answer))
                yield from failures("text on pictures and gradients", _faint(page, answer))
                yield from failures("axe is not sure", _undecided(answer), WARN)


def _undecided(answer):
    return [f"{rule['id']}: {rule['help']}" for rule in answer["incomplete"] if rule["id"] != "color-contrast"]


def _faint(page, answer):
    """Measure on the screen what axe could not compute: text on a picture or a gradient."""
    for rule in answer["incomplete"]:
        if rule["id"] == "color-contrast":
            yield from filter(None, (_measured(page, node["target"][-1]) for node in rule["nodes"]))


def _measured(page, selector):
    seen = page.evaluate(COLOURS, selector)
    shown = _pixels(page, seen["clip"])
    style = page.evaluate_handle(
        "css => { const s = document.createElement('style'); s.textContent = css; document.head.append(s); return s; }",
        HIDDEN.format(selector=selector),
    )
    try:
        ground = _pixels(page, seen["clip"])
    finally:
        style.evaluate("style => style.remove()")
    # Only where the letters stand: what changed when they went.
    under = [pixel for pixel, lettered in zip(ground, shown, strict=True) if pixel != lettered]
    ratios = sorted(contrast(tuple(seen["colour"]), pixel) for pixel in under) or [1.0]
    reached, needed = ratios[int(len(ratios) * EDGE)], LARGE_TEXT if seen["large"] else TEXT
    return f"{selector}: {reached:.1f}, needed {needed}" if reached < needed else ""


def _pixels(page, clip):
    with Image.open(BytesIO(page.screenshot(clip=clip))) as picture:
        return list(zip(*[iter(picture.convert("RGB").tobytes())] * 3, strict=True))
