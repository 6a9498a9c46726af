"""What opens above the page takes the focus, keeps it, and gives it back: the menu of a phone, the viewer of pictures."""

from . import axe, reflow
from .findings import failures
from .visitor import PHONE

MENU = "button[popovertarget]:visible"
PICTURE = "a[data-full]"
OPEN = "dialog[open]"
INSIDE = "() => !!document.activeElement.closest('dialog[open]')"
NAME = """() => document.getElementById(
  document.querySelector('dialog[open]').getAttribute('aria-labelledby'))?.textContent.trim()"""
HAS_FOCUS = "element => element === document.activeElement"


def check(visitor, path):
    with visitor.at(path, width=PHONE, height=740) as page:
        if page.locator(MENU).count():
            yield from failures("menu of a phone", _menu(page))
    with visitor.at(path) as page:
        if page.locator(PICTURE).count():
            yield from failures("viewer of pictures", _viewer(page))


def _menu(page):
    button = page.locator(MENU).first
    button.focus()
    page.keyboard.press("Enter")
    if not page.locator(":popover-open").count():
        yield "does not open"
        return
    yield from axe.complaints(axe.run(page, ":popover-open"))
    if page.evaluate(reflow.SIDEWAYS) > 1:
        yield "scrolls sideways"
    page.keyboard.press("Escape")
    if page.locator(":popover-open").count():
        yield "Escape does not close it"
    if not button.evaluate(HAS_FOCUS):
        yield "the focus does not return to the button"


def _viewer(page):
    link = page.locator(PICTURE).first
    link.focus()
    page.keyboard.press("Enter")
    page.locator(OPEN).wait_for()
    if not page.evaluate(NAME):
        yield "has no name"
    for _press in range(8):
        if not page.evaluate(INSIDE):
            yield "the focus leaves it"
            break
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement === document.body"):
            page.keyboard.press("Tab")
    yield from axe.complaints(axe.run(page, OPEN))
    page.keyboard.press("Escape")
    page.locator(OPEN).wait_for(state="detached")
    if not link.evaluate(HAS_FOCUS):
        yield "the focus does not return to the picture"
