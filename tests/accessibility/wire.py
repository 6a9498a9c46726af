"""What a page fetches and leaves behind: strangers, cookies, errors, shifting layout, weight."""

from urllib.parse import urlparse

from .findings import WARN, failures

OBSERVE = """
  window.shift = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value; })
    .observe({ type: 'layout-shift', buffered: true });
"""
SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 600) { scrollTo(0, y); await new Promise((done) => setTimeout(done, 60)); }
}"""


def check(visitor, path):
    asked, answered, errors = [], [], []

    def listen(page):
        page.add_init_script(OBSERVE)
        page.on("request", lambda request: asked.append(request.url))
        page.on("response", lambda response: answered.append((response.status, response.url)))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: message.type == "error" and errors.append(message.text))

    with visitor.at(path, before=listen) as page:
        page.evaluate(SCROLL)
        page.wait_for_load_state("networkidle")
        shift, cookies = page.evaluate("window.shift"), [cookie["name"] for cookie in page.context.cookies()]
    yield from failures("nothing from strangers", sorted(_strangers(asked, visitor.address)))
    yield from failures("no cookie", cookies)
    yield from failures("nothing shifts", [f"layout shift {shift:.4f}"] if shift > 0.001 else [])
    broken = [f"{status} {url}" for status, url in answered if status >= 400 and url != visitor.url(path)]
    # A page of an error is an error itself; the console says so as well.
    told = [error for error in errors if "status of 4" not in error]
    yield from failures("no broken request, no error", broken + told, WARN)


def _strangers(urls, address):
    hosts = {urlparse(url).netloc for url in urls if urlparse(url).scheme in {"http", "https"}}
    return hosts - {urlparse(address).netloc}
