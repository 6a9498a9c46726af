"""A LibreTranslate on loopback: it answers ``POST /translate`` as the real one does, or as badly as a test asks for.

At ``/v2/translate`` it is a DeepL.
"""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

KEY = "right-key"


@dataclass
class Behaviour:
    """What was asked, and what to answer: each entry of ``failures`` spoils one request, in their order."""

    requests: list[dict] = field(default_factory=list)
    #: A status, or ``"short"`` for too few answers, ``"nonsense"`` for what is no JSON, ``"late"`` for none in time.
    failures: list = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    url: str = ""
    may_answer: threading.Event = field(default_factory=threading.Event)

    @property
    def sent(self) -> list[str]:
        """Every text that was asked for, in its order."""
        return [text for request in self.requests for text in request["q"]]

    def translated(self, text: str) -> str:
        return self.words.get(text, f"EN {text}")


@contextmanager
def libretranslate():
    """Yield the behaviour of a server that runs meanwhile."""
    behaviour = Behaviour()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            content = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked = self._deepl(content) if self.path == "/v2/translate" else json.loads(content)
            behaviour.requests.append(asked)
            failure = behaviour.failures.pop(0) if behaviour.failures else None
            if asked["api_key"] != KEY:
                failure = 403
            if failure == "late":
                behaviour.may_answer.wait(10)
            self._answer(asked, failure)

        def _deepl(self, content):
            return {
                "q": parse_qs(content)["text"],
                "api_key": self.headers["Authorization"].removeprefix("DeepL-Auth-Key "),
            }

        def _answer(self, asked, failure):
            words = [behaviour.translated(text) for text in asked["q"]][: -1 if failure == "short" else None]
            body = {"translatedText": words, "translations": [{"text": text} for text in words]}
            status = failure if isinstance(failure, int) else 200
            content = json.dumps({"error": "refused"} if status != 200 else body).encode()
            try:
                self.send_response(status)
                self.end_headers()
                self.wfile.write(b"<html>" if failure == "nonsense" else content)
            except OSError:  # who asked did not wait
                return

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    behaviour.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield behaviour
    finally:
        behaviour.may_answer.set()
        server.shutdown()
        server.server_close()
