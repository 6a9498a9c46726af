"""``python -m pages.contrib.docx IN.docx OUT.html``: a Word file as HTML, without Django; 65 says "refused"."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pages.interchange.html import document
from pages.interchange.package import MAX_FILE_BYTES, Reason, Refused

from .reading import read


def convert(source: str, target: str) -> None:
    """Write the HTML of a Word file; raises ``Refused`` and then writes nothing."""
    path = Path(source)
    if path.stat().st_size > MAX_FILE_BYTES:
        raise Refused(Reason.TOO_LARGE)
    html = document(read(path.read_bytes()))
    Path(target).write_text(html, encoding="utf-8", errors="replace")


def main() -> int:
    try:
        convert(sys.argv[1], sys.argv[2])
    except Refused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return os.EX_DATAERR
    return os.EX_OK


if __name__ == "__main__":
    sys.exit(main())
