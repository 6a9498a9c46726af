"""What a check has to say about a page."""

from typing import NamedTuple

FAIL, WARN, OK = "FAIL", "WARN", "ok"


class Finding(NamedTuple):
    """``check`` names the question; ``level`` is FAIL where a rule is broken, WARN where a person has to look."""

    check: str
    level: str
    what: str


def failures(check, complaints, level=FAIL):
    """Return one finding for each complaint, or one that says that all is well."""
    found = [Finding(check, level, complaint) for complaint in complaints]
    return found or [Finding(check, OK, "")]
