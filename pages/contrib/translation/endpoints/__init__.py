"""Addresses of the API below ``/api/v1/translations/``, for the programs in which translators work.

They do what the desk, the editor and the files of the admin do, by the same functions and with the same rights.
"""

from ninja import Router

from . import files, finishing, segments, states, submitting

router = Router()
# Before those with a number in their address.
for part in (files, states, submitting, segments, finishing):
    router.add_router("", part.router)
