"""A real HTTP server that is slow, sends in circles, breaks off, or floods."""

import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pages.outside.gatekeeper import Gatekeeper


class GatekeeperOfTests(Gatekeeper):
    """The gatekeeper with a name server of its own: ``*.test`` is this machine, and that only."""

    def __init__(self, port):
        super().__init__()
        self.test_port = port

    def port(self, parts):
        return self.test_port

    def addresses_of(self, host):
        if host == "inside.test":
            return ["10.0.0.5"]
        return ["127.0.0.1"] if host.endswith(".test") else []

    def is_public(self, address):
        return address == "127.0.0.1" or super().is_public(address)


class BadHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        path = self.path.partition("?")[0]
        self.host = self.headers["Host"].partition(":")[0]
        self.server.requests.append((self.command, self.host, self.path, dict(self.headers)))
        behaviour = getattr(self, "at_" + path.strip("/").replace("-", "_").replace(".", "_"), None)
        with suppress(OSError):  # the visitor has hung up, as it should
            behaviour() if behaviour else self.say(404)

    def say(self, status, body=b"hello", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def at_fine(self):
        self.say(200)

    def at_error(self):
        self.say(500)

    def at_gone(self):
        self.say(410)

    def at_busy(self):
        self.say(429, Retry_After="86400")

    def at_people_only(self):
        self.say(403)

    def at_no_head(self):
        self.say(405 if self.command == "HEAD" else 200)

    def at_moved(self):
        self.say(301, Location="/fine")

    def at_elsewhere_for_now(self):
        self.say(302, Location="/fine")

    def at_mixed(self):
        self.say(301, Location="/elsewhere-for-now")

    def at_circle(self):
        self.say(302, Location="/circle")

    def at_endless(self):
        number = int(self.path.partition("?")[2] or 0)
        self.say(302, Location=f"/endless?{number + 1}")

    def at_cookie_first(self):
        if "seen=1" in (self.headers["Cookie"] or ""):
            self.say(200)
        else:
            self.say(302, Location="/cookie-first", Set_Cookie="seen=1; Path=/")

    def at_into_the_house(self):
        self.say(302, Location="http://inside.test/secret")

    def at_file_scheme(self):
        self.say(302, Location="file:///etc/passwd")

    def at_breaks_off(self):
        self.close_connection = True
        self.connection.close()

    def at_breaks_off_on_head(self):
        self.at_breaks_off() if self.command == "HEAD" else self.say(200)

    def at_silent(self):
        time.sleep(3)
        self.say(200)

    def at_drips(self):
        """One byte now and then: no single wait is long, the whole would never end."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _byte in range(100):
            self.wfile.write(b".")
            self.wfile.flush()
            time.sleep(0.1)

    def at_flood(self):
        self.send_response(405 if self.command == "HEAD" else 200)
        self.send_header("Content-Length", str(10**12))
        self.end_headers()
        while self.command != "HEAD":
            self.wfile.write(b"x" * 65536)

    def at_robots_txt(self):
        rules = {
            "closed.test": b"User-agent: *\nDisallow: /",
            "partly.test": b"User-agent: RynekLinkChecker\nDisallow: /private",
        }
        self.say(200, rules[self.host]) if self.host in rules else self.say(404)

    def log_message(self, *args):
        pass


@contextmanager
def misbehaving_server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), BadHandler)
    server.daemon_threads = True
    server.requests = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
