"""A reader with a browser: opens addresses of one site on any screen, in any mode."""

from contextlib import contextmanager
from urllib.parse import urljoin

PHONE, DESKTOP = 360, 1280
#: What makes the comparison of two looks at a page fair: nothing moves.
STILL = {"reduced_motion": "reduce", "locale": "pl-PL"}


class Visitor:
    """One browser and the site it visits."""

    def __init__(self, browser, address):
        self.browser = browser
        self.address = address

    def url(self, path):
        return urljoin(self.address, path)

    @contextmanager
    def at(self, path, *, width=DESKTOP, height=900, before=None, **options):
        """Open a page in a fresh profile; ``before`` gets the page before it goes anywhere.

        Names of ``options`` are those of Playwright's ``new_context``.
        """
        viewport = {"width": width, "height": height}
        with self.browser.new_context(viewport=viewport, **STILL | options) as context:
            context.set_default_timeout(20_000)
            page = context.new_page()
            if before:
                before(page)
            page.goto(self.url(path), wait_until="load")
            page.evaluate("document.fonts.ready.then(() => {})")
            yield page
