"""HTML as the standard has it, by the Nu checker of the W3C, where Java and the checker are there."""

import json
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from .findings import WARN, Finding, failures

CHECK = "valid HTML"


def check_all(pages, checker):
    """Ask the checker about all ``pages`` (name to HTML) at once; return findings by name.

    ``checker`` is the path of ``vnu.jar``, or None where there is none.
    """
    if not (checker and Path(checker).exists() and shutil.which("java")):
        return {name: [Finding(CHECK, "skipped", "")] for name in pages}
    with TemporaryDirectory() as folder:
        files = {name: Path(folder, f"{number}.html") for number, name in enumerate(pages)}
        for name, file in files.items():
            file.write_bytes(pages[name])
        messages = _ask(checker, files.values())
    return {name: list(_read(messages, file)) for name, file in files.items()}


def _ask(checker, files):
    # One start for all pages: Java takes its time.
    asked = ["java", "-jar", str(checker), "--format", "json", "--exit-zero-always", *map(str, files)]
    answer = subprocess.run(asked, capture_output=True, check=True)
    return json.loads(answer.stderr)["messages"]


def _read(messages, file):
    own = [message for message in messages if message.get("url", "").endswith(f"/{file.name}")]
    faults = [
        f"line {message.get('lastLine', '?')}: {message['message']}" for message in own if message["type"] != "info"
    ]
    # Without its line, advice that holds for a part of every page is told once.
    advice = dict.fromkeys(message["message"] for message in own if message["type"] == "info")
    yield from failures(CHECK, faults)
    yield from failures("advice on HTML", advice, WARN)
