"""Share, print, report: with a script or without one."""

import re

import pytest

from pages.models import SectionPage

TOOLS = re.compile(r'<section class="page-tools".*?</section>', re.DOTALL)


def tools(client, page):
    return TOOLS.findall(client.get(page.url).content.decode().replace("\u00a0", " "))


def test_news_workshops_and_sections_have_tools_and_lists_have_none(client, site):
    section = site._publish(site.home, SectionPage(title="O nas", slug="o-nas"))
    pages = [site.add_news(), site.add_workshop(), section, site.news, site.home]

    assert [len(tools(client, page)) for page in pages] == [1, 1, 1, 0, 0]


def test_without_a_script_the_link_is_sent_by_e_mail_and_the_problem_is_reported(client, site):
    news = site.add_news('Domy & "ogrody"')

    html = tools(client, news)[0]

    address = f"http%3A%2F%2Ftestserver{news.url.replace('/', '%2F')}"
    assert f'href="mailto:?subject=Domy%20%26%20%22ogrody%22&amp;body={address}"' in html
    assert f'href="/-/accessibility/report/?page={news.pk}"' in html


@pytest.mark.browser
@pytest.mark.usefixtures("no_complaints")
def test_a_browser_that_cannot_share_copies_the_link_and_says_so(page, site, live_server):
    site_of_server = site.home.get_site()
    site_of_server.hostname, site_of_server.port = live_server.url.removeprefix("http://").split(":")
    site_of_server.save()
    news = site.add_news("Nowe domy")
    page.add_init_script("delete Navigator.prototype.share; window.print = () => { document.title = 'printed'; };")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(news.url)
    assert page.locator(".page-tools [href^='mailto:']").is_hidden()

    page.get_by_role("button", name="Kopiuj link").click()

    page.locator(".page-tools [role=status]").get_by_text("Link skopiowano.", exact=True).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{live_server.url}{news.url}"
    page.get_by_role("button", name="Drukuj").click()
    assert page.title() == "printed"
