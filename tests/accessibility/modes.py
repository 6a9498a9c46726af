"""Without scripts, on paper, in the reader's own colours, without movement."""

import re

from .findings import failures

DEAD_LINKS = '() => [...document.querySelectorAll(\'a[href="#"], a[href^="javascript:"]\')].map((link) => link.outerHTML.slice(0, 90))'
NEEDS_SCRIPT = "() => [...document.images].filter((image) => !image.getAttribute('src')).map((image) => image.outerHTML.slice(0, 90))"
ON_PAPER = """() => {
  const shown = (element) => element?.checkVisibility() && element.getClientRects().length;
  const found = [...document.querySelectorAll('nav')].filter(shown).map((nav) => `navigation is printed: ${nav.className}`);
  if (!shown(document.querySelector('h1'))) found.push('the title is not printed');
  if (document.documentElement.scrollWidth > innerWidth + 1) found.push('wider than the sheet');
  if (getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)') found.push('the ground is not white');
  for (const text of document.querySelectorAll('main p'))
    if (text.textContent.trim() && !shown(text) && !text.closest('details:not([open]), dialog, [hidden], form, nav, [data-screen-only]')) found.push(`not printed: ${text.textContent.trim().slice(0, 50)}`);
  return found;
}"""
UNSEEN_CONTROLS = """() => [...document.querySelectorAll('button, .btn, input:not([type=hidden]), select')]
  .filter((control) => control.checkVisibility() && control.getBoundingClientRect().width > 2)
  .filter((control) => { const style = getComputedStyle(control); return style.appearance === 'none' && !parseFloat(style.borderTopWidth); })
  .map((control) => control.outerHTML.slice(0, 90))"""
OUTLINE = "() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1; }"
MOVES = """() => document.getAnimations().filter((animation) => animation.playState === 'running'
  && animation.effect.getComputedTiming().iterations > 1).map((animation) => animation.animationName ?? 'a transition')"""
#: The look of light or dark and the like need scripts, so a little less text stands there without.
TEXT_LEFT = 0.85
WORDS = re.compile(r"\w+")


def check(visitor, path):
    with visitor.at(path) as page:
        words = len(WORDS.findall(page.inner_text("body")))
        yield from failures("nothing moves for whoever asked so", page.evaluate(MOVES))
    with visitor.at(path, java_script_enabled=False) as page:
        yield from failures("without scripts", _without_scripts(page, words))
    with visitor.at(path, width=720, height=1000) as page:
        page.emulate_media(media="print", color_scheme="light")
        yield from failures("on paper", page.evaluate(ON_PAPER))
    with visitor.at(path, forced_colors="active") as page:
        yield from failures("in forced colours", _in_forced_colours(page))


def _without_scripts(page, words_with):
    words = len(WORDS.findall(page.inner_text("body")))
    if words < TEXT_LEFT * words_with:
        yield f"{words} words instead of {words_with}"
    yield from page.evaluate(DEAD_LINKS)
    yield from page.evaluate(NEEDS_SCRIPT)
    page.set_viewport_size({"width": 360, "height": 740})
    menu = page.locator("button[popovertarget]:visible")
    if menu.count():
        menu.first.click()
        if not page.locator("nav a:visible").count():
            yield "the menu of a phone does not open"


def _in_forced_colours(page):
    yield from (f"no edge: {control}" for control in page.evaluate(UNSEEN_CONTROLS))
    for _press in range(3):
        page.keyboard.press("Tab")
    if not page.evaluate(OUTLINE):
        yield "the focus has no outline"
