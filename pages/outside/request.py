"""One request to another server, at an address that the gatekeeper looked at, with an end in any case."""

from __future__ import annotations

import datetime
import email.utils
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache

import certifi
from urllib3 import HTTPHeaderDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError

from .gatekeeper import Door


@dataclass(frozen=True)
class Reply:
    """What one request brought: the status, the headers, the beginning of the text where it was asked for."""

    status: int
    headers: HTTPHeaderDict = field(default_factory=HTTPHeaderDict)
    text: str = ""

    @property
    def retry_after(self) -> datetime.timedelta | None:
        """How long the other server asks to be left alone."""
        return _retry_after(self.headers.get("retry-after", ""))


class Failed(Exception):
    """A request brought nothing; ``problem`` is the code of the reason."""

    def __init__(self, problem: str):
        super().__init__(problem)
        self.problem = problem


def send(
    method: str,
    door: Door,
    headers: Mapping[str, str],
    *,
    body: bytes | None = None,
    most_bytes: int = 0,
    timeout_seconds: float = 10,
) -> Reply:
    """Make one request and read ``most_bytes`` of the answer; raises ``Failed``. No redirect is followed."""
    for address in door.addresses[:2]:
        try:
            return _send_to(address, method, door, headers, body, most_bytes, timeout_seconds)
        except NewConnectionError:
            continue  # the next address of the same host, for example without IPv6
        except (SSLError, ssl.SSLError):
            raise Failed("not_secure") from None
        except TimeoutError:
            raise Failed("too_slow") from None
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            raise Failed("too_slow" if "timed out" in str(error) else "no_answer") from None
    raise Failed("no_answer")


def _send_to(
    address: str,
    method: str,
    door: Door,
    headers: Mapping[str, str],
    body: bytes | None,
    most_bytes: int,
    timeout_seconds: float,
) -> Reply:
    connection = _connection(address, door, timeout_seconds)
    sent = {"Host": door.authority, **headers, "Connection": "close"}
    with _deadline(connection, 2 * timeout_seconds) as is_over:
        try:
            connection.request(method, door.target, body, sent, preload_content=False, decode_content=False)
            response = connection.getresponse()
            text = response.read(most_bytes).decode("utf-8", "replace") if most_bytes else ""
        finally:
            connection.close()
            if is_over():  # whatever was read or raised, the line was cut
                raise TimeoutError
    return Reply(response.status, response.headers, text)


def _connection(address: str, door: Door, timeout_seconds: float) -> HTTPConnection:
    """A connection to a network address that was looked at; the certificate must name the host."""
    if door.scheme == "http":
        return HTTPConnection(address, door.port, timeout=timeout_seconds)
    return HTTPSConnection(
        address,
        door.port,
        timeout=timeout_seconds,
        ssl_context=_tls(),
        server_hostname=door.host,
        assert_hostname=door.host,
    )


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certifi.where())


@contextmanager
def _deadline(connection: HTTPConnection, seconds: float) -> Iterator[Callable[[], bool]]:
    """Cut the connection when the whole takes too long: a server may send a byte now and then for ever."""
    over = threading.Event()

    def cut():
        over.set()
        with suppress(OSError, AttributeError):  # closed meanwhile, or not open yet
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield over.is_set
    finally:
        timer.cancel()


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
