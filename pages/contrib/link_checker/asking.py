"""Ask another site for a page, politely: one request at a time, slowly, saying who asks, reading no more than needed."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urldefrag, urljoin
from urllib.robotparser import RobotFileParser

from pages.outside.gatekeeper import Door, Gatekeeper, Refused
from pages.outside.request import Failed, Reply, send

#: The name under which a site may address us in its robots.txt.
NAME = "RynekLinkChecker"
MOST_REDIRECTS = 8
ROBOTS_MAX_BYTES = 500_000
LONGEST_PAUSE_SECONDS = 10.0
REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {301, 308}


@dataclass(frozen=True)
class Answer:
    """What came of asking: no problem, or the code of one."""

    problem: str = ""
    status: int | None = None
    #: Where the page is now, if every redirect on the way was a permanent one.
    moved_to: str = ""
    retry_after: datetime.timedelta | None = None


class Visitor:
    """Ask sites one after another, with a pause between two requests to the same host."""

    def __init__(
        self,
        site_address: str,
        gatekeeper: Gatekeeper | None = None,
        *,
        timeout_seconds: float = 10,
        pause_seconds: float = 1,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self.agent = f"{NAME}/1.0 (+{site_address})"
        self.gatekeeper = gatekeeper or Gatekeeper()
        self.timeout_seconds = timeout_seconds
        self.pause_seconds = pause_seconds
        self.clock, self.sleep = clock, sleep
        self._asked: dict[str, float] = {}
        self._robots: dict[str, RobotFileParser] = {}

    def ask(self, url: str) -> Answer:
        """Follow an address to its end and say what is there; never raises."""
        try:
            return self._follow(urldefrag(url).url)
        except (Refused, Failed) as error:
            return Answer(error.problem)

    def _follow(self, url: str) -> Answer:
        seen: set[tuple[str, str]] = set()
        cookies: dict[str, dict[str, str]] = {}
        start, moved = url, True
        for _step in range(MOST_REDIRECTS + 1):
            door = self.gatekeeper.admit(url)
            if not self._may_ask(door, url):
                return Answer("robots")
            kept = cookies.setdefault(door.host, {})
            # A site that first gives a cookie and then sends back to the same address is no circle.
            visit = (url, repr(sorted(kept.items())))
            if visit in seen:
                return Answer("circle")
            seen.add(visit)
            reply = self._look(door, kept)
            kept.update(_pairs(reply.headers.getlist("set-cookie")))
            if reply.status not in REDIRECTS or not reply.headers.get("location"):
                return _answer(reply, url if moved and url != start else "")
            moved = moved and reply.status in PERMANENT
            url = urldefrag(urljoin(url, reply.headers["location"])).url
        return Answer("circle")

    def _look(self, door: Door, cookies: dict[str, str]) -> Reply:
        """HEAD, and GET where that gives no sure answer: many servers do not know HEAD."""
        try:
            reply = self._request("HEAD", door, cookies)
        except Failed as error:
            if error.problem != "no_answer":
                raise
            return self._request("GET", door, cookies)
        return reply if reply.status < 400 or reply.status == 429 else self._request("GET", door, cookies)

    def _may_ask(self, door: Door, url: str) -> bool:
        if door.origin not in self._robots:
            self._robots[door.origin] = self._read_robots(door)
        return self._robots[door.origin].can_fetch(NAME, url)

    def _read_robots(self, door: Door) -> RobotFileParser:
        """Read robots.txt after RFC 9309: none, or none to be had, allows everything."""
        rules = RobotFileParser()
        url, lines = f"{door.origin}/robots.txt", []
        try:
            for _step in range(3):
                reply = self._request("GET", self.gatekeeper.admit(url), {}, most_bytes=ROBOTS_MAX_BYTES)
                if reply.status in REDIRECTS and reply.headers.get("location"):
                    url = urljoin(url, reply.headers["location"])
                    continue
                lines = reply.text.splitlines() if reply.status == 200 else []
                break
        except (Refused, Failed):
            lines = []
        rules.parse(lines)
        return rules

    def _wait_for_turn(self, door: Door) -> None:
        rules = self._robots.get(door.origin)
        wanted = float((rules and rules.crawl_delay(NAME)) or self.pause_seconds)
        ready_at = self._asked.get(door.host, float("-inf")) + min(wanted, LONGEST_PAUSE_SECONDS)
        if (wait := ready_at - self.clock()) > 0:
            self.sleep(wait)
        self._asked[door.host] = self.clock()

    def _request(self, method: str, door: Door, cookies: dict[str, str], most_bytes: int = 0) -> Reply:
        self._wait_for_turn(door)
        headers = {"User-Agent": self.agent, "Accept": "text/html,*/*;q=0.5"}
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        return send(method, door, headers, most_bytes=most_bytes, timeout_seconds=self.timeout_seconds)


def _answer(reply: Reply, moved_to: str) -> Answer:
    """Translate a status into what an editor wants to know."""
    status = reply.status
    if status < 400:
        return Answer(status=status, moved_to=moved_to)
    problem = {404: "http_not_found", 410: "http_gone", 429: "busy", 503: "busy"}.get(status)
    if not problem:
        # 401, 403, 405 and the like: the page is there, but not for programs.
        problem = "http_error" if status in {400, 414} or 500 <= status < 600 else "refused"
    return Answer(problem, status, retry_after=reply.retry_after)


def _pairs(set_cookie: list[str]) -> dict[str, str]:
    pairs = {}
    for header in set_cookie[:20]:
        with suppress(CookieError):
            pairs |= {name: morsel.coded_value for name, morsel in SimpleCookie(header).items()}
    return pairs
