"""A page bends to narrow screens, large text and wide spacing: WCAG 2.2, 1.4.4, 1.4.10 and 1.4.12."""

from .findings import failures

#: The ways to look at a page: (name, viewport and scale, style of the reader).
WAYS = (
    ("320 px wide", {"width": 320, "height": 640}, ""),
    ("zoomed to 400 %", {"width": 320, "height": 225, "device_scale_factor": 4}, ""),
    ("text at 200 %", {}, "html { font-size: 200% !important }"),
    ("text at 200 % on a phone", {"width": 360, "height": 740}, "html { font-size: 200% !important }"),
    (
        "text set wide",
        {},
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
        " p { margin-block-end: 2em !important }",
    ),
)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOO_WIDE = """() => [...document.body.querySelectorAll('*')].filter((element) => {
  const box = element.getBoundingClientRect();
  return box.width && box.height && (box.right > innerWidth + 1 || box.left < -1)
    && !element.parentElement.closest('.table-wrap');
}).slice(0, 3).map((element) => element.outerHTML.slice(0, 90))"""
CUT_OFF = """() => [...document.body.querySelectorAll('*')].filter((element) => {
  const style = getComputedStyle(element);
  const hides = /hidden|clip/.test(style.overflowX + style.overflowY) && style.clipPath === 'none';
  const ownText = [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue.trim());
  return hides && ownText && style.webkitLineClamp === 'none' && element.clientHeight > 2
    && (element.scrollHeight > element.clientHeight + 2 || element.scrollWidth > element.clientWidth + 2);
}).slice(0, 3).map((element) => element.outerHTML.slice(0, 90))"""
#: A heading or paragraph of more than four lines with fewer letters than this to a line has been squeezed.
LETTERS_TO_A_LINE = 11
SQUEEZED = """least => [...document.querySelectorAll('main :is(h1, h2, h3, h4, p)')].filter((element) => {
  const style = getComputedStyle(element), letters = element.textContent.trim().length;
  const lines = Math.round(element.getBoundingClientRect().height / parseFloat(style.lineHeight));
  return element.checkVisibility() && style.display === 'block' && letters > 30 && lines > 4 && letters / lines < least;
}).map((element) => element.textContent.trim().slice(0, 60))"""
WIDTHS = (360, 600, 768, 1024, 1280, 1920)


def check(visitor, path):
    for name, look, style in WAYS:
        with visitor.at(path, bypass_csp=True, **look) as page:
            if style:
                page.add_style_tag(content=style)
            yield from failures(name, _troubles(page))
    with visitor.at(path) as page:
        yield from failures("columns at six widths", _squeezed(page))


def _troubles(page):
    over = page.evaluate(SIDEWAYS)
    if over > 1:
        yield f"scrolls sideways by {over} px: {page.evaluate(TOO_WIDE)}"
    yield from (f"cut off: {element}" for element in page.evaluate(CUT_OFF))


def _squeezed(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        yield from (f"at {width} px: {text}" for text in page.evaluate(SQUEEZED, LETTERS_TO_A_LINE))
        if page.evaluate(SIDEWAYS) > 1:
            yield f"scrolls sideways at {width} px"
