"""Take the pictures of docs/editors.md and docs/translators.md anew from a running demo.

Start the demo in one terminal (``make demo``), then in another::

    .venv/bin/python tests/screenshots.py http://127.0.0.1:8000

The accounts ``editor`` and ``translator`` must have chosen English before (their menu, *Account*); the demo gives them
Polish and Ukrainian. The pictures show an editor's first day and a translator's. Nothing is published; the article and
the sentence that are begun stay drafts.
"""

import sys
import time
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.machine import chromium  # noqa: E402 -- this is a script, its folder is not the project's

FOLDER = ROOT / "docs" / "screenshots"
PICTURES = ROOT / "site_project" / "demo" / "files" / "pictures"
PASSWORD = "rynek-demo-2018"
COLOURS = 96


def keep(page: Page, name: str) -> None:
    """Store what is seen with few colours: a picture of a form stays below 150 KB."""
    page.wait_for_timeout(1500)
    picture = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    path = FOLDER / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB")


def sign_in(page: Page, name: str) -> None:
    page.goto("/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


def begin_article(page: Page) -> None:
    lists = page.request.get("/admin/api/main/pages/?type=pages.NewsIndexPage").json()["items"]
    # The demo's editor writes in Polish; others translate.
    polish = next(item["id"] for item in lists if item["title"] == "Aktualności")
    page.goto(f"/admin/pages/add/pages/newspage/{polish}/")
    page.fill("[name=title]", "Spacer po trzech podwórkach")
    # Whoever takes the pictures again has such a draft already.
    page.locator("[name=slug]").evaluate("(slug, words) => { slug.value = words; }", f"spacer-{int(time.time())}")
    page.fill("[name=lead]", "Osiem osób, wózek dziecięcy i mapa: co pokazał jeden poranek w śródmieściu.")


def fill_gallery(page: Page) -> None:
    page.get_by_role("tab").nth(1).click()
    page.click("#id_galleries-ADD")
    page.fill("[name=galleries-0-title]", "Spacer")
    page.click("#id_galleries-0-photos-OPEN_MODAL")
    dialog = page.locator(".modal-dialog:visible")
    dialog.get_by_role("tab").nth(1).click()
    page.wait_for_timeout(500)
    keep(page, "upload-many")
    dialog.locator("input[type=file]").set_input_files([PICTURES / "walk.jpg", PICTURES / "courtyard.jpg"])
    dialog.locator("button[type=submit]").click()
    dialog.wait_for(state="hidden", timeout=60_000)
    page.fill("#id_galleries-0-photos-0-alt", "Grupa mieszkańców ogląda bramę kamienicy")
    page.fill("#id_galleries-0-photos-1-alt", "IMG_2041")
    page.locator("#id_galleries-0-photos-0-image-chooser").scroll_into_view_if_needed()
    keep(page, "gallery")


def look_at_preview(page: Page) -> None:
    page.get_by_role("tab").first.click()
    page.locator("[data-side-panel-toggle=preview]").click()
    page.wait_for_timeout(6000)
    keep(page, "preview")


def look_at_checks(page: Page) -> None:
    page.locator("[data-side-panel-toggle=checks]").click()
    page.wait_for_timeout(6000)
    keep(page, "checks")


def translate(page: Page) -> None:
    """Show what is outdated in English, and a sentence that was added to its source."""
    page.goto("/admin/translations/?language=en&state=outdated")
    keep(page, "translators-desk")
    page.locator(".translation-cell a").first.click()
    words = page.locator("[data-segment] [data-words]").first
    words.fill("Addition: after comments from the cities")
    page.wait_for_timeout(6000)
    keep(page, "translation-editor")


def main(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        options = {"base_url": address, "viewport": {"width": 1280, "height": 860}, "locale": "en-GB"}
        page = browser.new_page(**options)
        page.set_default_timeout(90_000)
        sign_in(page, "editor")
        page.goto("/admin/")
        keep(page, "desk")
        begin_article(page)
        keep(page, "form")
        fill_gallery(page)
        look_at_preview(page)
        look_at_checks(page)
        translator = browser.new_page(**options)
        sign_in(translator, "translator")
        translate(translator)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
