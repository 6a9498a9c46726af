"""When a statement must be looked at again: every year by 31 March, and never later than a year after."""

import datetime

YEAR = datetime.timedelta(days=365)


def is_due(last_looked_at: datetime.date, today: datetime.date) -> bool:
    """Tell whether the yearly review waits: from 1 March until it is of this year, or when a year has gone by."""
    season = datetime.date(today.year, 3, 1)
    return (today >= season and last_looked_at.year < today.year) or today - last_looked_at > YEAR


def deadline(today: datetime.date) -> datetime.date:
    """Return the last day of this year's review."""
    return datetime.date(today.year, 3, 31)
