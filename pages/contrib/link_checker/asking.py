"""Ask another site for a page, politely: one request at a time, slowly, saying who asks, reading no more than needed."""

from __future__ import annotations

import datetime
import email.utils
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urldefrag, urljoin
from urllib.robotparser import RobotFileParser

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError

from .gatekeeper import Door, Gatekeeper, Refused

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


@dataclass(frozen=True)
class Reply:
    """What one request brought: the status, the headers, the beginning of the text where it was asked for."""

    status: int
    headers: dict[str, str]
    cookies: dict[str, str] = field(default_factory=dict)
    text: str = ""


class Failed(Exception):
    """A request brought nothing; ``problem`` is the code of the reason."""

    def __init__(self, problem: str):
        super().__init__(problem)
        self.problem = problem


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
        self._tls = ssl.create_default_context(cafile=certifi.where())

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
            kept.update(reply.cookies)
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
        failure = Failed("no_answer")
        for address in door.addresses[:2]:
            try:
                return self._request_at(address, method, door, cookies, most_bytes)
            except NewConnectionError:
                continue  # the next address of the same host, for example without IPv6
            except (SSLError, ssl.SSLError):
                raise Failed("not_secure") from None
            except TimeoutError:
                raise Failed("too_slow") from None
            except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
                raise Failed("too_slow" if "timed out" in str(error) else "no_answer") from None
        raise failure

    def _request_at(self, address: str, method: str, door: Door, cookies: dict[str, str], most_bytes: int) -> Reply:
        connection = self._connection(address, door)
        headers = {
            "Host": door.host if ":" not in door.host else f"[{door.host}]",
            "User-Agent": self.agent,
            "Accept": "text/html,*/*;q=0.5",
            "Connection": "close",
        }
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        with self._deadline(connection) as is_over:
            try:
                connection.request(method, door.target, headers=headers, preload_content=False, decode_content=False)
                response = connection.getresponse()
                text = response.read(most_bytes).decode("utf-8", "replace") if most_bytes else ""
            finally:
                connection.close()
                if is_over():  # whatever was read or raised, the line was cut
                    raise TimeoutError
        cookies_set = response.headers.getlist("set-cookie")
        return Reply(response.status, {k.lower(): v for k, v in response.headers.items()}, _pairs(cookies_set), text)

    def _connection(self, address: str, door: Door) -> HTTPConnection:
        """A connection to a network address that was looked at; the certificate must name the host."""
        if door.scheme == "http":
            return HTTPConnection(address, door.port, timeout=self.timeout_seconds)
        return HTTPSConnection(
            address,
            door.port,
            timeout=self.timeout_seconds,
            ssl_context=self._tls,
            server_hostname=door.host,
            assert_hostname=door.host,
        )

    @contextmanager
    def _deadline(self, connection: HTTPConnection) -> Iterator[Callable[[], bool]]:
        """Cut the connection when the whole takes too long: a server may send a byte now and then for ever."""
        over = threading.Event()

        def cut():
            over.set()
            with suppress(OSError, AttributeError):  # closed meanwhile, or not open yet
                connection.sock.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(2 * self.timeout_seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            yield over.is_set
        finally:
            timer.cancel()


def _answer(reply: Reply, moved_to: str) -> Answer:
    """Translate a status into what an editor wants to know."""
    status = reply.status
    if status < 400:
        return Answer(status=status, moved_to=moved_to)
    problem = {404: "http_not_found", 410: "http_gone", 429: "busy", 503: "busy"}.get(status)
    if not problem:
        # 401, 403, 405 and the like: the page is there, but not for programs.
        problem = "http_error" if status in {400, 414} or 500 <= status < 600 else "refused"
    return Answer(problem, status, retry_after=_retry_after(reply.headers.get("retry-after", "")))


def _retry_after(value: str) -> datetime.timedelta | None:
    """Read seconds or a date (RFC 9110, 10.2.3)."""
    if value.isascii() and value.isdigit() and len(value) < 8:
        return datetime.timedelta(seconds=int(value))
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    now = datetime.datetime.now(datetime.UTC)
    return max(moment - now, datetime.timedelta()) if moment.tzinfo else None


def _pairs(set_cookie: list[str]) -> dict[str, str]:
    pairs = {}
    for header in set_cookie[:20]:
        with suppress(CookieError):
            pairs |= {name: morsel.coded_value for name, morsel in SimpleCookie(header).items()}
    return pairs
