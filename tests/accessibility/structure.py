"""Outline, landmarks, languages, words for pictures, size of targets: WCAG 2.2, 1.1.1, 1.3.1, 2.4.2, 2.5.8, 3.1.1, 3.1.2."""

import re
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise

from .findings import WARN, failures
from .visitor import DESKTOP, PHONE

HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
  .filter((heading) => heading.checkVisibility({ visibilityProperty: true }))
  .map((heading) => [Number(heading.localName[1]), heading.textContent.trim()])"""
LANDMARKS = """() => {
  const roles = { main: 'main', nav: 'navigation', aside: 'complementary', header: 'banner', footer: 'contentinfo', search: 'search' };
  return [...document.querySelectorAll('main, nav, aside, header, footer, search, [role=search], section[aria-label], section[aria-labelledby]')]
    .filter((element) => element.checkVisibility())
    .filter((element) => !/header|footer/.test(element.localName) || !element.closest('article, aside, main, nav, section'))
    .map((element) => [element.getAttribute('role') ?? roles[element.localName] ?? 'region',
      (element.getAttribute('aria-label') ?? document.getElementById(element.getAttribute('aria-labelledby'))?.textContent ?? '').trim()]);
}"""
PICTURES = """() => [...document.images].filter((image) => image.checkVisibility()).map((image) => [image.getAttribute('alt'), image.currentSrc.split('/').pop(),
  image.closest('a, button')?.textContent.trim() ?? null, image.closest('figure')?.querySelector('figcaption')?.textContent.trim() ?? ''])"""
TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement, text = walker.currentNode.nodeValue.trim();
    if (text && !parent.closest('script, style, noscript'))
      found.push([text, parent.closest('[lang]').lang, getComputedStyle(parent.closest('[lang]')).direction]);
  }
  return found;
}"""
#: Targets under 24 × 24 px that stand closer to another than the exception for spacing allows.
SMALL_TARGETS = """() => {
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length);
  const boxes = new Map(all.map((element) => [element, (element.labels?.[0]?.contains(element) ? element.labels[0] : element).getBoundingClientRect()]));
  const inText = (element) => getComputedStyle(element).display === 'inline'
    && element.closest('p, li, dd, td, figcaption, label, div').textContent.trim().length > element.textContent.trim().length + 3;
  return all.filter((element) => {
    const box = boxes.get(element);
    if (box.width < 3 || box.bottom < 0 || (box.width >= 23.5 && box.height >= 23.5) || inText(element)) return false;
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    return all.some((other) => { const near = boxes.get(other);
      return other !== element && !other.contains(element) && !element.contains(other)
        && Math.hypot(Math.max(near.x - x, 0, x - near.right), Math.max(near.y - y, 0, y - near.bottom)) < 12; });
  }).map((element) => element.outerHTML.slice(0, 100));
}"""
FROM_THE_RIGHT = {"ar", "he", "fa", "ur"}
SCRIPTS = {"uk": "CYRILLIC", "ar": "ARABIC"}
NOT_WORDS = re.compile(r"\S+@\S+|https?://\S+|\bwww\.\S+")
FILE_NAME = re.compile(r"\.(jpe?g|png|webp|avif|gif)$|^(img|dsc|image|photo|zdjęcie|obraz)[-_ ]?\d*$|_", re.IGNORECASE)


def check(visitor, path):
    with visitor.at(path) as page:
        yield from failures("outline", _outline(page.evaluate(HEADINGS)))
        yield from failures("landmarks", _landmarks(page.evaluate(LANDMARKS)))
        yield from failures("language of the page", _page_language(page))
        yield from failures("language of parts", _parts(page))
        yield from failures("words for pictures", _alternatives(page.evaluate(PICTURES)))
        yield from failures("the same words for two pictures", _repeated(page.evaluate(PICTURES)), WARN)
    for width in (DESKTOP, PHONE):
        with visitor.at(path, width=width) as page:
            yield from failures(f"targets, {width} px", page.evaluate(SMALL_TARGETS))


def _outline(headings):
    tops = [text for level, text in headings if level == 1]
    if len(tops) != 1:
        yield f"{len(tops)} first-level headings"
    yield from (f"empty h{level}" for level, text in headings if not text)
    for (above, _), (level, text) in pairwise(headings):
        if level > above + 1:
            yield f"h{level} after h{above}: {text}"


def _landmarks(landmarks):
    names = defaultdict(list)
    for role, name in landmarks:
        names[role].append(name)
    for role in ("banner", "main", "contentinfo"):
        if len(names[role]) != 1:
            yield f"{len(names[role])} × {role}"
    for role, given in names.items():
        if len(given) > 1 and (len(set(given)) < len(given) or "" in given):
            yield f"several {role} that cannot be told apart: {given}"


def _page_language(page):
    language, direction = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    if direction != ("rtl" if language in FROM_THE_RIGHT else "ltr"):
        yield f"{language} runs {direction}"
    if not page.title().strip():
        yield "no title"


def _parts(page):
    for text, language, direction in page.evaluate(TEXTS):
        script = _script(NOT_WORDS.sub("", text))
        expected = SCRIPTS.get(language, "LATIN")
        # Two Latin words at least: formats and abbreviations stand in any language.
        if script and script != expected and (script != "LATIN" or len(re.findall(r"[^\W\d_]{4,}", text)) > 1):
            yield f"{script.lower()} letters marked as {language}: {text[:60]}"
        if (language in FROM_THE_RIGHT) != (direction == "rtl"):
            yield f"{language} runs {direction}: {text[:60]}"


def _script(text):
    scripts = Counter(unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha())
    return scripts.most_common(1)[0][0] if scripts else None


def _alternatives(pictures):
    for alternative, name, link, caption in pictures:
        if alternative is None:
            yield f"no alt: {name}"
        elif not alternative and link == "":
            yield f"a link of nothing but a picture without words: {name}"
        elif FILE_NAME.search(alternative):
            yield f"alt like a file’s name: {alternative}"
        elif alternative and alternative.rstrip(".") == caption.rstrip("."):
            yield f"alt repeats the caption: {alternative}"


def _repeated(pictures):
    counted = Counter(alternative for alternative, *_rest in pictures if alternative)
    return [f"{number} × {alternative}" for alternative, number in counted.items() if number > 1]
