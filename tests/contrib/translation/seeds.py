"""How many random cases a test tries: a few each time, ``SEEDS=2000 pytest …`` for a night."""

import os


def seeds(usual: int) -> range:
    """Return the seeds of a test: so many as usual, or as many as the environment asks for."""
    return range(int(os.environ.get("SEEDS") or usual))
