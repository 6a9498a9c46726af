"""A statement is reviewed every year by 31 March."""

import datetime

import pytest

from pages.contrib.accessibility.reviews import is_due

CASES = [
    # last looked at, today, due
    ("2025-06-01", "2026-02-28", False),
    ("2025-06-01", "2026-03-01", True),
    ("2025-06-01", "2026-05-31", True),
    ("2026-01-05", "2026-03-01", False),
    ("2026-03-31", "2026-12-31", False),
    ("2025-01-10", "2026-01-10", False),
    ("2025-01-10", "2026-01-11", True),
    ("2020-03-01", "2026-01-01", True),
]


@pytest.mark.parametrize(("last", "today", "due"), CASES)
def test_the_review_waits_from_the_first_of_march_or_after_a_year(last, today, due):
    assert is_due(datetime.date.fromisoformat(last), datetime.date.fromisoformat(today)) is due
