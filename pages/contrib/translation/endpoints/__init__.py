"""Addresses of the API below ``/api/v1/translations/``, for the programs in which translators work.

They do what the desk, the editor and the files of the admin do, by the same functions and with the same rights.
"""

from . import files, finishing, segments, states, submitting
from .routing import router

__all__ = ["files", "finishing", "router", "segments", "states", "submitting"]
