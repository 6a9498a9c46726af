"""What people do with their hands in Wagtail's admin: sign in, open a tab, choose many, write a block."""

import re

from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import TimeoutError as TookTooLong
from playwright.sync_api import expect

from site_project.demo.accounts import PASSWORD


def sign_in(page: BrowserPage, name: str) -> BrowserPage:
    page.goto("/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def open_tab(page: BrowserPage, name: str) -> None:
    page.get_by_role("tab", name=re.compile(f"^{name}")).click()


def choose(page: BrowserPage, button: str, *titles: str) -> None:
    """Open a chooser of one thing or of many, take what has these titles."""
    page.locator(button).click()
    dialog = page.locator(".modal-dialog:visible")
    several = dialog.locator("[data-multiple-choice-submit]")
    dialog.locator("[data-multiple-choice-select], [data-chooser-modal-choice]").first.wait_for()
    for title in titles:
        if several.count():
            dialog.locator(f"input[title='Select {title}']").check()
        else:
            dialog.locator("[data-chooser-modal-choice]").filter(has_text=title).click()
    if several.count():
        several.click()
    dialog.wait_for(state="hidden")


def add_block(page: BrowserPage, kind: str) -> None:
    """Add a block at the end of the body by the menu behind the last plus sign."""
    plus = page.locator("[data-contentpath=body]").locator(".c-sf-add-button").last
    option = page.get_by_role("option", name=kind, exact=True)
    plus.click()
    try:
        option.wait_for(timeout=10_000)
    except TookTooLong:
        # On a busy machine the first press has been lost.
        plus.click()
    option.click()


def act(page: BrowserPage, label: str) -> None:
    """Press a button behind the arrow at the bottom."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=label, exact=True).click()


def expect_message(page: BrowserPage, text: str) -> None:
    expect(page.locator(".messages")).to_contain_text(text)


def as_upload(name: str, content: bytes) -> dict:
    """Return a file as it lies on somebody's disk."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}
