"""What a browser can tell about the accessibility of a page; ``tests/audit.py`` asks everything, the tests a part.

Programs find a third to a half of the barriers. What they cannot judge stands in ``docs/accessibility.md``.
"""
