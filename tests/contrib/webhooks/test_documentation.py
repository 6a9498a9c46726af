"""What docs/api.md teaches receivers is run as it stands there."""

import re
import time
from pathlib import Path

import pytest

API = Path(__file__).resolve().parents[3] / "docs" / "api.md"


@pytest.fixture(scope="module")
def is_genuine():
    (code,) = [one for one in re.findall(r"```python\n(.*?)```", API.read_text("utf-8"), re.DOTALL) if "hmac" in one]
    taught = {}
    exec(code, taught)  # noqa: S102 -- our own documentation
    return taught["is_genuine"]


def test_a_message_is_verified_as_documented(is_genuine, hooks, site, monkeypatch):
    receiver = hooks.receiver()
    site.add_news("Żółte domy")
    hooks.send()
    (request,) = hooks.got

    assert is_genuine(request.headers, request.body, receiver.secret)
    assert not is_genuine(request.headers, request.body + b" ", receiver.secret)
    assert not is_genuine(request.headers, request.body, hooks.receiver().secret)
    later = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    assert not is_genuine(request.headers, request.body, receiver.secret)
