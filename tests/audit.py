"""Audit every public page and state of a site in a browser: ``make audit``.

Without arguments it loads the demo into a folder that goes away, adds an Arabic site and rare states, serves it
and visits everything. With ``--site https://… /pl/ /pl/about/`` it visits an institution's own site. Fails when
a rule is broken; warnings are for people and explained in ``docs/accessibility.md``.

HTML is checked where Java and the Nu checker are there: ``npm pack vnu-jar`` brings it, ``VNU_JAR`` names it.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import requests
from playwright.sync_api import Error, sync_playwright

from tests.accessibility import axe, keyboard, layers, modes, reflow, statement, structure, validity, wire
from tests.accessibility.findings import FAIL, OK, WARN, Finding
from tests.accessibility.visitor import Visitor
from tests.conftest import CHROMIUM_OPTIONS
from tests.machine import chromium
from tests.site_project_demo.loaded_demo import LoadedDemo

CHECKS = {module.__name__.rpartition(".")[2]: module for module in (axe, reflow, keyboard, layers, structure, modes, wire, statement)}  # fmt: skip
STAGE = "from tests.accessibility.stage import set_up; answer = set_up()"


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_project.settings.test")
    wanted = arguments()
    if not chromium():
        sys.exit("Chromium is absent. On Debian: apt-get install chromium")
    with site(wanted) as (address, places):
        places = [(name, path) for name, path in places if all(word in name for word in wanted.only)]
        started = time.monotonic()
        found = audit(address, places, [CHECKS[name] for name in wanted.checks])
        found += valid(address, places) if "validity" in wanted.also else []
        print(report(found, len(places), time.monotonic() - started))
    sys.exit(any(finding.level == FAIL for _name, finding in found))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", help="addresses on the site, such as /pl/")
    parser.add_argument("--site", help="an address to visit instead of the demo, such as https://www.example.org")
    parser.add_argument("--only", nargs="*", default=[], help="words that the names of pages must hold, such as uk:")
    parser.add_argument("--checks", nargs="*", choices=CHECKS, default=list(CHECKS))
    parser.add_argument("--also", nargs="*", default=["validity"], help="validity, or nothing")
    return parser.parse_args()


@contextmanager
def site(wanted):
    """Yield the address to visit and (name, path) of what to see there."""
    if wanted.site:
        yield wanted.site, [(path, path) for path in wanted.paths or ["/"]]
        return
    with tempfile.TemporaryDirectory() as folder:
        demo = LoadedDemo(Path(folder))
        places = demo.ask(STAGE)
        with demo.served():
            yield demo.address, places


def audit(address, places, checks):
    """Return (name of the page, finding) for everything that the checks have to say."""
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_OPTIONS)
        visitor = Visitor(browser, address)
        for name, path in places:
            findings = list(seen(visitor, path, checks))
            print(f"{summary(findings):24} {name}  {path}", flush=True)
            for finding in findings:
                if finding.level == FAIL:  # At once: the whole takes long, and may be stopped.
                    print(f"    {finding.check}: {finding.what}", flush=True)
            found += [(name, finding) for finding in findings]
        browser.close()
    return found


def seen(visitor, path, checks):
    for module in checks:
        try:
            yield from module.check(visitor, path)
        except Error as error:  # A page that stops a check is a finding, and the others are still worth a visit.
            yield Finding(module.__name__.rpartition(".")[2], FAIL, f"the check broke off: {error.message[:200]}")


def valid(address, places):
    pages = {name: requests.get(address + path, timeout=30).content for name, path in places}
    checked = validity.check_all(pages, os.environ.get("VNU_JAR"))
    return [(name, finding) for name, findings in checked.items() for finding in findings]


def summary(findings):
    levels = [finding.level for finding in findings]
    return f"{levels.count(FAIL)} failed, {levels.count(WARN)} warned"


def report(found, pages, seconds):
    """Return what was found, the same complaint of several pages told once."""
    told = defaultdict(list)
    for name, finding in found:
        if finding.level in (FAIL, WARN):
            told[finding].append(name)
    lines = [f"{finding.level} {finding.check}: {finding.what}\n      on {'; '.join(dict.fromkeys(names))}" for finding, names in sorted(told.items())]  # fmt: skip
    if any(finding.level == "skipped" for _name, finding in found):
        lines.append("!!! SKIPPED valid HTML: needs Java and the Nu checker (npm pack vnu-jar), named by VNU_JAR.")
    levels = [finding.level for _name, finding in found]
    lines.append(
        f"{pages} pages, {seconds:.0f} s: {levels.count(FAIL)} FAIL, {levels.count(WARN)} WARN, {levels.count(OK)} ok"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
